"""Several sandboxes: ports, records and faults of their own, started and stopped together."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest

from static.reply import JsonValue
from static.sandbox import PlainVerifier, Sandbox, SandboxOptions
from static.sandbox_group import Sandboxes
from static.sandbox_issuer import Issued, Issuers, IssuingSandbox
from static.sandbox_raw import read_raw
from static.sandbox_samples import read_samples
from static.sandbox_tokens import TokenGate

PATH = ("GET", "/items")


def pair(options: SandboxOptions | None = None) -> Sandboxes:
    return Sandboxes(
        {
            name: Sandbox(
                {PATH: {"at": name}},
                PlainVerifier({"X-Key": name}, environment={f"{name}_KEY": name}),
                options,
                base_uri_variables=(f"{name}_URI",),
            )
            for name in ("A", "B")
        },
        variables={"C": "c"},
    )


async def get(address: str, key: str) -> tuple[int, JsonValue]:
    async with (
        aiohttp.ClientSession() as client,
        client.get(f"{address}/items", headers={"X-Key": key}) as answer,
    ):
        return answer.status, json.loads(await answer.read())


def test_each_upstream_has_its_own_port_samples_credentials_and_records() -> None:
    async def main() -> None:
        async with pair() as group:
            a, b = (one.base_url for one in group.upstreams.values())
            assert group.environment == {
                "A_URI": a,
                "A_KEY": "A",
                "B_URI": b,
                "B_KEY": "B",
                "C": "c",
            }
            assert await get(a, "A") == (200, {"at": "A"})
            assert await get(b, "B") == (200, {"at": "B"})
            assert (await get(a, "B"))[0] == (await get(b, "A"))[0] == 401
            for one in group.upstreams.values():
                assert [record.error for record in one.records] == [
                    None,
                    PlainVerifier.WRONG,
                ]
            group.reset()
            assert not any(one.records for one in group.upstreams.values())

    asyncio.run(main())


def test_options_hold_for_all_and_the_control_of_one_for_that_one() -> None:
    async def main() -> None:
        async with pair(SandboxOptions(errors=("down",))) as group:
            a, b = (one.base_url for one in group.upstreams.values())
            for address, key in ((a, "A"), (b, "B")):
                assert await get(address, key) == (500, {"error": "down"})
                assert (await get(address, key))[0] == 200
            async with (
                aiohttp.ClientSession() as client,
                client.post(f"{b}/_sandbox", json={"errors": ["again"]}) as answer,
            ):
                assert (await answer.json())["accepted"] == 2
            assert (await get(a, "A"))[0] == 200
            assert await get(b, "B") == (500, {"error": "again"})

    asyncio.run(main())


def test_all_start_or_none_and_the_addresses_are_told() -> None:
    async def main() -> None:
        group = pair()
        told = await group.start()
        with pytest.raises(RuntimeError):
            await group.start()
        a, b = (one.base_url for one in group.upstreams.values())
        assert told == f"{a} (A), {b} (B)"
        await group.stop()
        await group.stop()
        with pytest.raises(aiohttp.ClientConnectionError):
            await get(a, "A")
        assert await group.start() != ""
        await group.stop()
        # One port for two: the first one must not be left running.
        fixed = pair(SandboxOptions(port=int(a.rpartition(":")[2])))
        with pytest.raises(OSError, match="address"):
            await fixed.start()
        with pytest.raises(aiohttp.ClientConnectionError):
            await get(a, "A")

    asyncio.run(main())


def test_samples_are_read_by_upstream(tmp_path: Path) -> None:
    file = tmp_path / "samples.json"
    entry = {"method": "GET", "path": "/items"}
    raw = {"contentType": "text/csv", "text": "x"}
    entries = [
        {**entry, "answer": 1},
        {**entry, "answer": 2, "upstream": "a", **raw},
        {**entry, "answer": 3, "upstream": "b"},
    ]
    file.write_text(json.dumps(entries), encoding="utf-8")
    names = ("", "a", "b", "c")
    found = [read_samples(name, file) for name in names]
    assert found == [{PATH: 1}, {PATH: 2}, {PATH: 3}, {}]
    assert [list(read_raw(name, file)) for name in names] == [[], [PATH], [], []]


def test_issuers_run_beside_one_upstream_and_beside_several() -> None:
    issued = (Issued("ISSUER", ("x",), ()),)
    gate = TokenGate("TOKEN_ENDPOINT", "c", "s", "t", {})
    alone = IssuingSandbox(
        {PATH: 1}, gates=(gate,), variables={"V": "v"}, issuers=issued
    )
    group = Sandboxes({"a": Sandbox({PATH: 1})}, beside=(Issuers(issued),))

    async def main() -> None:
        for sandbox in (alone, group):
            async with sandbox, aiohttp.ClientSession() as client:
                values = sandbox.environment
                place = f"{values['ISSUER']}/.well-known/oauth-authorization-server"
                async with client.get(place) as answer:
                    assert (await answer.json())["issuer"] == values["ISSUER"]
        assert alone.environment["V"] == "v"
        assert alone.environment["TOKEN_ENDPOINT"].startswith(alone.base_url)

    asyncio.run(main())
