"""What an upstream call gives back, as REST and MCP both need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

JsonValue: TypeAlias = (
    "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
)
JsonObject: TypeAlias = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure that the provider reports inside an answer of status 200.

    `status` is the HTTP status that callers get, `kind` the group of the rule that
    matched (credentials, nonce, rate_limit, ...), `messages` the provider's own
    texts, unchanged, and `retry_after` a number of seconds from now.
    """

    status: int
    kind: str
    messages: tuple[str, ...]
    retry_after: float | None = None


class Reply(NamedTuple):
    """An upstream's answer: its status, its bytes and its content type, unchanged.

    `failure` is set when a successful status carried a failure in its body; the
    body is then still the provider's own envelope. An upstream that answers with
    an error status has said it by that status, so `failure` stays None.
    `retry_after` is a number of seconds from now. `step` names the step that failed
    when the call was one of several. `headers` are all that came with the answer, if it
    is still the upstream's own. `binary` ones are bytes whatever their content type says.
    """

    status: int
    body: bytes
    content_type: str
    failure: Failure | None = None
    retry_after: float | None = None
    step: str = ""
    headers: Mapping[str, str] | None = None
    binary: bool = False

    @property
    def http_status(self) -> int:
        """The status to answer with: the failure's when there is one."""
        return self.status if self.failure is None else self.failure.status
