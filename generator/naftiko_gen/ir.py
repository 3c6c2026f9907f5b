"""The capability as the emitter needs it: frozen data, every decision already taken.

Nothing here refers to YAML, positions or Python source text. Names that end in ``ident`` are
Python identifiers, unique in the emitted file in which they stand; every other text is verbatim
from the capability and may hold anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from .ir_access import Access as Access
from .ir_access import AccessKind as AccessKind
from .ir_access import Adjustable as Adjustable
from .ir_access import OAuth as OAuth
from .ir_bodies import Body as Body
from .ir_bodies import Check as Check
from .ir_flow import Argument as Argument
from .ir_flow import CallStep as CallStep
from .ir_flow import Flow as Flow
from .ir_flow import Found as Found
from .ir_flow import Given as Given
from .ir_flow import LookupStep as LookupStep
from .ir_flow import Made as Made
from .ir_flow import Mock as Mock
from .ir_flow import Rendered as Rendered
from .ir_flow import ScriptStep as ScriptStep
from .ir_flow import Single as Single
from .ir_flow import Step as Step
from .ir_flow import Steps as Steps
from .ir_flow import Target as Target
from .ir_formats import MAX_BINARY as MAX_BINARY
from .ir_formats import Format as Format
from .ir_formats import FormatKind as FormatKind
from .ir_inputs import Alternative as Alternative
from .ir_inputs import Choice as Choice
from .ir_inputs import Forward as Forward
from .ir_inputs import Input as Input
from .ir_inputs import Location as Location
from .ir_inputs import Parameter as Parameter
from .ir_mapping import Output as Output
from .ir_mcp import Cache, Folder, Prompt
from .ir_operations import Operation as Operation
from .ir_operations import Skipped as Skipped
from .ir_operations import Upstream as Upstream
from .ir_outside import Address as Address
from .ir_outside import Authentication as Authentication
from .ir_outside import AuthenticationKind as AuthenticationKind
from .ir_outside import BindFile as BindFile
from .ir_outside import TokenGrant as TokenGrant
from .ir_servers import ControlAdapter as ControlAdapter
from .ir_servers import Observability as Observability
from .ir_servers import Skill as Skill
from .ir_servers import SkillAdapter as SkillAdapter
from .ir_servers import SkillTool as SkillTool
from .ir_signing import ErrorRule as ErrorRule
from .ir_signing import ErrorRules as ErrorRules
from .ir_signing import Signing as Signing
from .ir_signing import Tier as Tier
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

#: What a route or tool runs.
Runnable: TypeAlias = Operation | Flow

#: What a route or tool always hands to a parameter.
Fixed: TypeAlias = "bool | int | float | str | Text"


@dataclass(frozen=True, slots=True)
class Route:
    """One method and path of a REST adapter. ``path`` is in the router's own notation.

    ``body_member`` is the member of the request's body that the upstream gets as its body, None
    for all of it. ``ignored`` are members that callers may send and nothing reads.
    ``responses`` are the answers that the capability describes, by status, as in OpenAPI;
    ``media_type`` is what binary answers are told to be, empty for what the upstream says.
    One that ``reads`` changes nothing.
    """

    method: str
    path: str
    ident: str
    name: str
    title: str
    description: str
    runs: Runnable
    inputs: tuple[Input, ...]
    fixed: tuple[tuple[Parameter, Fixed], ...] = ()
    takes_body: bool = False
    output: Output | None = None
    body_member: str | None = None
    ignored: tuple[str, ...] = ()
    responses: JsonObject = field(default_factory=dict)
    media_type: str = ""
    reads: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    """One MCP tool. ``body_argument`` names the argument that is the upstream body, if one is.

    ``acknowledgement`` is the argument without which it is not run, empty when there is none.
    """

    name: str
    ident: str
    title: str
    description: str
    runs: Runnable
    inputs: tuple[Input, ...]
    body_argument: str | None
    input_schema: JsonObject
    read_only: bool
    destructive: bool
    idempotent: bool
    open_world: bool
    tags: tuple[str, ...] = ()
    fixed: tuple[tuple[Parameter, Fixed], ...] = ()
    output: Output | None = None
    acknowledgement: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource whose content is an upstream's answer.

    ``literals`` are the texts around the ``variables`` of its URI; one that stands alone is a
    URI without variables. ``mime_type`` is empty when the capability does not say it. One that
    ``reads`` changes nothing.
    """

    name: str
    ident: str
    title: str
    description: str
    uri: str
    mime_type: str
    binary: bool
    literals: tuple[str, ...]
    variables: tuple[str, ...]
    runs: Runnable
    inputs: tuple[Input, ...]
    fixed: tuple[tuple[Parameter, Fixed], ...] = ()
    output: Output | None = None
    reads: bool = True


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
    forwards: tuple[Forward, ...] = ()
    choices: tuple[Choice, ...] = ()

    def choice_of(self, route: Route) -> Choice | None:
        """The choice that ``route`` is an alternative of."""
        for choice in self.choices:
            if any(one.ident == route.ident for one in choice.alternatives):
                return choice
        return None


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
    exposed: tuple[Resource | Folder, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    cache: Cache | None = None

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The resources that an upstream answers."""
        return tuple(item for item in self.exposed if isinstance(item, Resource))


#: An adapter that serves operations.
Adapter: TypeAlias = RestAdapter | McpAdapter
Server: TypeAlias = Adapter | SkillAdapter | ControlAdapter


@dataclass(frozen=True, slots=True)
class Capability:
    """Everything that is emitted for one spec.

    ``version`` is what the spec says, ``release`` that of the package (PEP 440). ``metrics`` is
    whether calls can be counted though no control adapter observes them.
    """

    name: str
    distribution: str
    package: str
    label: str
    description: str
    upstreams: tuple[Upstream, ...]
    rest: tuple[RestAdapter, ...]
    mcp: tuple[McpAdapter, ...]
    operations: tuple[Operation, ...] = field(default=())
    bind_files: tuple[BindFile, ...] = ()
    flows: tuple[Flow, ...] = field(default=())
    skill: tuple[SkillAdapter, ...] = ()
    version: str = ""
    release: str = "0.1.0"
    tags: tuple[str, ...] = ()
    control: ControlAdapter | None = None
    observability: Observability | None = None
    skipped: tuple[Skipped, ...] = ()
    docs: bool = False
    hooks: bool = False
    metrics: bool = False

    @property
    def adapters(self) -> tuple[Adapter, ...]:
        """The adapters that serve operations, the REST ones first."""
        return (*self.rest, *self.mcp)

    @property
    def runnables(self) -> tuple[Runnable, ...]:
        """Everything that can be called by its command."""
        return (*self.operations, *self.flows)

    @property
    def servers(self) -> tuple[Server, ...]:
        """All adapters, those that serve operations first."""
        control = () if self.control is None else (self.control,)
        return (*self.adapters, *self.skill, *control)

    @property
    def routes(self) -> tuple[Route, ...]:
        """All routes of all REST adapters."""
        return tuple(route for adapter in self.rest for route in adapter.routes)

    @property
    def forwards(self) -> tuple[Forward, ...]:
        """All that REST adapters pass on."""
        return tuple(forward for adapter in self.rest for forward in adapter.forwards)

    @property
    def tools(self) -> tuple[Tool, ...]:
        """All tools of all MCP adapters."""
        return tuple(tool for adapter in self.mcp for tool in adapter.tools)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """All resources of all MCP adapters that an upstream answers."""
        return tuple(item for adapter in self.mcp for item in adapter.resources)
