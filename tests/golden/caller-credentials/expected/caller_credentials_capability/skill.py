"""The catalogues of skills of Guarded harbour."""

from __future__ import annotations

from aiohttp import web

from .access import protect
from .context import Context
from .guards import guard_of
from .skill_support import Derived, Skill, build_skill_app, read_folder
from .telemetry import observe_skill

MANUALS: tuple[Skill, ...] = (
    Skill(
        name="ships",
        description="How to find ships.",
        tools=(Derived("find-ships", "All ships", "agents", "list-ships", "mcp"),),
        generated=True,
    ),
)

# The skills of each adapter, by namespace.
ADAPTERS: dict[str, tuple[Skill, ...]] = {"manuals": MANUALS}


def create_app(
    namespace: str, context: Context, *, access_log: bool = False
) -> web.Application:
    """The application of the adapter `namespace`; KeyError for an unknown one."""
    app = build_skill_app(
        ADAPTERS[namespace],
        read_folder("skills") / namespace,
        access_log=access_log,
        obstacle=context.obstacle,
        observe=observe_skill,
    )
    return protect(app, guard_of(namespace, context.settings))
