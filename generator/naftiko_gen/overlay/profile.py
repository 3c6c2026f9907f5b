"""Provider profiles: facts about well-known APIs that every spec of them needs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from naftiko_gen import presets
from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.source import NodePath, Source, read

from . import known_signing
from .applied import Applied
from .tree import clone

PROVIDERS = Path(__file__).parent.parent / "providers"

_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_DEFAULT_PORTS = {"http": 80, "https": 443}
# The catalogue also writes `auth` for `authentication`.
_CREDENTIALS = ("authentication", "auth")

Operation: TypeAlias = tuple[str, str, JsonObject]


def apply_profiles(
    data: JsonValue, source: Source, report: Report
) -> Iterator[Applied]:
    """Add to each consumes block of ``data``, in place, what is known about its host.

    Nothing that the document says itself is changed, with one exception: a static
    credential is dropped, with warning W201, when the provider wants signatures.
    """
    for path, block in _blocks(data):
        base = block.get("baseUri")
        host = host_of(base) if isinstance(base, str) else ""
        _respell(block, host)
        profile = load(host, report) if host else None
        if profile is None and host:
            profile = _preset(host, block)
        if profile is None and isinstance(base, str) and "signing" not in block:
            profile = known_signing.host_profile(
                base, _credential(block), _text(block.get("namespace"))
            )
        if profile is not None:
            yield _apply(block, path, profile, source, report)


def host_of(base_uri: str) -> str:
    """The host of ``base_uri`` in lower case; empty when it is none that a profile has.

    That is so for a placeholder, a port other than the scheme's own, and no URI at all.
    """
    try:
        parts = urlsplit(base_uri)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    standard = _DEFAULT_PORTS.get(parts.scheme)
    if standard is None or port not in (None, standard):
        return ""
    return host if _HOST.fullmatch(host) else ""


def load(host: str, report: Report) -> JsonObject | None:
    """The profile of ``host``; None when the generator ships none."""
    file = PROVIDERS / f"{host}.yaml"
    # False for a name that no file can have, where Path.is_file raises.
    if not os.path.isfile(file):
        return None
    profile = read(str(file), report)
    return profile.data if profile and isinstance(profile.data, dict) else None


def _preset(host: str, block: JsonObject) -> JsonObject | None:
    """The signing preset of ``host`` as a profile, where it replaces what cannot work.

    A block without a credential may be about public operations, so it is left alone.
    """
    credential = next((_object(block[k]) for k in _CREDENTIALS if k in block), None)
    name = presets.for_host(host)
    if credential is None or name is None or "signing" in block:
        return None
    preset = presets.load(name)
    kinds = preset.get("replaces", ["apikey", "basic", "bearer"])
    if not isinstance(kinds, list) or credential.get("type") not in kinds:
        return None
    signing = {"scheme": name, **presets.usual(name)}
    profile: JsonObject = {"host": host, "title": preset["title"], "signing": signing}
    if "errors" in preset:
        profile["errors"] = preset["errors"]
    return profile


def _credential(block: JsonObject) -> JsonObject:
    return next((_object(block[k]) for k in _CREDENTIALS if k in block), {})


def _respell(block: JsonObject, host: str) -> None:
    """Put ``signing`` in the place of credentials that mean it."""
    if "signing" in block:
        return
    signing = known_signing.spelled(host, _credential(block))
    if signing is not None:
        for key in _CREDENTIALS:
            block.pop(key, None)
        block["signing"] = signing


def _apply(
    block: JsonObject,
    path: NodePath,
    profile: JsonObject,
    source: Source,
    report: Report,
) -> Applied:
    known = _object(profile.get("operations"))
    described, total, signed = 0, 0, False
    signing = _object(profile.get("signing"))
    for method, upstream_path, operation in _operations(block):
        total += 1
        signed = signed or _is_signed(signing, upstream_path)
        facts = _object(known.get(f"{method} {upstream_path}"))
        described += bool(facts)
        _fill(operation, facts)
    what = [f"{described} of {total} operations described"]
    if "errors" in profile and "errors" not in block:
        _fill(block, {"errors": profile["errors"]})
        what.append("error rules")
    # Limits count the calls of a key, so they mean nothing for public operations.
    if signed:
        own = "signing" in block
        _fill(block, {k: profile[k] for k in ("signing", "limits") if k in profile})
        if not own:
            what.append(f"{signing.get('scheme')} signing")
            _drop_credential(block, path, profile, source, report)
    namespace = block.get("namespace")
    description = f"{profile.get('title')} for `{namespace}`: {', '.join(what)}"
    return Applied("profile", f"{profile.get('host')}.yaml", description)


def _drop_credential(
    block: JsonObject,
    path: NodePath,
    profile: JsonObject,
    source: Source,
    report: Report,
) -> None:
    signing = _object(profile.get("signing"))
    optional = signing.get("optional")
    spare = optional if isinstance(optional, list) else []
    variables = _object(signing.get("credentials"))
    needed = [str(name) for role, name in variables.items() if role not in spare]
    extra = [str(name) for role, name in variables.items() if role in spare]
    message = (
        f"{profile.get('title')} wants signed requests: this static credential is "
        f"replaced by {signing.get('scheme')} signing, for which the environment must "
        f"hold {' and '.join(needed)}"
    )
    if extra:
        message += f" ({' and '.join(extra)}: optional)"
    for key in _CREDENTIALS:
        if key in block:
            del block[key]
            report.add("W201", message, source.span((*path, key), key=True))


def _is_signed(signing: JsonObject, path: str) -> bool:
    if "scheme" not in signing:
        return False
    prefixes = signing.get("paths")
    if not isinstance(prefixes, list):
        return True
    return any(path.startswith(str(p)) for p in prefixes)


def _fill(target: JsonObject, facts: JsonObject) -> None:
    for key, value in facts.items():
        if key not in target:
            target[key] = clone(value)


def _blocks(data: JsonValue) -> Iterator[tuple[NodePath, JsonObject]]:
    root = _object(data)
    # Shared consumes files hold the list at the root.
    for path, holder in (
        (("capability",), _object(root.get("capability"))),
        ((), root),
    ):
        blocks = holder.get("consumes")
        for index, block in enumerate(blocks if isinstance(blocks, list) else []):
            if isinstance(block, dict):
                yield (*path, "consumes", index), block


def _operations(block: JsonObject) -> Iterator[Operation]:
    """Each operation with its method and its whole path on the host."""
    base = urlsplit(str(block.get("baseUri"))).path.rstrip("/")
    for resource in _objects(block.get("resources")):
        for operation in _objects(resource.get("operations")):
            place, own = _text(resource.get("path")), _text(operation.get("path"))
            # An operation's own path either continues its resource's or repeats it.
            path = own if own and own.startswith(place) else place + own
            method = _text(operation.get("method")) or "GET"
            yield method.upper(), f"{base}/{path.lstrip('/')}", operation


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _objects(value: JsonValue) -> list[JsonObject]:
    # A list, or since 1.0.0-alpha3 a map by name.
    items = list(value.values()) if isinstance(value, dict) else value
    return [v for v in items if isinstance(v, dict)] if isinstance(items, list) else []


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""
