"""``explain signing``: what it shows is what the generated package does."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from emitted import GOLDEN, KRAKEN, ROOT, run
from naftiko_gen import cli
from signing_packages import BUILT_IN, PRESETS, VARIANTS, module, package

AWS = GOLDEN / "aws-signatures" / "capability.yaml"
SCHEMES = (*PRESETS, *BUILT_IN, *VARIANTS)


def told(spec: Path | str, *more: str, capsys: pytest.CaptureFixture[str]) -> Any:
    assert cli.run(["explain", "signing", str(spec), "--format", "json", *more]) == 0
    return json.loads(capsys.readouterr().out)


def sent_by_the_package(scheme: str, operation: str, shown: Any) -> tuple[Any, ...]:
    """Method, address, headers and body of the call, made by the package on disk."""
    context = module(scheme, "context")
    settings = module(scheme, "settings").Settings
    values = {name: c["value"] for name, c in shown["credentials"].items()}
    found: list[tuple[Any, ...]] = []

    async def exchange(*request: Any) -> Any:
        found.append(request)
        return module(scheme, "reply").Reply(200, b"{}", "application/json")

    async def call() -> None:
        upstream = context.connect(settings.from_environment(values)).provider
        # The signer as the package has set it up; only its clock is stopped.
        if hasattr(upstream._signer, "_clock"):
            upstream._signer._clock = lambda: shown["clock"]["nanoseconds"]
        upstream._nonces = lambda: shown["nonce"]
        upstream.exchange = exchange
        operations = module(scheme, "operations")
        if operation == "listThings":
            await operations.list_things(upstream, page="x")
        else:
            await operations.add_thing(upstream, name="x")

    asyncio.run(call())
    [(method, url, headers, data)] = found
    return method, str(url), dict(headers), data


@pytest.mark.parametrize("operation", ["listThings", "addThing"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_package_sends_what_is_shown(
    scheme: str, operation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _ = package(scheme)
    spec = folder / f"{scheme}.yaml"
    shown = told(spec, "--operation", operation, capsys=capsys)
    method, url, headers, data = sent_by_the_package(scheme, operation, shown)
    sent = shown["sent"]
    assert (sent["method"], sent["url"]) == (method, url)
    assert (sent["body"] or "") == (data or b"").decode()
    assert sent["headers"].keys() == headers.keys()
    if any(word in shown["steps"][-1]["what"] for word in ("ECDSA", "PSS")):
        # Such a signature is another one each time.
        for held in (sent["headers"], headers):
            for name in {"Authorization", "Signature"} & held.keys():
                held[name] = re.split(r"\.[^.]*$|=:.*$", held[name])[0]
    assert sent["headers"] == headers


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_step_is_what_it_is_said_to_be(
    scheme: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _ = package(scheme)
    shown = told(folder / f"{scheme}.yaml", "--operation", "addThing", capsys=capsys)
    results: dict[int, bytes] = {}
    for step in shown["steps"]:
        data = bytes.fromhex(step["inputHex"])
        result = bytes.fromhex(step["result"]["hex"])
        results[step["number"]] = result
        kind = step["what"].rpartition("-")[2].lower()
        if step["what"].startswith("HMAC-"):
            key = key_of(step["key"], shown["credentials"], results)
            assert hmac.new(key, data, kind).digest() == result
        elif step["key"] is None:
            name = step["what"].replace("-", "").lower()
            assert hashlib.new(name, data).digest() == result
    last = shown["steps"][-1]
    assert last["used"], "the signature is a part of the request"
    whole = json.dumps(shown["sent"])
    assert any(
        text in unquote(whole) for text in last["result"].values()
    ) or "base64 of" in str(last["used"])


def key_of(said: str, credentials: Any, results: dict[int, bytes]) -> bytes:
    """The key that the words of a step describe."""
    if match := re.fullmatch(r"the result of step (\d+), (raw|as base64|as hex)", said):
        result = results[int(match[1])]
        forms = {"raw": result, "as base64": base64.b64encode(result)}
        return forms.get(match[2], result.hex().encode())
    name, _, form = said.partition(", decoded from ")
    if name in credentials:
        text = credentials[name]["value"]
        decode = {"base64": base64.b64decode, "hex": bytes.fromhex}
        found: bytes = decode[form](text) if form else text.encode()
        return found
    for variable, credential in credentials.items():
        said = said.replace(f"{{{variable}}}", credential["value"])
    return said.encode()


def test_the_text_shows_every_step_of_kraken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    spec = str(KRAKEN)
    assert cli.run(["explain", "signing", spec, "--operation", "getOpenOrders"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "spot-rest-account-data.getOpenOrders, signed with kraken-spot\n"
    )
    first, second = out[out.index("Step by step") :].split("\n\n")[1:3]
    body = "nonce=1700000000000000000&trades=false"
    digest = hashlib.sha256(b"1700000000000000000" + body.encode())
    assert first.splitlines() == [
        "  1. SHA-256",
        f"     of       1700000000000000000{body}",
        f"     hex      {digest.hexdigest()}",
        "     used     raw in the input of step 2",
    ]
    assert "key      KRAKEN_API_SECRET, decoded from base64\n" in second
    assert "of       /0/private/OpenOrders<result of step 1>\n" in second
    assert second.endswith("used     as base64 in the header API-Sign")
    assert "spot-rest-account-data.getClosedOrders" in out


def test_line_feeds_of_a_canonical_request_are_seen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["explain", "signing", str(AWS)]) == 0
    out = capsys.readouterr().out
    assert "     of       POST\\n\n              /\\n\n              \\n\n" in out
    assert (
        "     of       AWS4-HMAC-SHA256\\n\n              20231114T221320Z\\n\n" in out
    )
    assert "key      AWS4{AWS_SECRET_ACCESS_KEY}\n" in out
    assert "files.listFiles, files.getFile" in out


def test_settings_of_the_user_are_not_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KRAKEN_API_KEY", "a-real-key")
    monkeypatch.setenv("KRAKEN_OTP", "a-real-otp")
    monkeypatch.setenv("SPOT_REST_ACCOUNT_DATA_BASE_URI", "https://real.example")
    shown = told(KRAKEN, capsys=capsys)
    assert "real" not in json.dumps(shown)


def test_files_of_secrets_are_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _ = package("bybit-v5")
    text = (folder / "bybit-v5.yaml").read_text("utf-8")
    bind = "{namespace: vault, location: 'file:///./secrets.env', keys: {KEY: key}}"
    text = text.replace("capability:", f"binds: [{bind}]\ncapability:", 1)
    credentials = '"credentials": {"key": "{{vault.KEY}}"}'
    text = text.replace('"scheme": "bybit-v5"', f'"scheme": "bybit-v5", {credentials}')
    (tmp_path / "secrets.env").write_text("key=a-real-key\n")
    (tmp_path / "spec.yaml").write_text(text)
    shown = told(tmp_path / "spec.yaml", capsys=capsys)
    assert shown["credentials"]["VAULT_KEY"] == {"role": "key", "value": "example-key"}
    assert "a-real-key" not in json.dumps(shown)


def test_what_cannot_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    unsigned = str(GOLDEN / "path-and-query" / "capability.yaml")
    assert cli.run(["explain", "signing", unsigned]) == 1
    assert "has no operation that is signed" in capsys.readouterr().err
    wrong = ["explain", "signing", str(KRAKEN), "--operation", "getOpenOrder"]
    assert cli.run(wrong) == 64
    said = "did you mean getOpenOrders?"
    assert said in " ".join(capsys.readouterr().err.split())
    assert cli.run(["explain", "signing"]) == 64
    capsys.readouterr()
    broken = str(ROOT / "tests" / "errors" / "e322-unknown-part.yaml")
    assert cli.run(["explain", "signing", broken]) == 1
    assert "error[E322]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("spec", "missing", "status", "said"),
    [
        (KRAKEN, ("aiohttp", "multidict", "yarl"), 0, "API-Sign: "),
        (
            GOLDEN / "oauth-signatures" / "capability.yaml",
            ("cryptography",),
            1,
            "pip install cryptography",
        ),
    ],
)
def test_only_the_libraries_of_the_scheme_are_needed(
    spec: Path, missing: tuple[str, ...], status: int, said: str
) -> None:
    script = (
        "import sys; sys.modules.update(dict.fromkeys(sys.argv[2:]));"
        "from naftiko_gen.cli import run; sys.exit(run(['explain', 'signing', sys.argv[1]]))"
    )
    done: subprocess.CompletedProcess[str] = run(
        "-c", script, spec, *missing, cwd=ROOT, search=sys.path
    )
    assert done.returncode == status, done.stderr
    assert said in done.stdout + done.stderr


def test_two_blocks_of_one_preset_sign_each_in_its_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def block(name: str, signing: str) -> str:
        calls = "[{name: things, path: /v1, operations: [{name: call, method: POST}]}]"
        return (
            f"    - {{type: http, namespace: {name}, baseUri: 'https://{name}.example',"
            f" signing: {signing}, resources: {calls}}}\n"
        )

    def route(name: str) -> str:
        call = f"{{method: POST, name: {name}, call: {name}.call}}"
        return f"{{path: /{name}, operations: [{call}]}}"

    spec = tmp_path / "two.yaml"
    names = ("plain", "other", "again")
    spec.write_text(
        "naftiko: 1.0.0-alpha2\n"
        "info: {label: Two, description: Two ways of signing.}\n"
        "capability:\n  consumes:\n"
        + block("plain", "{scheme: hmac-body}")
        + block("other", "{scheme: hmac-body, encode: base64}")
        + block("again", "{scheme: hmac-body}")
        + "  exposes:\n    - {type: rest, namespace: all, port: 8085, resources: ["
        + ", ".join(map(route, names))
        + "]}\n"
    )
    sent = {
        name: told(spec, "--operation", f"{name}.call", capsys=capsys)["sent"][
            "headers"
        ]["X-Hub-Signature-256"]
        for name in names
    }
    key, data = b"example-secret", b""
    digest = hmac.new(key, data, "sha256").digest()
    assert sent["plain"] == sent["again"] == f"sha256={digest.hex()}"
    assert sent["other"] == f"sha256={base64.b64encode(digest).decode()}"
    out = tmp_path / "out"
    assert cli.run(["build", "-q", str(spec), "-o", str(out)]) == 0
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=out / "two")
    assert done.returncode == 0, done.stdout


def test_a_key_is_named_after_the_longest_value_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _ = package("tencent-tc3")
    text = (folder / "tencent-tc3.yaml").read_text()
    bind = "binds: [{namespace: env, keys: {PLACE: PLACE}}]\ncapability:"
    text = text.replace("\ncapability:", f"\n{bind}", 1)
    text = text.replace("https://provider.example", "'https://cvm.{{PLACE}}.example'")
    spec = tmp_path / "cvm.yaml"
    spec.write_text(text)
    shown = told(spec, capsys=capsys)
    first = next(step["key"] for step in shown["steps"] if step["key"])
    assert first == "TC3{TENCENTCLOUD_SECRET_KEY}"
