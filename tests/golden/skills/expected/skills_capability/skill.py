"""The catalogues of skills of Orders and their skills."""

from __future__ import annotations

from aiohttp import web

from .context import Context
from .skill_support import Derived, Instruction, Skill, build_skill_app, read_folder

ORDERS_SKILLS: tuple[Skill, ...] = (
    Skill(
        name="order-management",
        description='How to find orders: "open" and *closed* ones.',
        license="Apache-2.0",
        compatibility="Needs the tools of this capability.",
        argument_hint="[order id]",
        allowed_tools="list-orders",
        user_invocable=True,
        disable_model_invocation=False,
        metadata={"audience": "support"},
        tools=(
            Derived(
                "find-orders",
                "List all orders.",
                "orders-tools",
                "list-orders",
                "mcp",
            ),
            Derived(
                "fetch-orders",
                "Fetch all orders.",
                "orders-api",
                "list-orders",
                "rest",
            ),
            Instruction("refunds", "How to refund.", "guides/refunds.md"),
        ),
        files=("filter.yaml", "guides/refunds.md"),
        generated=True,
    ),
    Skill(
        name="plain",
        description="Nothing but a tool.",
        tools=(
            Derived(
                "find-orders",
                "List all orders.",
                "orders-tools",
                "list-orders",
                "mcp",
            ),
        ),
        generated=True,
    ),
)

# The skills of each adapter, by namespace.
ADAPTERS: dict[str, tuple[Skill, ...]] = {"orders-skills": ORDERS_SKILLS}


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
