"""One signed call of an emitted package, made without a network, and all that it computed.

The package's own code runs: its settings read made-up values, its operation makes the
request, its signer signs it, and the request is caught where it would be sent.
"""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from naftiko_gen import ir
from naftiko_gen.errors import InternalError, OutputError
from naftiko_gen.flow_answers import EXAMPLES
from naftiko_gen.views import signing as signers
from naftiko_gen.views.contract_tests import example

from .dummies import environment
from .loading import Loaded
from .recording import Recorder, Step

_NEEDED = ("cryptography",)


@dataclass(slots=True)
class Request:
    """A request; ``body`` is None for none."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None


@dataclass(slots=True)
class Rehearsal:
    """What one call did.

    ``environment`` are the made-up settings, ``before`` is what the signer got, ``values``
    are the variables of its method by name, ``steps`` its digests, ``sent`` is what would go
    out. ``doc`` is what the signer's module says of its source.
    """

    environment: Mapping[str, str]
    doc: str
    before: Request
    nonce: str
    values: dict[str, str | bytes]
    steps: list[Step]
    sent: Request


class _Caught(Exception):
    """Ends a call in the place of its answer."""


@dataclass(slots=True)
class _Watched:
    """What is seen of one call."""

    arguments: dict[str, Any] = field(default_factory=dict)
    values: dict[str, str | bytes] = field(default_factory=dict)
    sent: Request | None = None


def signed(capability: ir.Capability) -> list[ir.Operation]:
    """The operations that are signed."""
    namespaces = {u.namespace for u in capability.upstreams if u.signing is not None}
    return [
        operation
        for operation in capability.operations
        if operation.namespace in namespaces and not operation.public
    ]


def rehearse(
    capability: ir.Capability, sources: Mapping[str, str], operation: ir.Operation
) -> Rehearsal:
    """Make the call ``operation``; ``sources`` are the modules of the package by name.

    Raises OutputError when the call cannot be made up, or a library is missing.
    """
    values = environment(capability)
    recorder = Recorder()
    watched = recorder.modules()
    with Loaded(capability.package, sources, watched, _NEEDED) as package:
        context = _connect(package, values)
        return _call(capability, package, context, operation, recorder, values)


def _connect(package: Loaded, values: Mapping[str, str]) -> Any:
    settings = package.module("settings")
    if hasattr(settings, "BoundEnvironment"):
        # Nobody's files are read.
        plain = package.module("environment").Environment
        settings.BoundEnvironment = lambda values, *files: plain(values)
    try:
        read = settings.Settings.from_environment(values)
    except package.module("environment").SettingsError as error:
        raise OutputError(f"settings could not be made up: {error}") from None
    return package.module("context").connect(read)


def _call(
    capability: ir.Capability,
    package: Loaded,
    context: Any,
    operation: ir.Operation,
    recorder: Recorder,
    values: Mapping[str, str],
) -> Rehearsal:
    watched = _Watched()
    _catch(package, watched)
    [upstream] = (u for u in capability.upstreams if u.namespace == operation.namespace)
    assert upstream.signing is not None
    name = signers.module_of(capability, upstream.signing.scheme)
    command = package.module("commands").COMMANDS[operation.command]
    with _watch(f"{package.name}.signing", watched):
        try:
            asyncio.run(command(_arguments(operation), context))
        except _Caught:
            pass
        except package.module("errors").CallError as error:
            raise OutputError(f"no request could be made up: {error}") from None
    if watched.sent is None or not watched.arguments:
        raise InternalError(f"{operation.name} was not signed")
    given = watched.arguments
    content = given["body"]
    before = Request(
        method=given["method"],
        url=_address(package, context, upstream, given["target"]),
        headers=dict(given["headers"]),
        body=_written(package, content),
    )
    return Rehearsal(
        environment=values,
        doc=inspect.cleandoc(package.module(name).__doc__ or ""),
        before=before,
        nonce=given["nonce"],
        values=watched.values,
        steps=recorder.steps,
        sent=watched.sent,
    )


def _catch(package: Loaded, watched: _Watched) -> None:
    """Keep the request, in the place where it would be sent."""

    async def exchange(
        self: object,
        method: str,
        url: object,
        headers: Mapping[str, str],
        data: bytes | None,
    ) -> None:
        sent = {str(name): str(value) for name, value in headers.items()}
        watched.sent = Request(method, str(url), sent, data)
        raise _Caught

    package.module("upstream").Upstream.exchange = exchange


@contextmanager
def _watch(modules: str, watched: _Watched) -> Iterator[None]:
    """Keep what ``sign`` of a signer is given, and its variables when it returns.

    ``modules`` is what the names of the modules of signers begin with.
    """

    def profile(frame: FrameType, event: str, value: object) -> None:
        name = frame.f_globals.get("__name__", "")
        if frame.f_code.co_name != "sign" or not name.startswith(modules):
            return
        if "target" not in frame.f_locals:
            return  # A private key signs.
        if event == "call" and not watched.arguments:
            watched.arguments = dict(frame.f_locals)
        elif event == "return":
            # That of a base class comes first.
            watched.values |= {
                name: value
                for name, value in frame.f_locals.items()
                if isinstance(value, str | bytes)
                and name != "_"
                and value
                and value != watched.arguments.get(name)
            }

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(before)


def _arguments(operation: ir.Operation) -> ir.JsonObject:
    """What ``call`` of the package's command line would be given."""
    arguments = {p.name: EXAMPLES[p.type] for p in operation.inputs}
    body = example(operation.body)
    if operation.body is None or not (body or operation.body.required):
        return arguments
    return {**arguments, "body": body} if arguments else body


def _written(package: Loaded, body: Any) -> bytes | None:
    if body is None:
        return None
    encoding = package.module("encoding")
    if isinstance(body, encoding.Content):
        data: bytes = body.data
        return data
    written: bytes = encoding.json_bytes(body)
    return written


def _address(package: Loaded, context: Any, upstream: ir.Upstream, target: str) -> str:
    """The whole address of ``target``, as the package would write it."""
    return str(getattr(context, upstream.ident).url(target))
