"""The answers of a sandbox: JSON, whatever a sample or a caller's text holds."""

from __future__ import annotations

import json
from collections.abc import Mapping

from aiohttp import web

from .reply import JsonValue

JSON = "application/json"


def encoded(document: JsonValue) -> bytes:
    """A document as JSON; a lone surrogate stays what it is."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def answered(
    body: bytes, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """An answer of JSON."""
    return web.Response(status=status, body=body, headers=headers, content_type=JSON)
