"""Binary answers as MCP tools give them."""

from __future__ import annotations

from base64 import b64encode
from uuid import uuid4

import mcp_types as types

from .reply import Reply


def binary_result(reply: Reply, namespace: str, tool: str) -> types.CallToolResult:
    """An image, a sound, or a resource that only this result has; an error for no bytes."""
    if not reply.body:
        nothing = types.TextContent(text="No binary response entity received")
        return types.CallToolResult(content=[nothing], is_error=True)
    return types.CallToolResult(content=[_block(reply, namespace, tool)])


def _block(reply: Reply, namespace: str, tool: str) -> types.ContentBlock:
    kind = reply.content_type.partition(";")[0].strip().lower()
    data = b64encode(reply.body).decode("ascii")
    if kind.startswith("image/"):
        return types.ImageContent(data=data, mime_type=kind)
    if kind.startswith("audio/"):
        return types.AudioContent(data=data, mime_type=kind)
    uri = f"ikanos://transient/{namespace}/{tool}/{uuid4()}"
    blob = types.BlobResourceContents(uri=uri, mime_type=kind, blob=data)
    return types.EmbeddedResource(resource=blob)
