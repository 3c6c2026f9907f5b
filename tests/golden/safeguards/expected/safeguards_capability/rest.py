"""The REST adapters of Vault: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, flows, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .forwarding import forward
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def list_boxes(request: web.Request, context: Context) -> Reply:
    """GET /boxes: All boxes"""
    return await operations.list_boxes(context.vault)


async def find_boxes(request: web.Request, context: Context) -> Reply:
    """POST /searches: Boxes with a word in them"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("word",))
    word = arguments_.string(faults, arguments, "word")
    faults.raise_any()
    return await operations.find_boxes(context.vault, word=word)


async def get_box(request: web.Request, context: Context) -> Reply:
    """GET /boxes/{box}: One box"""
    faults = Faults(context.settings.allow_unknown_fields)
    box = check.text_string(
        faults,
        request.match_info.get("box"),
        "/path/box",
        required=True,
    )
    faults.raise_any()
    return await operations.get_box(context.vault, box=given(box))


async def empty_box(request: web.Request, context: Context) -> Reply:
    """DELETE /boxes/{box}: Throw away what is in a box"""
    faults = Faults(context.settings.allow_unknown_fields)
    acknowledged = check.text_string(
        faults,
        request.query.get("acknowledged"),
        "/query/acknowledged",
    )
    box = check.text_string(
        faults,
        request.match_info.get("box"),
        "/path/box",
        required=True,
    )
    faults.raise_any()
    return await operations.empty_box(
        context.vault,
        acknowledged=acknowledged,
        box=given(box),
    )


async def tidy(request: web.Request, context: Context) -> Reply:
    """GET /tidy: Reads, then writes"""
    return await flows.tidy(context)


async def passed_on(request: web.Request, context: Context) -> Reply:
    """/forward/{path}: Requests that go on to vault"""
    return await forward(request, context.vault, first=2)


VAULT_REST: tuple[Route[Context], ...] = (
    Route("GET", "/boxes", "list-boxes", list_boxes),
    Route("POST", "/searches", "find-boxes", find_boxes, reads=True),
    Route("GET", "/boxes/{box}", "get-box", get_box),
    Route("DELETE", "/boxes/{box}", "empty-box", empty_box),
    Route("GET", "/tidy", "tidy", tidy, reads=False),
    Route("*", "/forward/{path:.+}", "passed-on", passed_on),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "vault-rest": (VAULT_REST, "openapi.json"),
}


def create_app(
    namespace: str, context: Context, *, access_log: bool = False
) -> web.Application:
    """The application of the adapter `namespace`; KeyError for an unknown one."""
    routes, contract = ADAPTERS[namespace]
    document = read_contract(contract)
    if context.settings.safeguards.read_only:
        from .rest_choice import reading

        routes, document = reading(routes, document)
    app = build_app(
        routes,
        context,
        contract=document,
        body_limit=context.settings.body_limit,
        access_log=access_log,
        obstacle=context.obstacle,
    )
    if context.settings.docs:
        from .docs import add_docs

        add_docs(app)
    return app
