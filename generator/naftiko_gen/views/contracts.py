"""The OpenAPI documents and where they stand."""

from __future__ import annotations

import json

from naftiko_gen import ir
from naftiko_gen.contracts import openapi


def contract_name(capability: ir.Capability, adapter: ir.RestAdapter) -> str:
    """``openapi.json``; with the adapter's name when the capability has several."""
    return (
        "openapi.json" if len(capability.rest) == 1 else f"openapi.{adapter.ident}.json"
    )


def contracts(capability: ir.Capability) -> dict[str, bytes]:
    """The contract of every REST adapter by file name."""
    return {
        contract_name(capability, adapter): _encode(openapi(capability, adapter))
        for adapter in capability.rest
    }


def _encode(document: ir.JsonObject) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
