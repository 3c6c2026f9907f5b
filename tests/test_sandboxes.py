"""A package of several upstreams: each is played apart, and takes its own credentials only."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from emitted import built, planned
from requests_seen import Emitted, imported

MISSING, WRONG = "credentials are missing", "credentials are wrong"
SAMPLES = {
    "north": {"items": [{"north": "text"}]},
    "south": [{"south": "text"}],
    "east": {"east": 7},
}


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("same-paths", tmp_path_factory.mktemp("shops")) as package:
        yield package


def call_all(
    package: Emitted, changed: Any
) -> tuple[Mapping[str, object], Mapping[str, list[str | None]]]:
    """The answer of each upstream, or its status or error code, and the errors it recorded."""

    async def one(name: str, context: Any) -> object:
        try:
            reply = await package.parts.commands[f"{name}-list-items"]({}, context)
        except Exception as error:
            return getattr(error, "code", error)
        document = json.loads(reply.body)
        return document if reply.status == 200 else reply.status

    async def main() -> Any:
        name = built("same-paths").capability.package
        options = import_module(f"{name}.sandbox").SandboxOptions()
        async with package.parts.sandbox(options) as sandbox:
            values = {**sandbox.environment}
            values |= changed(values)
            context = package.parts.connect(package.parts.load_settings(values))
            answers = {name: await one(name, context) for name in SAMPLES}
            await package.parts.close(context)
            return answers, {
                name: [record.error for record in played.records]
                for name, played in sandbox.upstreams.items()
            }

    answers, errors = asyncio.run(main())
    return answers, errors


def test_the_same_path_of_two_upstreams_has_two_samples(shops: Emitted) -> None:
    answers, errors = call_all(shops, lambda values: {})
    assert answers == SAMPLES
    assert errors == {name: [None] for name in SAMPLES}


def test_swapped_credentials_are_refused_by_each_upstream(shops: Emitted) -> None:
    def swap(values: Mapping[str, str]) -> Mapping[str, str]:
        return {
            "NORTH_PASSWORD": values["SOUTH_KEY"],
            "SOUTH_KEY": values["EAST_CLIENT_SECRET"],
            "EAST_CLIENT_SECRET": values["NORTH_PASSWORD"],
        }

    answers, errors = call_all(shops, swap)
    assert answers == {"north": 401, "south": 401, "east": "token_refused"}
    # A request for a token is no call.
    assert errors == {"north": [WRONG], "south": [WRONG], "east": []}


def test_swapped_addresses_are_noticed(shops: Emitted) -> None:
    def swap(values: Mapping[str, str]) -> Mapping[str, str]:
        return {
            "SOUTH_BASE_URI": values["EAST_BASE_URI"],
            "EAST_BASE_URI": values["SOUTH_BASE_URI"],
        }

    answers, errors = call_all(shops, swap)
    assert answers == {"north": SAMPLES["north"], "south": 401, "east": 401}
    assert errors == {"north": [None], "south": [MISSING], "east": [MISSING]}


def test_a_list_that_a_path_makes_holds_what_lookups_find(tmp_path: Path) -> None:
    spec = tmp_path / "capability.yaml"
    spec.write_text(LOOKED_UP, encoding="utf-8")
    (samples,) = (
        json.loads(item.data)
        for item in planned(spec, "lines")
        if item.path.endswith("sandbox_samples.json") and item.data is not None
    )
    assert [entry["answer"] for entry in samples] == [
        {"lines": [{"sku": "text"}]},
        [{"sku": "text", "name": "text"}],
    ]


LOOKED_UP = """
naftiko: 1.0.0-alpha2
info: {label: Lines, description: The products of an order}
capability:
  consumes:
    - type: http
      namespace: shop
      baseUri: https://shop.example
      resources:
        - name: order
          path: /order
          operations:
            - name: get-order
              method: GET
              outputParameters: [{name: skus, type: array, value: '$.lines[*].sku'}]
        - name: products
          path: /products
          operations: [{name: list-products, method: GET}]
  exposes:
    - type: mcp
      namespace: tools
      transport: stdio
      tools:
        - name: products-of
          description: The products of an order
          steps:
            - {type: call, name: order, call: shop.get-order}
            - {type: call, name: products, call: shop.list-products}
            - type: lookup
              name: found
              index: products
              match: sku
              lookupValue: $.order.skus
              outputParameters: [name]
"""
