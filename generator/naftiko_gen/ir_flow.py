"""The part of the IR that makes one answer out of several upstream calls.

Like ``ir``, frozen data with every decision taken. A flow is one emitted function, as an
operation is, so that a route or tool runs either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from .ir_mapping import Output as Output
from .ir_text import Credential as Credential
from .ir_text import JsonObject as JsonObject
from .ir_text import JsonValue as JsonValue
from .ir_text import Scalar as Scalar
from .ir_text import Variable as Variable

if TYPE_CHECKING:
    from .ir import Operation
    from .ir_bodies import Body
    from .ir_inputs import Parameter

#: Methods that change nothing (RFC 9110, section 9.2.1).
SAFE = frozenset(("GET", "HEAD"))


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at ``path``, member by member, in the result of the step ``step``.

    ``ident`` is the variable that holds the result.
    """

    step: str
    ident: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What a step takes: one value in its own type, or the texts of several as one text."""

    parts: tuple[str | Variable | Credential | Found, ...]

    @property
    def steps(self) -> frozenset[str]:
        """The steps whose results are in it."""
        return frozenset(part.step for part in self.parts if isinstance(part, Found))


#: What a step hands to a parameter; a constant text is in the form of the parameter's type.
Argument: TypeAlias = "bool | int | float | str | Given"


@dataclass(frozen=True, slots=True)
class CallStep:
    """One upstream call.

    ``projection`` makes the step's result out of the upstream's document; ``read`` is whether
    the result is used, so that the document must be one. ``call_ident`` is the variable of a
    call that is under way.
    """

    name: str
    ident: str
    call_ident: str
    operation: Operation
    arguments: tuple[tuple[Parameter, Argument], ...] = ()
    body: Given | None = None
    projection: Output | None = None
    read: bool = False

    @property
    def needs(self) -> frozenset[str]:
        """The steps whose results the call takes."""
        given = [value for _, value in self.arguments if isinstance(value, Given)]
        given += [] if self.body is None else [self.body]
        return frozenset(step for value in given for step in value.steps)

    @property
    def safe(self) -> bool:
        """Whether the call changes nothing, so that it may be made and its answer dropped."""
        return self.operation.method in SAFE


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """A script of the capability, which is given ``context`` and assigns the step's result.

    ``files`` are its dependencies and then itself, by path below ``scripts/`` of the package,
    with their content. ``seconds`` and ``statements`` are limits.
    """

    name: str
    ident: str
    language: Literal["python", "javascript"]
    files: tuple[tuple[str, bytes], ...]
    context: tuple[tuple[str, Argument], ...]
    seconds: float
    statements: int

    @property
    def needs(self) -> frozenset[str]:
        """The steps whose results the script sees."""
        given = [value for _, value in self.context if isinstance(value, Given)]
        return frozenset(step for value in given for step in value.steps)


@dataclass(frozen=True, slots=True)
class LookupStep:
    """The first rows of a table whose member ``match`` has the text of ``value``.

    ``table`` is the whole result of an earlier step. Of each row found ``members`` are kept, null
    where it has none. A list is looked up item by item; nothing found is no result. ``index_ident``
    is the variable of the table's rows by their texts.
    """

    name: str
    ident: str
    index_ident: str
    table: Found
    match: str
    value: Given
    members: tuple[str, ...]

    @property
    def needs(self) -> frozenset[str]:
        """The steps whose results are looked at."""
        return self.value.steps | {self.table.step}


#: One step of a flow, in the order of the document.
Step: TypeAlias = CallStep | LookupStep | ScriptStep


@dataclass(frozen=True, slots=True)
class Target:
    """One value of the answer: ``path`` are the names of the objects that it is nested in."""

    path: tuple[str, ...]
    value: Found


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps, and what the answer is made of.

    Without ``targets``, or when nothing is found for any of them, the answer is that of the
    last call.
    """

    steps: tuple[Step, ...]
    targets: tuple[Target, ...] = ()

    @property
    def starts(self) -> dict[str, int]:
        """The calls that can begin before their turn: in front of which step each of them does.

        A call that changes something waits for all steps above it, and all below wait for it:
        it is not made when a step above has failed, and what is read below sees its effect.
        """
        found: dict[str, int] = {}
        for turn, step in enumerate(self.steps):
            if not isinstance(step, CallStep) or not step.safe:
                continue
            before = [
                place + 1
                for place, other in enumerate(self.steps[:turn])
                if other.name in step.needs
                or (isinstance(other, CallStep) and not other.safe)
            ]
            start = max(before, default=0)
            if any(isinstance(s, CallStep) for s in self.steps[start:turn]):
                found[step.name] = start
        return found

    @property
    def calls(self) -> tuple[CallStep, ...]:
        """The steps that call an upstream."""
        return tuple(step for step in self.steps if isinstance(step, CallStep))


@dataclass(frozen=True, slots=True)
class Single:
    """One upstream call, and what is made of its answer; None for nothing."""

    step: CallStep
    output: Output | None = None
    targets: tuple[Target, ...] = ()

    @property
    def steps(self) -> tuple[CallStep, ...]:
        """The call alone."""
        return (self.step,)

    @property
    def calls(self) -> tuple[CallStep, ...]:
        """The call alone."""
        return (self.step,)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text of what callers send, or the number or boolean that it says, null if it says none."""

    value: Given
    kind: Scalar


#: A document whose leaves may be rendered for each call.
Made: TypeAlias = (
    "None | bool | int | float | str | Rendered | list[Made] | dict[str, Made]"
)


@dataclass(frozen=True, slots=True)
class Mock:
    """An answer for which nothing is called; None for an empty one."""

    document: Made
    steps: tuple[Step, ...] = ()
    calls: tuple[CallStep, ...] = ()
    targets: tuple[Target, ...] = ()


#: What makes the answer of a flow.
Work: TypeAlias = Steps | Single | Mock


@dataclass(frozen=True, slots=True)
class Flow:
    """One answer made by the package itself: one function of ``flows``.

    ``inputs`` are what callers supply, ``answer`` is the JSON Schema of the answer, and
    ``sample`` what it is in the sandbox. ``namespace`` is that of the adapter or aggregate.
    ``ref`` is what units call a function of an aggregate, empty for other flows.
    ``safe`` and ``idempotent`` are what callers may rely on, None where nobody has said it.
    """

    namespace: str
    name: str
    ident: str
    command: str
    title: str
    summary: str
    inputs: tuple[Parameter, ...]
    work: Work
    answer: JsonObject
    sample: JsonValue
    safe: bool | None = None
    idempotent: bool | None = None
    ref: str = ""

    @property
    def complete(self) -> bool:
        """Whether the answer is made here: it is not that of an upstream."""
        work = self.work
        made = isinstance(work, Single) and work.output is not None
        return made or isinstance(work, Mock) or bool(work.targets)

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations that it calls, in order."""
        return tuple(step.operation for step in self.work.calls)

    @property
    def settings(self) -> tuple[Credential, ...]:
        """None that callers would hand over: a flow has the whole context."""
        return ()

    @property
    def body(self) -> Body | None:
        """None: whatever a flow takes is one of its inputs."""
        return None

    @property
    def permission(self) -> str:
        """What its calls may need, each once."""
        found = dict.fromkeys(o.permission for o in self.operations if o.permission)
        return ", ".join(found)
