"""The catalogues of skills of Parcel desk."""

from __future__ import annotations

from aiohttp import web

from .context import Context
from .skill_support import Derived, Instruction, Skill, build_skill_app, read_folder
from .telemetry import observe_skill

DESK_SKILLS: tuple[Skill, ...] = (
    Skill(
        name="parcel-desk",
        description="Use this when somebody asks where a parcel is, or wants it back.",
        license="Apache-2.0",
        argument_hint="[number of the parcel]",
        allowed_tools="get-parcel",
        metadata={"audience": "support"},
        tools=(
            Derived(
                "look-up",
                "The last event of a parcel.",
                "desk-tools",
                "get-parcel",
                "mcp",
            ),
            Derived(
                "depot",
                "Where the parcel lies, and when it is open there.",
                "desk-api",
                "find-depot",
                "rest",
            ),
            Instruction("returns", "How to send a parcel back.", "guides/returns.md"),
        ),
        files=("guides/returns.md",),
        generated=True,
    ),
)

# The skills of each adapter, by namespace.
ADAPTERS: dict[str, tuple[Skill, ...]] = {"desk-skills": DESK_SKILLS}


def create_app(
    namespace: str, context: Context, *, access_log: bool = False
) -> web.Application:
    """The application of the adapter `namespace`; KeyError for an unknown one."""
    return build_skill_app(
        ADAPTERS[namespace],
        read_folder("skills") / namespace,
        access_log=access_log,
        obstacle=context.obstacle,
        observe=observe_skill,
    )
