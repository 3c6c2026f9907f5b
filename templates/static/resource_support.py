"""The part of MCP resources that is the same for every capability.

What is listed is the contract. A URI is compared with the ones that the package has;
none becomes a path: files are found in a table that was made with the package.
"""

from __future__ import annotations

import base64
import logging
import math
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeAlias, TypeVar

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from .charsets import charset_of
from .errors import CallError
from .reply import Reply
from .uri_template import match

ContextT = TypeVar("ContextT")
Handled: TypeAlias = ServerRequestContext[Any, Any]

# The revisions that tell a resource which is not there by a code of its own; later
# ones count it as a wrong parameter.
_NOT_FOUND: Final = -32002
_WITH_NOT_FOUND: Final = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")

_TEXTUAL = re.compile(
    r"text/.*|application/(json|yaml|x-yaml|toml|xml|javascript|x-ndjson|.+\+(json|xml|yaml))"
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Resource(Generic[ContextT]):
    """A resource that an upstream answers.

    `literals` are the texts around the `variables` of its URI. Without a `mime_type` it
    has that of the answer; a `binary` one is never sent as text. One that `reads`
    changes nothing.
    """

    literals: tuple[str, ...]
    variables: tuple[str, ...]
    run: Callable[[Mapping[str, str], ContextT], Awaitable[Reply]]
    mime_type: str = ""
    binary: bool = False
    reads: bool = True

    @property
    def uri(self) -> str:
        """As it is listed."""
        first, *others = self.literals
        pairs = zip(self.variables, others, strict=True)
        return first + "".join(f"{{{name}}}{text}" for name, text in pairs)


def add_resources(
    server: Server[Any],
    contract: bytes,
    resources: Sequence[Resource[ContextT]],
    files: Mapping[str, str],
    context: ContextT,
    *,
    read_only: bool = False,
) -> None:
    """Let `server` list the resources of `contract` and read them.

    `files` are the published ones: URI to path below the folder `resources` of the package.
    With `read_only` only those are there that change nothing.
    """
    listed = types.ListResourcesResult.model_validate_json(contract)
    templates = types.ListResourceTemplatesResult.model_validate_json(contract)
    if read_only:
        hidden = {resource.uri for resource in resources if not resource.reads}
        resources = [resource for resource in resources if resource.reads]
        listed.resources = [i for i in listed.resources if i.uri not in hidden]
        templates.resource_templates = [
            i for i in templates.resource_templates if i.uri_template not in hidden
        ]
    kinds = {item.uri: item.mime_type or "" for item in listed.resources}
    folders = {
        uri[:end]
        for uri in files
        for end in _slashes(uri)
        if not uri[:end].endswith("/")
    }

    async def list_resources(
        request: Handled, params: types.PaginatedRequestParams
    ) -> types.ListResourcesResult:
        _check_cursor(params)
        return listed

    async def list_templates(
        request: Handled, params: types.PaginatedRequestParams
    ) -> types.ListResourceTemplatesResult:
        _check_cursor(params)
        return templates

    async def read_resource(
        request: Handled, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        uri = params.uri
        if uri in files:
            return _contents(uri, _file(files[uri]), kinds[uri], "utf-8")
        for resource in resources:
            values = match(resource.literals, resource.variables, uri)
            if values is not None:
                reply = await _run(uri, resource, values, context, request)
                return _answer(uri, resource, reply)
        if uri.removesuffix("/") in folders:
            text = f"Resource URI resolves to a directory, not a file: {uri[:200]}"
            raise MCPError(types.INVALID_PARAMS, text)
        raise _unknown(request, uri)

    server.add_request_handler(
        "resources/list", types.PaginatedRequestParams, list_resources
    )
    server.add_request_handler(
        "resources/templates/list", types.PaginatedRequestParams, list_templates
    )
    server.add_request_handler(
        "resources/read", types.ReadResourceRequestParams, read_resource
    )


def _slashes(uri: str) -> list[int]:
    return [index for index, character in enumerate(uri) if character == "/"]


def _check_cursor(params: types.PaginatedRequestParams) -> None:
    if params.cursor is not None:
        raise MCPError(types.INVALID_PARAMS, "Unknown cursor: there is one page")


def _unknown(request: Handled, uri: str) -> MCPError:
    known = request.protocol_version in _WITH_NOT_FOUND
    code = _NOT_FOUND if known else types.INVALID_PARAMS
    return MCPError(code, f"Unknown resource URI: {uri[:200]}", {"uri": uri[:200]})


def _file(path: str) -> bytes:
    try:
        return (Path(__file__).parent / "resources" / path).read_bytes()
    except OSError as error:
        _log.error("the published file %s cannot be read: %s", path, error.strerror)
        raise MCPError(types.INTERNAL_ERROR, "the file cannot be read") from None


async def _run(
    uri: str,
    resource: Resource[ContextT],
    values: Mapping[str, str],
    context: ContextT,
    request: Handled,
) -> Reply:
    """The upstream's good answer. Raises MCPError for every other."""
    try:
        reply = await resource.run(values, context)
    except CallError as error:
        if error.status >= 500:
            _log.warning("resource failed (%s: %s)", error.code, error.message)
        raise _refused(error) from None
    except Exception:  # noqa: BLE001
        _log.exception("resource failed")
        raise MCPError(types.INTERNAL_ERROR, "internal error") from None
    if reply.failure is not None:
        failure = reply.failure
        _log.warning("resource failed (%s)", failure.kind)
        told = "; ".join(failure.messages) or f"the call failed: {failure.kind}"
        raise MCPError(types.INTERNAL_ERROR, told, _again(failure.retry_after))
    if reply.status == 404 and resource.variables:
        raise _unknown(request, uri)
    if reply.status >= 400:
        _log.warning("resource failed (the upstream answered %s)", reply.status)
        told = f"the upstream answered with status {reply.status}"
        data = {"status": reply.status, **_again(reply.retry_after)}
        raise MCPError(types.INTERNAL_ERROR, told, data)
    return reply


def _refused(error: CallError) -> MCPError:
    code = types.INVALID_PARAMS if error.status == 400 else types.INTERNAL_ERROR
    return MCPError(code, f"{error.code}: {error.message}", error.document()["error"])


def _again(seconds: float | None) -> dict[str, Any]:
    return {} if seconds is None else {"retryAfter": math.ceil(seconds)}


def _answer(
    uri: str, resource: Resource[ContextT], reply: Reply
) -> types.ReadResourceResult:
    kind = resource.mime_type or reply.content_type or "application/json"
    # A type that says nothing of it is text when the upstream's own type is.
    media = kind.startswith(("image/", "audio/", "video/", "font/"))
    textual = _textual(kind) or (not media and _textual(reply.content_type))
    if resource.binary or reply.binary or not textual:
        return _blob(uri, reply.body, kind)
    charset = charset_of(reply.content_type, charset_of(kind))
    return _contents(uri, reply.body, kind, charset, True)


def _textual(mime_type: str) -> bool:
    plain = mime_type.partition(";")[0].strip().lower()
    return _TEXTUAL.fullmatch(plain) is not None


def _contents(
    uri: str, body: bytes, kind: str, charset: str | None, textual: bool = False
) -> types.ReadResourceResult:
    """The content as text if it is one, and can be read as one."""
    if charset is None or not (textual or _textual(kind)):
        return _blob(uri, body, kind)
    try:
        text = body.decode(charset)
    except UnicodeDecodeError:
        return _blob(uri, body, kind)
    content = types.TextResourceContents(uri=uri, mime_type=kind, text=text)
    return types.ReadResourceResult(contents=[content])


def _blob(uri: str, body: bytes, kind: str) -> types.ReadResourceResult:
    blob = base64.b64encode(body).decode("ascii")
    content = types.BlobResourceContents(uri=uri, mime_type=kind, blob=blob)
    return types.ReadResourceResult(contents=[content])
