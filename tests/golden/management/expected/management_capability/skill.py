"""The catalogues of skills of Depot."""

from __future__ import annotations

from aiohttp import web

from .context import Context
from .skill_support import Derived, Skill, build_skill_app, read_folder
from .telemetry import observe_skill

DEPOT_SKILLS: tuple[Skill, ...] = (
    Skill(
        name="parcels",
        description="Where a parcel is.",
        tools=(Derived("find", "Find a parcel.", "depot-tools", "get-parcel", "mcp"),),
        generated=True,
    ),
)

# The skills of each adapter, by namespace.
ADAPTERS: dict[str, tuple[Skill, ...]] = {"depot-skills": DEPOT_SKILLS}


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
