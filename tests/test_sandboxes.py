"""A package of several upstreams: each is played apart, and takes its own credentials only."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest

from emitted import built
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
