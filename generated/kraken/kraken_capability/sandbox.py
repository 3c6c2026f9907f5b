"""An upstream on this machine: it checks every request and answers with samples.

It listens on loopback only, holds throw-away credentials and never calls out, so the
package can be tried, demonstrated and tested without an account.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Self
from urllib.parse import unquote

from aiohttp import hdrs, web

from .reply import JsonObject, JsonValue
from .sandbox_answers import JSON, answered, encoded
from .sandbox_behaviour import Behaviour, play
from .sandbox_control import SandboxOptions, parse_change
from .sandbox_gate import Gate
from .sandbox_record import RawAnswer, Record
from .sandbox_verifier import PlainVerifier, Verifier, throwaway_token

__all__ = [
    "PlainVerifier",
    "RawAnswer",
    "Record",
    "Sandbox",
    "SandboxOptions",
    "Verifier",
    "throwaway_token",
]

CONTROL_PATH = "/_sandbox"
HOST = "127.0.0.1"
MAX_RECORDS = 1000
MAX_RECORDED_BODY = 65536


class Sandbox:
    """A server that plays an upstream: `async with Sandbox(...)`, or start and stop.

    `samples` maps (METHOD, path) to the payload of an answer; a path may hold
    placeholders such as `{id}`, which take slashes too when it is `deep`.
    `base_uri_variables` name the settings that must point at this server, `variables` are set besides. `raw` has the answers whose
    document is read from another format than JSON. What one of the `gates` answers is no
    call, and not counted. A request is verified when it has arrived whole; delay,
    jitter and faults come after that and are played for accepted requests only.
    `POST /_sandbox` takes what `sandbox_control.parse_change` describes, and
    `GET /_sandbox` answers the counters.
    """

    def __init__(
        self,
        samples: Mapping[tuple[str, str], JsonValue],
        verifier: Verifier | None = None,
        options: SandboxOptions | None = None,
        *,
        base_uri_variables: Sequence[str] = (),
        variables: Mapping[str, str] | None = None,
        gates: Sequence[Gate] = (),
        raw: Mapping[tuple[str, str], RawAnswer] | None = None,
        deep: bool = False,
    ) -> None:
        self._raw = dict(raw or {})
        self._verifier: Verifier = PlainVerifier() if verifier is None else verifier
        self._options = SandboxOptions() if options is None else options
        self._base_uri_variables = tuple(base_uri_variables)
        self._variables = dict(variables or {})
        self._gates = tuple(gates)
        self._answers = {
            key: encoded(self._verifier.answer(sample))
            for key, sample in samples.items()
        }
        patterns = [(m, p, _pattern(p, deep)) for m, p in samples if "{" in p]
        # Of several that fit, the one that says the most.
        patterns.sort(key=lambda known: -len(re.sub(r"\{[^{}]*\}", "", known[1])))
        self._patterns = patterns
        self._runner: web.ServerRunner | None = None
        self._stopping = asyncio.Event()
        self._in_flight = 0
        self._behaviour = Behaviour(self._options)
        self.base_url = ""
        self._clear()

    def reset(self) -> None:
        """Counters, records, faults and delays as at the start; nonces stay used."""
        self._behaviour.reset()
        self._clear()

    def _clear(self) -> None:
        self.accepted = 0
        self.rejected = 0
        self.max_in_flight = self._in_flight
        self.by_operation: dict[str, int] = {}
        self.records: deque[Record] = deque(maxlen=MAX_RECORDS)

    async def start(self) -> str:
        """Listen on loopback and give the base URL; OSError when the port is taken."""
        if self._runner is not None:
            raise RuntimeError("the sandbox is running already")
        self._stopping = asyncio.Event()
        server = web.Server(self._handle, handler_cancellation=True, access_log=None)
        runner = web.ServerRunner(server, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, self._options.port).start()
        except BaseException:
            await runner.cleanup()
            raise
        self._runner = runner
        self.base_url = f"http://{HOST}:{runner.addresses[0][1]}"
        return self.base_url

    async def stop(self) -> None:
        """Close the server; requests that wait for their answer are cut off."""
        runner, self._runner = self._runner, None
        self._stopping.set()
        if runner is not None:
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *unused: object) -> None:
        await self.stop()

    @property
    def environment(self) -> dict[str, str]:
        """Variables that make the package talk to this sandbox, once it is started."""
        found = dict.fromkeys(self._base_uri_variables, self.base_url)
        for gate in self._gates:
            found |= {name: self.base_url + path for name, path in gate.paths.items()}
        return {**self._verifier.environment, **found, **self._variables}

    def expected(self, method: str, path: str) -> JsonValue:
        """The whole document that an accepted call of an operation is answered with.

        `path` is the key of the sample; KeyError when there is none.
        """
        document: JsonValue = json.loads(self._answers[method, path])
        return document

    def raw(self, method: str, path: str) -> bytes:
        """The bytes of that answer, as they are sent."""
        answer = self._raw.get((method, path))
        return self._answers[method, path] if answer is None else answer.body

    def inject(
        self,
        errors: Sequence[JsonValue] = (),
        *,
        delay: float | None = None,
        jitter: float | None = None,
        error_rate: float | None = None,
    ) -> None:
        """Play faults and set delays, as the HTTP control does; ControlError if bad."""
        document: JsonObject = {"errors": list(errors)}
        wanted = {"delay": delay, "jitter": jitter, "error_rate": error_rate}
        document |= {name: value for name, value in wanted.items() if value is not None}
        self._apply(document)

    def state(self) -> JsonObject:
        """The counters and settings, without targets and bodies."""
        last: JsonValue = None
        if self.records:
            record = self.records[-1]
            last = {
                "method": record.method,
                "operation": record.operation,
                "error": record.error,
            }
        return {
            "accepted": self.accepted,
            "rejected": self.rejected,
            "by_operation": {**self.by_operation},
            "max_in_flight": self.max_in_flight,
            "last": last,
            **self._behaviour.state(),
        }

    def _apply(self, document: JsonValue) -> None:
        change = parse_change(document)
        self._behaviour.check(change)
        if change.reset:
            self._clear()
        self._behaviour.apply(change)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        target = request.raw_path
        path = target.partition("?")[0]
        if path == CONTROL_PATH:
            return await self._control(request)
        self._in_flight += 1
        self.max_in_flight = max(self.max_in_flight, self._in_flight)
        try:
            return await self._serve(request, target, path)
        finally:
            self._in_flight -= 1

    async def _serve(
        self, request: web.BaseRequest, target: str, path: str
    ) -> web.StreamResponse:
        body = await request.read()
        for gate in self._gates:
            held = gate.answer(request.method, target, request.headers, body)
            if held is not None:
                return answered(encoded(held.document), held.status, held.headers)
        # From here to the pause nothing awaits, so requests are checked, counted and
        # given their faults one at a time, in the order in which they arrived.
        operation = self._find(request.method, path)
        if operation is None:
            self._record(request, "", "unknown operation", target, body)
            status, document = self._verifier.unknown(request.method, path)
            return answered(encoded(document), status)
        error = self._verifier.verify(request.method, target, request.headers, body)
        self._record(request, operation, error, target, body)
        if error is not None:
            status, document = self._verifier.failure(error)
            return answered(encoded(document), status)
        pause, injection = self._behaviour.draw()
        if pause:
            await self._pause(pause)
        key = (request.method, operation)
        kind, answer = self._raw.get(key) or (JSON, self._answers[key])
        if injection is None:
            return web.Response(body=answer, headers={hdrs.CONTENT_TYPE: kind})
        if injection.kind == "error":
            status, document = self._verifier.failure(injection.text)
            return answered(encoded(document), status)
        if injection.kind == "hang":
            await self._stopping.wait()
        return await play(injection, request, answer)

    def _find(self, method: str, path: str) -> str | None:
        """The sample's path for a path as sent, or as it reads without escapes."""
        # An escaped slash does not divide a path, so it is the one that stays.
        readable = unquote(path.replace("%2F", "%252F").replace("%2f", "%252F"))
        for form in (path, readable):
            if (method, form) in self._answers:
                return form
            for known, template, pattern in self._patterns:
                if known == method and pattern.fullmatch(form):
                    return template
        return None

    def _record(
        self,
        request: web.BaseRequest,
        operation: str,
        error: str | None,
        target: str,
        body: bytes,
    ) -> None:
        if error is None:
            self.accepted += 1
            name = f"{request.method} {operation}"
            self.by_operation[name] = self.by_operation.get(name, 0) + 1
        else:
            self.rejected += 1
        self.records.append(
            Record(
                method=request.method,
                operation=operation,
                error=error,
                content_type=request.content_type,
                target=target,
                body=body[:MAX_RECORDED_BODY],
            )
        )

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()

    async def _control(self, request: web.BaseRequest) -> web.Response:
        if request.method == "POST":
            try:
                self._apply(json.loads(await request.read()))
            except (ValueError, RecursionError) as problem:
                return answered(encoded({"error": str(problem)}), 400)
        elif request.method != "GET":
            return answered(encoded({"error": "use GET or POST"}), 405)
        return answered(encoded(self.state()))


def _pattern(path: str, deep: bool) -> re.Pattern[str]:
    if path.endswith("{+path}"):
        # The rest of a path, whatever it is (RFC 6570, section 3.2.3).
        return re.compile(f"{re.escape(path.removesuffix('{+path}'))}.*")
    parts = re.split(r"\{+[^{}]*\}+", path)
    between = ".+" if deep else "[^/]+"
    return re.compile(between.join(re.escape(part) for part in parts))
