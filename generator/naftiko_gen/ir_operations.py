"""What the package calls: consumed operations and the HTTP APIs that have them."""

from __future__ import annotations

from dataclasses import dataclass

from .ir_bodies import Body
from .ir_formats import Format
from .ir_inputs import Parameter, supplied
from .ir_outside import Authentication
from .ir_signing import ErrorRules, Signing
from .ir_text import Credential, JsonObject, JsonValue, Payload, Variable


@dataclass(frozen=True, slots=True)
class Operation:
    """One consumed operation: one function and one upstream request.

    ``public`` ones are sent without the credentials and the signature of their upstream;
    ``sample`` is what a sandbox answers, ``answer`` the JSON Schema of the whole answer;
    ``format`` is what the upstream's answer is written in, None for JSON.
    """

    namespace: str
    upstream_ident: str
    name: str
    ident: str
    command: str
    title: str
    summary: str
    method: str
    path: str
    path_parts: tuple[str | Parameter | Variable | Credential, ...]
    parameters: tuple[Parameter, ...]
    body: Body | None
    public: bool
    cost: float
    permission: str
    answer: JsonObject
    sample: JsonValue
    settings: tuple[Credential, ...] = ()
    payload: Payload | None = None
    format: Format | None = None

    @property
    def inputs(self) -> tuple[Parameter, ...]:
        """The parameters that a caller supplies; of those with one name, the first."""
        return supplied(self.parameters)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of the document that was left out: what it is, at which line, and why."""

    what: str
    line: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Upstream:
    """One consumed HTTP API.

    ``base_template`` has ``{}`` for the value of each of the ``base_variables``. ``forwarded`` are
    operations that no route or tool calls, though requests that are passed on may mean them.
    """

    namespace: str
    ident: str
    variable: str
    base_uri: str
    description: str
    authentication: Authentication | None
    signing: Signing | None
    errors: ErrorRules | None
    operations: tuple[Operation, ...]
    base_template: str = ""
    base_variables: tuple[str, ...] = ()
    forwarded: tuple[Operation, ...] = ()
