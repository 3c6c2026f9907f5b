"""The adapters that serve no operation: catalogues of skills, and management."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .ir_access import Access


@dataclass(frozen=True, slots=True)
class SkillTool:
    """One tool of a skill: an ``action`` of another adapter, or an ``instruction`` to read.

    ``mode`` is the kind of the adapter ``namespace``; all three are empty beside an instruction.
    One that ``writes`` stands for an action that changes something.
    """

    name: str
    description: str
    namespace: str = ""
    action: str = ""
    mode: Literal["rest", "mcp", ""] = ""
    instruction: str = ""
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill of a catalogue. What is not written is empty, or None.

    ``files`` are the author's, by path; None when the skill has no folder. ``generated`` is the
    SKILL.md that is made for it when they hold none.
    """

    name: str
    description: str
    license: str
    compatibility: str
    argument_hint: str
    allowed_tools: str
    user_invocable: bool | None
    disable_model_invocation: bool | None
    metadata: tuple[tuple[str, str], ...]
    tools: tuple[SkillTool, ...]
    files: tuple[tuple[str, bytes], ...] | None
    generated: bytes | None


@dataclass(frozen=True, slots=True)
class SkillAdapter:
    """A server of a catalogue of skills, which runs nothing of them."""

    namespace: str
    ident: str
    address: str
    port: int
    description: str
    skills: tuple[Skill, ...]
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class Logs:
    """How the log can be read. ``subscribers`` is how many may follow it at a time, or 0."""

    level_control: bool
    subscribers: int


@dataclass(frozen=True, slots=True)
class ScriptLimits:
    """What is told of scripts, and what an operator can change; ``timeout`` in milliseconds."""

    location: str
    language: str
    timeout: int
    statements: int
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ControlAdapter:
    """A server for those who run the package. ``buffer_size`` counts traces, None without them."""

    namespace: str
    ident: str
    address: str
    port: int
    health: bool
    info: bool
    metrics: bool
    buffer_size: int | None
    logs: Logs | None
    scripts: ScriptLimits | None = None
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class Observability:
    """What is measured of the calls, and where spans go.

    ``endpoint`` is the collector's address as it is written, or empty; ``endpoint_template`` has
    ``{}`` for the value of each of the ``endpoint_variables``.
    """

    service: str
    sampling: float
    propagation: Literal["w3c", "b3"]
    endpoint: str
    endpoint_template: str
    endpoint_variables: tuple[str, ...]
