"""A rehearsed call as a document: what ``explain signing`` prints."""

from __future__ import annotations

from datetime import UTC, datetime

from naftiko_gen import ir

from . import Rehearsal, Request
from .account import Told, account
from .dummies import roles
from .recording import NOW


def document(
    capability: ir.Capability, operation: ir.Operation, found: Rehearsal
) -> ir.JsonObject:
    """Inputs, request, values, steps and the signed request, as JSON."""
    [upstream] = (u for u in capability.upstreams if u.namespace == operation.namespace)
    signing = upstream.signing
    assert signing is not None
    both = zip(roles(signing), signing.credentials, strict=True)
    credentials: ir.JsonObject = {
        credential.variable: {"role": role, "value": value}
        for role, credential in both
        if (value := found.environment.get(credential.variable))
    }
    told = account(found.steps, _places(found.sent), found.environment)
    return {
        "operation": operation.name,
        "namespace": operation.namespace,
        "scheme": signing.scheme,
        "source": found.doc,
        "credentials": credentials,
        "clock": {"nanoseconds": NOW, "utc": _utc(NOW)},
        "nonce": found.nonce,
        "request": _request(found.before),
        "values": {name: _text(value) for name, value in found.values.items()},
        "steps": [_step(one) for one in told],
        "sent": _request(found.sent),
    }


def _places(sent: Request) -> dict[str, str]:
    """The parts of a request that can carry a signature, by name."""
    places = {f"the header {name}": value for name, value in sent.headers.items()}
    query = sent.url.partition("?")[2]
    body = (sent.body or b"").decode("latin-1")
    return {**places, "the query": query, "the body": body}


def _request(request: Request) -> ir.JsonObject:
    return {
        "method": request.method,
        "url": request.url,
        "headers": dict(request.headers),
        "body": None if request.body is None else _text(request.body),
    }


def _step(told: Told) -> ir.JsonObject:
    step = told.step
    result: ir.JsonObject = {"hex": step.result.hex()}
    for form in told.written:
        if form.name != "hex":
            result[form.name] = form.data.decode("ascii")
    pieces: list[ir.JsonValue] = [
        {"step": piece} if isinstance(piece, int) else {"text": _text(piece)}
        for piece in told.pieces
    ]
    return {
        "number": told.number,
        "what": step.what,
        "key": told.key or None,
        "input": pieces,
        "inputHex": step.data.hex(),
        "result": result,
        "used": list(told.used),
    }


def _text(value: str | bytes) -> str:
    if isinstance(value, str):
        return value
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return f"hex {value.hex()}"


def _utc(nanoseconds: int) -> str:
    moment = datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC)
    return moment.isoformat().replace("+00:00", "Z")
