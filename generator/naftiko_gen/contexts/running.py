"""The modules of a package that put its parts together and run them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from naftiko_gen.pycode import Code

from .parts import Function, Importing, Module


class Init(Module):
    """The version of the package."""

    version: Annotated[Code, "the version, as a literal"]


class Main(Module):
    """The program: its adapters, its operations, and what `python -m` runs."""

    guarded: Annotated[bool, "whether an adapter asks its callers who they are"]
    program: Annotated[Code, "the name of the program, as a literal"]
    prefix: Annotated[Code, "what settings of the package begin with, as a literal"]
    adapters: Annotated[Code, "the assignment of `ADAPTERS`"]
    operations: Annotated[Code, "the assignment of `OPERATIONS`"]
    watched: Annotated[bool, "whether there is a control adapter"]
    observed: Annotated[bool, "whether calls are measured and traced"]
    refusals: Annotated[
        Sequence[Code],
        "the body of the function that says why there cannot be several workers",
    ]
    windows: Annotated[Sequence[Code], "the variables of nonce windows, as literals"]
    metered: Annotated[bool, "whether calls can be counted for Prometheus on demand"]


class Parts(Module):
    """The parts of the program, each imported when it is needed."""

    imports: Annotated[Sequence[Code], "the lines that import types of the package"]
    functions: Annotated[
        Sequence[Code], "the lines of functions that some packages have"
    ]
    mcp: Annotated[bool, "whether there is an MCP adapter"]
    load: Annotated[Sequence[Code], "the first lines of `load_settings`"]
    connect: Annotated[Sequence[Code], "the first lines of `connect`"]
    close: Annotated[Sequence[Code], "the last lines of `close`"]
    app_doc: Annotated[Code, "the docstring of `rest_app`"]
    app: Annotated[Sequence[Code], "its body"]
    sandbox_kind: Annotated[Code, "the class of what plays the upstreams"]


class Commands(Importing):
    """What `call OPERATION JSON` can make: one function for each operation."""

    commands: Annotated[Sequence[Function], "one for each operation and flow"]
    table: Annotated[Code, "the assignment of `COMMANDS`"]


class Signer(TypedDict):
    """The function that makes the signer of a key."""

    signature: Annotated[Code, "its first line, or lines"]
    body: Annotated[Code, "its statement"]


class Context(Importing):
    """The upstreams with their credentials, shared by all adapters."""

    hooks: Annotated[bool, "whether there is a `hooks.py`"]
    tiers: Annotated[Sequence[Code], "the assignments of call counters"]
    fields: Annotated[Sequence[Code], "the field of each upstream"]
    values: Annotated[Sequence[Code], "the argument that makes each upstream"]
    signers: Annotated[
        Sequence[Signer], "those of upstreams of which there can be several keys"
    ]
    upstreams: Annotated[Code, "all upstreams, as a tuple"]


class Settings(Importing):
    """Everything that an operator can set, read from the environment."""

    files: Annotated[Sequence[Code], "the assignments of files that hold values"]
    environment: Annotated[Code, "the statement that begins to read"]
    transports: Annotated[bool, "whether there is an upstream"]
    fields: Annotated[Sequence[Code], "the fields with their types"]
    values: Annotated[Sequence[Code], "the argument of each field"]


class SandboxSetup(Importing):
    """A stand-in for the upstreams, which checks every request as they would."""

    kind: Annotated[Code, "the class of what plays the upstreams"]
    made_doc: Annotated[Code, "the docstring of `create_sandbox`"]
    tokens: Annotated[Sequence[Code], "the statements that make up tokens"]
    verifiers: Annotated[Sequence[Code], "the statement that makes each verifier"]
    sandbox: Annotated[Code, "the statement that returns it"]


class ContractTest(TypedDict):
    """A test that runs once for each case of a table."""

    table: Annotated[Code, "the name of the table"]
    name: Annotated[Code, "the name of the test"]
    kind: Annotated[Code, "the class of its cases"]
    call: Annotated[Code, "its only statement"]


class ContractTests(Module):
    """The tests of the package: each operation, route and tool makes one good request."""

    support_import: Annotated[Code, "the line that imports from `support`"]
    package: Annotated[Code, "the name of the package, as a literal"]
    callers: Annotated[bool, "whether an adapter asks its callers who they are"]
    tables: Annotated[Sequence[Code], "the assignments of tables of cases"]
    tests: Annotated[Sequence[ContractTest], "one for each table of cases"]
    folders: Annotated[bool, "whether files are published as resources"]
