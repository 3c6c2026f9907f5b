"""The one error type for everything that goes wrong on our side of a call."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .reply import JsonObject


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad field of an input; `pointer` is its JSON Pointer (RFC 6901)."""

    pointer: str
    message: str


class CallError(Exception):
    """A call that was refused, or that got no usable answer.

    `status` is the HTTP status for it and `code` a stable identifier. `message` is
    meant for the caller: it never holds a credential, a signature or a request
    body. `retry_after` is a number of seconds from now. `step` names the step that
    failed when the call was one of several.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        retry_after: float | None = None,
        faults: Sequence[Fault] = (),
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after
        self.faults = tuple(faults)
        self.step = ""

    def document(self) -> JsonObject:
        """The error as JSON.

        Shape: `{"error": {"code", "message", "faults": [{"pointer", "message"}],
        "step", "retryAfter"}}`; `faults` only when there are any, `retryAfter` (whole
        seconds, rounded up like the Retry-After header of RFC 9110) and `step` only
        when set.
        """
        error: JsonObject = {"code": self.code, "message": self.message}
        if self.step:
            error["step"] = self.step
        if self.faults:
            error["faults"] = [
                {"pointer": fault.pointer, "message": fault.message}
                for fault in self.faults
            ]
        if self.retry_after is not None:
            error["retryAfter"] = math.ceil(self.retry_after)
        return {"error": error}
