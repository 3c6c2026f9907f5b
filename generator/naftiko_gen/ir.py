"""The capability as the emitter needs it: frozen data, every decision already taken.

Nothing here refers to YAML, positions or Python source text. Names that end in ``ident`` are
Python identifiers, unique in the emitted file in which they stand; every other text is verbatim
from the capability and may hold anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from .ir_access import Access as Access
from .ir_access import AccessKind as AccessKind
from .ir_access import Adjustable as Adjustable
from .ir_access import OAuth as OAuth
from .ir_mapping import Output as Output
from .ir_text import Credential as Credential
from .ir_text import JsonObject as JsonObject
from .ir_text import JsonValue as JsonValue
from .ir_text import Part as Part
from .ir_text import Payload as Payload
from .ir_text import PayloadKind as PayloadKind
from .ir_text import Scalar as Scalar
from .ir_text import Template as Template
from .ir_text import Text as Text
from .ir_text import Variable as Variable

AuthenticationKind = Literal["apikey-header", "apikey-query", "bearer", "basic"]
#: ``field`` is a member of the JSON body, ``variable`` a value that only templates use.
Location = Literal["path", "query", "header", "cookie", "field", "variable"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of an upstream request outside its body.

    ``constant`` is the text that is always sent, ``template`` what the text is made from; such a
    parameter has no ``ident`` that a caller could fill.
    """

    name: str
    ident: str
    location: Location
    type: Scalar
    required: bool
    schema: JsonObject
    constant: str | None = None
    template: Text | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One call of a helper of the emitted ``check`` module for one member of a body."""

    function: str
    name: str
    options: tuple[tuple[str, JsonValue], ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A JSON request body. ``known`` is None when any member is accepted."""

    schema: JsonObject
    required: bool
    known: tuple[str, ...] | None
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One consumed operation: one function and one upstream request.

    ``public`` ones are sent without the credentials and the signature of their upstream;
    ``sample`` is what a sandbox answers, ``answer`` the JSON Schema of the whole answer.
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

    @property
    def inputs(self) -> tuple[Parameter, ...]:
        """The parameters that a caller supplies."""
        return tuple(
            p for p in self.parameters if p.constant is None and p.template is None
        )


@dataclass(frozen=True, slots=True)
class Authentication:
    """Static credentials: a header or a query field with a text around the secret."""

    kind: AuthenticationKind
    name: str
    credentials: tuple[Credential, ...]


@dataclass(frozen=True, slots=True)
class ErrorRule:
    """Texts of an in-band error that start with ``prefix``, and what they mean."""

    prefix: str
    status: int
    kind: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class ErrorRules:
    """Where a provider reports failures inside answers with status 200, and what they mean."""

    member: str
    rules: tuple[ErrorRule, ...]
    otherwise: ErrorRule
    ignore: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """A rate counter: calls add their cost up to ``maximum``; it decays by ``decay`` a second."""

    name: str
    maximum: float
    decay: float


@dataclass(frozen=True, slots=True)
class Signing:
    """The scheme that signs the calls of an upstream, and the variables that it needs."""

    scheme: str
    paths: tuple[str, ...]
    credentials: tuple[Credential, ...]
    window_variable: str
    tier_variable: str
    tiers: tuple[Tier, ...]
    slowest: Tier


@dataclass(frozen=True, slots=True)
class Upstream:
    """One consumed HTTP API.

    ``base_template`` has ``{}`` for the value of each of the ``base_variables``.
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


#: What a route or tool always hands to a parameter.
Fixed: TypeAlias = "bool | int | float | str | Text"


@dataclass(frozen=True, slots=True)
class Input:
    """A value that a route or tool takes and hands to one upstream parameter (or the body).

    ``name`` is what the caller writes: a placeholder, a query field, a header, a tool argument.
    ``needed`` is whether it must be given though the upstream could do without it.
    """

    name: str
    location: Literal["path", "query", "header", "body", "argument"]
    target: Parameter
    description: str = ""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """One method and path of a REST adapter. ``path`` is in the router's own notation."""

    method: str
    path: str
    ident: str
    name: str
    title: str
    description: str
    operation: Operation
    inputs: tuple[Input, ...]
    fixed: tuple[tuple[Parameter, Fixed], ...] = ()
    takes_body: bool = False
    output: Output | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """One MCP tool. ``body_argument`` names the argument that is the upstream body, if one is."""

    name: str
    ident: str
    title: str
    description: str
    operation: Operation
    inputs: tuple[Input, ...]
    body_argument: str | None
    input_schema: JsonObject
    read_only: bool
    destructive: bool
    idempotent: bool
    open_world: bool
    fixed: tuple[tuple[Parameter, Fixed], ...] = ()
    output: Output | None = None


@dataclass(frozen=True, slots=True)
class RestAdapter:
    """A REST server that the package runs; ``access`` is None when everybody may call."""

    namespace: str
    ident: str
    address: str
    port: int
    description: str
    routes: tuple[Route, ...]
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class McpAdapter:
    """An MCP server that the package runs; ``port`` is None for one that only speaks stdio."""

    namespace: str
    ident: str
    address: str
    port: int | None
    description: str
    tools: tuple[Tool, ...]
    access: Access | None = None


Adapter: TypeAlias = RestAdapter | McpAdapter


@dataclass(frozen=True, slots=True)
class Capability:
    """Everything that is emitted for one spec."""

    name: str
    distribution: str
    package: str
    label: str
    description: str
    upstreams: tuple[Upstream, ...]
    rest: tuple[RestAdapter, ...]
    mcp: tuple[McpAdapter, ...]
    operations: tuple[Operation, ...] = field(default=())

    @property
    def adapters(self) -> tuple[Adapter, ...]:
        """All adapters, the REST ones first."""
        return (*self.rest, *self.mcp)

    @property
    def routes(self) -> tuple[Route, ...]:
        """All routes of all REST adapters."""
        return tuple(route for adapter in self.rest for route in adapter.routes)

    @property
    def tools(self) -> tuple[Tool, ...]:
        """All tools of all MCP adapters."""
        return tuple(tool for adapter in self.mcp for tool in adapter.tools)
