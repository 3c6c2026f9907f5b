"""The signers of the package against requests that others have signed.

`signing_vectors.json` holds them, each with its source: examples that providers publish,
or what a provider's own client signs. All keys are published or thrown away.
"""

from __future__ import annotations

import inspect
import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

DOCUMENT: dict[str, Any] = json.loads(
    Path(__file__).with_name("signing_vectors.json").read_text("utf-8")
)


def source_of(vector: dict[str, Any]) -> str:
    """What a case is called in pytest's report."""
    return f"{vector['name']}, {vector['source']}"


@pytest.mark.parametrize("vector", DOCUMENT["vectors"], ids=source_of)
def test_the_signer_reproduces(vector: dict[str, Any]) -> None:
    url, expected = urlsplit(vector["url"]), vector["signed"]
    target = f"{url.path}?{url.query}" if url.query else url.path
    made = signer(vector, f"{url.scheme}://{url.netloc}").sign(
        vector["method"], target, vector["headers"], body(vector), vector["nonce"]
    )
    sent = {name.lower(): value for name, value in made.headers.items()}
    for name, value in expected["headers"].items():
        # Whoever sends the request writes the Host header, with the same value.
        if name.lower() != "host":
            assert fields(sent.get(name.lower(), "")) == fields(value), name
    if "url" in expected:
        assert f"{url.scheme}://{url.netloc}{made.target}" == expected["url"]
    if expected.get("body"):
        assert (made.data or b"").decode() == expected["body"]


def signer(vector: dict[str, Any], base_uri: str) -> Any:
    """The signer with the credentials and at the time of the vector."""
    package = DOCUMENT["package"]
    kind = getattr(import_module(f"{package}.{vector['module']}"), vector["signer"])
    secret = import_module(f"{package}.environment").Secret
    known = {
        "base_uri": base_uri,
        "clock": lambda: vector["now"],
        **{role: secret(text) for role, text in vector["secrets"].items()},
        **vector["options"],
    }
    taken = inspect.signature(kind).parameters
    # What else a signer asks for is optional, and this example has none.
    needed = {
        p.name: None for p in taken.values() if p.default is inspect.Parameter.empty
    }
    return kind(**needed | {name: known[name] for name in taken if name in known})


def body(vector: dict[str, Any]) -> Any:
    """The body as the package gives it to a signer."""
    if "members" in vector or not vector["body"]:
        return vector.get("members")
    headers = {name.lower(): value for name, value in vector["headers"].items()}
    content = import_module(f"{DOCUMENT['package']}.encoding").Content
    return content(vector["body"].encode(), headers.get("content-type", ""))


def fields(value: str) -> object:
    """The parameters of OAuth, whose order and needless escapes mean nothing."""
    if not value.startswith("OAuth "):
        return value
    return {k: unquote(v) for k, v in re.findall(r'(\w+)="([^"]*)"', value)}
