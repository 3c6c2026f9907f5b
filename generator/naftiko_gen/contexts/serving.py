"""The modules of a package that callers reach: adapters, and what guards and observes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from naftiko_gen.pycode import Code

from .parts import Function, Importing, Module


class Rest(Importing):
    """The REST adapters: one handler for each route, the tables of routes, the application."""

    observed: Annotated[bool, "whether calls are measured and traced"]
    handlers: Annotated[Sequence[Function], "one for each route"]
    adapters: Annotated[Sequence[Code], "the assignment of each adapter's routes"]
    docs: Annotated[bool, "whether the contract can be shown as a page"]
    guarded: Annotated[bool, "whether an adapter asks its callers who they are"]
    table: Annotated[Code, "the assignment of `ADAPTERS`"]


class McpServer(Importing):
    """The MCP adapters: a handler for each tool that needs one, the tables of tools, the server."""

    last_imports: Annotated[Sequence[Code], "import lines that stand last"]
    handlers: Annotated[Sequence[Function], "those of tools that are no commands"]
    maps: Annotated[bool, "whether a handler shapes its answer"]
    adapters: Annotated[Sequence[Code], "the assignment of each adapter's tools"]
    table: Annotated[Code, "the assignment of `ADAPTERS`"]
    title: Annotated[Code, "the title of the server, as a literal"]
    version: Annotated[Code, "its version, as an expression"]
    caches: Annotated[Code | None, "the assignment of `CACHES`, if clients may keep"]
    added_imports: Annotated[Sequence[Code], "the lines that import what is added"]
    begin: Annotated[Code, "`server =`, or `return` when nothing is added"]
    finish: Annotated[Sequence[Code], "the statements that add to the server"]
    handled: Annotated[Code, "the handlers, as an expression"]


class Prompt(TypedDict):
    """A function that makes the messages of one prompt."""

    signature: Annotated[Code, "its first line, or lines"]
    doc: Annotated[Code, "its docstring"]
    messages: Annotated[Code, "its only statement"]


class McpPrompts(Module):
    """The MCP prompts: one function for each."""

    support: Annotated[Code, "the line that imports from `prompt_support`"]
    prompts: Annotated[Sequence[Prompt], "one for each prompt"]
    table: Annotated[Code, "the assignment of `ADAPTERS`"]


class McpResources(Importing):
    """The MCP resources: what reads each, and the files that are published."""

    handlers: Annotated[Sequence[Function], "one for each resource that is read"]
    adapters: Annotated[Sequence[Code], "the assignment of each adapter's resources"]
    files: Annotated[Code | None, "the assignment of `FILES`, if there are any"]
    changing: Annotated[bool, "whether reading one changes something"]
    table: Annotated[Code, "the assignment of `ADAPTERS`"]


class Skill(Module):
    """The catalogues of skills."""

    guarded: Annotated[bool, "whether an adapter asks its callers who they are"]
    made: Annotated[Code, "`app =`, or `return` when nothing is added"]
    observed: Annotated[bool, "whether calls are measured and traced"]
    writes: Annotated[bool, "whether a tool of a skill changes something"]
    support: Annotated[Code, "the line that imports from `skill_support`"]
    adapters: Annotated[Sequence[Code], "the assignment of each adapter's skills"]
    table: Annotated[Code, "the assignment of `ADAPTERS`"]


class Guard(TypedDict):
    """A function that makes what checks the callers of one adapter."""

    name: Annotated[Code, "its name"]
    doc: Annotated[Code, "its docstring"]
    lines: Annotated[Sequence[Code], "its body; the template indents it"]


class Guards(Importing):
    """Who may call the adapters: one function for each that asks its callers."""

    guards: Annotated[Sequence[Guard], "one for each such adapter"]
    table: Annotated[Code, "the assignment of `GUARDS`"]


class Scripts(TypedDict):
    """How scripts may be replaced while the package runs; literals."""

    settled: Annotated[Code, "what cannot be replaced"]
    timeout: Annotated[Code, "the longest run, in seconds"]
    statements: Annotated[Code, "the most lines that a script executes"]
    allowed: Annotated[Code, "the scripts that may run"]


class Logs(TypedDict):
    """How logs are shown; literals."""

    level_control: Annotated[Code, "whether callers may change the level"]
    subscribers: Annotated[Code, "how many may follow them at once"]


class Control(Importing):
    """The control adapter: health, metrics, traces, logs, scripts."""

    about: Annotated[Code, "the assignment of `ABOUT`"]
    app: Annotated[Code, "the application, as an expression"]
    health: Annotated[Code, "whether it tells its health, as a literal"]
    info: Annotated[Code, "whether it tells what it is, as a literal"]
    metrics: Annotated[bool, "whether it has metrics"]
    traces: Annotated[Code | None, "how many spans it keeps, if any"]
    observed: Annotated[bool, "whether calls are measured and traced"]
    scripts: Annotated[Scripts | None, "how scripts are managed, if they are"]
    logs: Annotated[Logs | None, "how logs are shown, if they are"]


class Observability(Module):
    """What is measured and traced of the calls."""

    options: Annotated[Code, "the assignment of `OPTIONS`"]
    namespaces: Annotated[Code, "the argument that names the upstreams"]
