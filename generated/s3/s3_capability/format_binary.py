"""Binary answers: passed on as they come, up to a size."""

from __future__ import annotations

from .errors import CallError
from .reply import Reply


def convert_binary(reply: Reply, max_size: int, media_type: str = "") -> Reply:
    """The answer, marked as binary, with `media_type` in place of the upstream's.

    A failure, whether told by the status or inside the answer, stays as it is. Raises
    CallError (502 `upstream_invalid`) for more than `max_size` bytes.
    """
    if reply.failure is not None or reply.status >= 400:
        return reply
    if len(reply.body) > max_size:
        message = f"Upstream response exceeded maxBinarySize (limit={max_size} bytes)"
        raise CallError(502, "upstream_invalid", message)
    kind = media_type or reply.content_type
    return reply._replace(content_type=kind, binary=True)
