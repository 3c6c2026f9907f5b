"""The libraries that emitted packages depend on, each with its bounds in one place."""

from __future__ import annotations

from pathlib import PurePosixPath

from naftiko_gen import ir

from . import formats, guards, pools
from .flows import scripts
from .settings import bind_files, private_keys

_AIOHTTP = "aiohttp>=3.12,<4"
_CRYPTOGRAPHY = "cryptography>=43,<51"
_MCP = "mcp>=2.3,<3"
_PATTERNS = "pydantic-core>=2.27,<3"
_JAVASCRIPT = "quickjs-ng>=0.17,<1"
_DOTENV = "python-dotenv>=1,<2"
_YAML = "pyyaml>=6,<7"
_TOKENS = "PyJWT[crypto]>=2.10,<3"
#: The extra ``speed`` of every package.
SPEED = ("uvloop>=0.21,<1; sys_platform != 'win32'",)
_SPANS = (
    "opentelemetry-sdk>=1.30,<2",
    "opentelemetry-exporter-otlp-proto-http>=1.30,<2",
)
_B3 = "opentelemetry-propagator-b3>=1.30,<2"


def every() -> list[str]:
    """All requirements that any package can have, without those of its tests."""
    return [
        *(
            _AIOHTTP,
            _CRYPTOGRAPHY,
            _MCP,
            _PATTERNS,
            _JAVASCRIPT,
            _DOTENV,
            _YAML,
            _TOKENS,
        ),
        *formats.every_requirement(),
        *SPEED,
        *_SPANS,
        _B3,
        pools.REDIS,
    ]


def required(capability: ir.Capability) -> list[str]:
    """What the package cannot do without."""
    patterns = (i.pattern for route in capability.routes for i in route.inputs)
    suffixes = {PurePosixPath(file.path).suffix for file in bind_files(capability)}
    names = {PurePosixPath(file.path).name for file in bind_files(capability)}
    found = [_AIOHTTP, *formats.requirements(capability.operations)]
    if private_keys(capability):
        found.append(_CRYPTOGRAPHY)
    if capability.mcp:
        found.append(_MCP)
    if any(patterns):
        found.append(_PATTERNS)
    if any(step.language == "javascript" for step in scripts(capability)):
        found.append(_JAVASCRIPT)
    if ".env" in suffixes or any(name.startswith(".env") for name in names):
        found.append(_DOTENV)
    if suffixes & {".yaml", ".yml"}:
        found.append(_YAML)
    if any(access.oauth for _, access in guards.guarded(capability)):
        found.append(_TOKENS)
    return list(dict.fromkeys(found))


def telemetry(observability: ir.Observability | None) -> list[str]:
    """What spans need: an extra, because the package does without."""
    if observability is None:
        return []
    return [*_SPANS, *((_B3,) if observability.propagation == "b3" else ())]


def shipped(capability: ir.Capability) -> list[str]:
    """What an image of the package holds: with all extras but that of its tests."""
    redis = [pools.REDIS] if pools.pools(capability) else []
    more = [*redis, *telemetry(capability.observability)]
    return [*required(capability), *SPEED, *more]


def extras(capability: ir.Capability) -> list[str]:
    """The extras that an image is made with."""
    found = ["speed"]
    if pools.pools(capability):
        found.append("redis")
    if capability.observability is not None:
        found.append("telemetry")
    return found
