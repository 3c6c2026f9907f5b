"""The catalogues of skills of Harbour office."""

from __future__ import annotations

from aiohttp import web

from .context import Context
from .skill_support import Derived, Skill, build_skill_app, read_folder

OFFICE_SKILLS: tuple[Skill, ...] = (
    Skill(
        name="leaving",
        description="When a ship can leave.",
        tools=(
            Derived("tide", "The next high water.", "office-tools", "next-tide", "mcp"),
        ),
        generated=True,
    ),
)

# The skills of each adapter, by namespace.
ADAPTERS: dict[str, tuple[Skill, ...]] = {"office-skills": OFFICE_SKILLS}


def create_app(
    namespace: str, context: Context, *, access_log: bool = False
) -> web.Application:
    """The application of the adapter `namespace`; KeyError for an unknown one."""
    return build_skill_app(
        ADAPTERS[namespace],
        read_folder("skills") / namespace,
        access_log=access_log,
        obstacle=context.obstacle,
    )
