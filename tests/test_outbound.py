"""Credentials on the wire: digest, client credentials, and values that files hold."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from requests.auth import HTTPDigestAuth
from requests.utils import parse_dict_header

from emitted import built, planned, run, spec_of, write
from hostile import emitted
from naftiko_gen import ir, pipeline
from naftiko_gen.diagnostics import Report
from naftiko_gen.lower import locations
from requests_seen import Emitted, imported

FILES = {
    "secrets/library.yaml": "library-api-key: k-1\npartner: a/b\n",
    "mounted/username": "clerk\n",
    "mounted/password": "p4ss\n",
    "deploy/library.env": "export LIBRARY_REGION=eu\n",
    "more.json": '{"tenant": 7}',
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("bind-files", tmp_path_factory.mktemp("library")) as package:
        yield package


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("digest-credentials", tmp_path_factory.mktemp("printer")) as package:
        yield package


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("client-credentials", tmp_path_factory.mktemp("fleet")) as package:
        yield package


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The files in the working directory, and the environment that goes with them."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return {
        "LIBRARY_AGENT": "desk 1",
        "MOUNTED_LOCATION": f"{tmp_path}/mounted",
        "ARCHIVE_BASE_URI": "http://127.0.0.1:9",
    }


# Binds


def test_values_of_files_are_used_wherever_a_text_is_made(
    library: Emitted, mounted: dict[str, str]
) -> None:
    (seen,) = library.route("desk", "GET", "/books", mounted).seen
    assert seen.target == "/partners/a%2Fb/books?tenant=t-7"
    assert (seen.headers["X-Key"], seen.headers["X-Agent"]) == ("k-1", "desk 1")
    title = {"title": 'The "Sea"'}
    (seen,) = library.route("desk", "POST", "/books", mounted, json=title).seen
    assert json.loads(seen.body) == {"title": 'The "Sea"', "by": "7"}
    settings = library.load(mounted)
    assert settings.library.base_uri == "https://eu.library.example/v1"
    assert settings.mounted_password.reveal() == "p4ss"


def test_a_variable_replaces_a_value_of_a_file(
    library: Emitted, mounted: dict[str, str]
) -> None:
    told = {**mounted, "VAULT_API_KEY": "k-2", "LOCAL_REGION": "us"}
    assert library.load(told).vault_api_key.reveal() == "k-2"
    assert library.load(told).library.base_uri == "https://us.library.example/v1"


def test_everything_that_is_missing_is_named_when_the_package_starts(
    library: Emitted, mounted: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "secrets" / "library.yaml").write_text("partner: [s3cret]\n", "utf-8")
    (tmp_path / "mounted" / "password").unlink()
    (tmp_path / "more.json").write_text("s3cret", "utf-8")
    with pytest.raises(Exception, match="cannot|not|missing") as caught:
        library.load({"MOUNTED_LOCATION": mounted["MOUNTED_LOCATION"]})
    problems = getattr(caught.value, "problems", ())
    assert [problem.replace(f"{tmp_path}/", "") for problem in problems] == [
        "secrets/library.yaml: the key library-api-key is missing"
        " (VAULT_API_KEY can replace it)",
        "mounted: the key password is missing (MOUNTED_PASSWORD can replace it)",
        "LIBRARY_AGENT is not set",
        "more.json: is not valid JSON at line 1 (MORE_LOCATION says where it is)",
        "secrets/library.yaml: the key partner holds a list or an object, not a text"
        " (VAULT_PARTNER can replace it)",
    ]


def test_the_program_ends_with_the_status_of_missing_settings(tmp_path: Path) -> None:
    package = built("bind-files")
    write(tmp_path, package.files)
    for name in ("secrets/library.yaml", "deploy/library.env"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    done = run("-m", package.capability.package, "serve", cwd=tmp_path)
    assert done.returncode == 1
    assert "cannot start, because" in done.stderr
    assert "/etc/library: does not exist (MOUNTED_LOCATION says" in done.stderr
    assert "more.json: does not exist (MORE_LOCATION says where it is)" in done.stderr
    assert "k-1" not in done.stderr


def test_no_file_of_secrets_is_opened_or_shipped_by_a_build(tmp_path: Path) -> None:
    spec = tmp_path / "capability.yaml"
    spec.write_bytes(spec_of("bind-files").read_bytes())
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "library.yaml").write_text("not: [yaml", "utf-8")
    items = planned(spec, "bind-files")
    assert not [item.path for item in items if "secrets" in item.path]
    files = built("bind-files").files
    assert b'"secrets/library.yaml"' in files["pyproject.toml"]
    assert b"secrets/library.yaml\n" in files[".dockerignore"]
    assert b"pyyaml" in files["pyproject.toml"]
    assert b"pyyaml" not in built("digest-credentials").files["pyproject.toml"]


# Digest


class Fixed(str):
    """A text that stays whole when a client nonce is cut out of it."""

    def hexdigest(self) -> Fixed:
        return self

    def __getitem__(self, key: object) -> Fixed:
        return self


def expected_by_requests(method: str, url: str, sent: Mapping[str, str]) -> str:
    """What requests would answer; its own client nonce is replaced by the one sent."""
    auth: Any = HTTPDigestAuth("clerk", "p4ss")
    auth.init_per_thread_state()
    auth._thread_local.chal = {
        "realm": sent["realm"],
        "nonce": sent["nonce"],
        "qop": "auth",
        "algorithm": "SHA-256",
    }
    auth._thread_local.last_nonce = sent["nonce"]
    auth._thread_local.nonce_count = int(sent["nc"], 16) - 1
    with pytest.MonkeyPatch.context() as patch:
        fixed = Fixed(sent["cnonce"])
        patch.setattr("requests.auth.hashlib.sha1", lambda *data, **options: fixed)
        header = auth.build_digest_header(method, url)
    theirs = parse_dict_header(header.partition(" ")[2])
    assert theirs["cnonce"] == sent["cnonce"]
    return str(theirs["response"])


def test_a_digest_reaches_a_server_that_judges_with_requests(printer: Emitted) -> None:
    judged: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        header = request.headers.get("Authorization", "")
        if not header:
            words = 'Digest realm="r", nonce="n1", qop="auth", algorithm=SHA-256'
            return web.Response(status=401, headers={"WWW-Authenticate": words})
        pairs = parse_dict_header(header.partition(" ")[2])
        sent = {name: value or "" for name, value in pairs.items()}
        url = f"http://127.0.0.1{request.raw_path}"
        good = sent["response"] == expected_by_requests(request.method, url, sent)
        judged.append(f"{request.method} {request.raw_path} {sent['nc']} {good}")
        return web.json_response({"good": good}, status=200 if good else 403)

    async def check() -> None:
        server = TestServer(web.Application(), host="127.0.0.1")
        server.app.router.add_route("*", "/{path:.*}", answer)
        async with server:
            address = str(server.make_url("")).rstrip("/")
            values = {"PRINTER_PASSWORD": "p4ss", "PRINTER_BASE_URI": address}
            context = printer.parts.connect(printer.parts.load_settings(values))
            for name, arguments in (
                ("list-jobs", {"state": "a b"}),
                ("add-job", {"title": "x"}),
            ):
                reply = await printer.parts.commands[name](arguments, context)
                assert reply.status == 200
            await printer.parts.close(context)

    asyncio.run(check())
    assert judged == [
        "GET /jobs?state=a%20b 00000001 True",
        "POST /jobs 00000002 True",
    ]


@pytest.mark.parametrize("good", [True, False])
def test_the_sandbox_takes_one_password_only(printer: Emitted, good: bool) -> None:
    async def check() -> tuple[int, list[str | None]]:
        options = _options(printer)
        async with printer.parts.sandbox(options) as sandbox:
            values = {**sandbox.environment}
            if not good:
                values["PRINTER_PASSWORD"] = "wr0ng"
            context = printer.parts.connect(printer.parts.load_settings(values))
            reply = await printer.parts.commands["add-job"]({"title": "x"}, context)
            await printer.parts.close(context)
            return reply.status, [record.error for record in sandbox.records]

    wrong = (401, ["credentials are wrong"])
    assert asyncio.run(check()) == ((200, [None]) if good else wrong)


def _options(package: Emitted) -> Any:
    module = package.parts.sandbox.__module__.rpartition(".")[0]
    return __import__(f"{module}.sandbox", fromlist=["x"]).SandboxOptions()


# Client credentials


@dataclass
class Authority:
    """A token endpoint, and an API that knows the tokens."""

    forms: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/token/":
            self.forms.append((await request.read()).decode())
            document = {"access_token": f"t{len(self.forms)}", "token_type": "Bearer"}
            return web.json_response(document)
        self.calls.append(f"{request.path} {request.headers['Authorization']}")
        return web.json_response({"good": True})


def test_client_credentials_become_a_token(fleet: Emitted, tmp_path: Path) -> None:
    (tmp_path / "client-secret").write_text("s3cret\n", encoding="utf-8")
    authority = Authority()

    async def check() -> None:
        server = TestServer(web.Application(), host="127.0.0.1")
        server.app.router.add_route("*", "/{path:.*}", authority.answer)
        async with server:
            address = str(server.make_url("")).rstrip("/")
            values = {
                "FLEET_BASE_URI": f"{address}/fleet",
                "CREW_BASE_URI": f"{address}/crew",
                "FLEET_TOKEN_ENDPOINT": f"{address}/token/",
                "CREW_TOKEN_ENDPOINT": f"{address}/token/",
                "FLEET_CLIENT_AUTH": "post",
                "FLEET_APP": "app",
                "MOUNTED_LOCATION": str(tmp_path),
                "CREW_CLIENT_ID": "crew",
                "CREW_CLIENT_SECRET": "s",
            }
            context = fleet.parts.connect(fleet.parts.load_settings(values))
            for name in ("list-ships", "list-ships", "list-people"):
                assert (await fleet.parts.commands[name]({}, context)).status == 200
            await fleet.parts.close(context)

    asyncio.run(check())
    assert authority.calls == [
        "/fleet/ships Bearer t1",
        "/fleet/ships Bearer t1",
        "/crew/people Bearer t2",
    ]
    assert authority.forms == [
        "grant_type=client_credentials&scope=ships%3Aread+ships%3Awrite"
        "&resource=https%3A%2F%2Ffleet.example&audience=fleet"
        "&client_id=app&client_secret=s3cret",
        "grant_type=client_credentials&resource=https%3A%2F%2Fcrew.example",
    ]


def test_the_endpoint_of_the_capability_is_kept_as_it_is_written(
    fleet: Emitted, tmp_path: Path
) -> None:
    (tmp_path / "client-secret").write_text("s\n", encoding="utf-8")
    values = {
        "MOUNTED_LOCATION": str(tmp_path),
        "FLEET_TENANT": "acme",
        **dict.fromkeys(("FLEET_APP", "CREW_CLIENT_ID", "CREW_CLIENT_SECRET"), "x"),
    }
    settings = fleet.load(values)
    assert settings.crew_grant.endpoint == "https://login.example/o/token/"
    assert settings.fleet_grant.issuer == "https://login.example/acme"
    with pytest.raises(Exception, match="FLEET_TENANT is not set"):
        fleet.load({**values, "FLEET_TENANT": ""})


@pytest.mark.parametrize("good", [True, False])
def test_the_sandbox_issues_tokens_to_one_client_only(
    fleet: Emitted, good: bool
) -> None:
    async def check() -> object:
        async with fleet.parts.sandbox(_options(fleet)) as sandbox:
            values = {**sandbox.environment}
            if not good:
                values["CREW_CLIENT_SECRET"] = "wr0ng"
            context = fleet.parts.connect(fleet.parts.load_settings(values))
            try:
                call = fleet.parts.commands["list-people"]
                return (await call({}, context)).status
            except Exception as error:
                return getattr(error, "code", error), str(error)
            finally:
                await fleet.parts.close(context)

    told = "no access token: the token endpoint answered with invalid_client"
    assert asyncio.run(check()) == (200 if good else ("token_refused", told))


def test_no_secret_of_the_sandbox_is_written_into_a_package() -> None:
    for case in ("bind-files", "digest-credentials", "client-credentials"):
        package = built(case)
        made = package.files[f"{package.capability.package}/sandbox_setup.py"]
        assert re.search(rb"= throwaway_token\(\)", made)


# Texts of several parts


def lowered(tmp_path: Path, authentication: str, inputs: str = "[]") -> tuple[Any, Any]:
    spec = tmp_path / "spec.yaml"
    spec.write_text(
        f"""
naftiko: 1.0.0-alpha2
info: {{label: L, description: D}}
binds:
  - {{namespace: env, keys: {{KEY: UP_KEY}}}}
capability:
  consumes:
    - type: http
      namespace: up
      baseUri: https://up.example
      authentication: {authentication}
      inputParameters: {inputs}
      resources:
        - {{name: a, path: /a, operations: [{{name: getA, method: GET}}]}}
  exposes:
    - type: rest
      namespace: api
      port: 8080
      resources:
        - {{path: /a, operations: [{{method: GET, name: getA, call: up.getA}}]}}
""",
        encoding="utf-8",
    )
    report = Report()
    job = pipeline.Job(str(spec), "up")
    return pipeline.check(job, report, pipeline.Stages()), report


def shown(text: ir.Text) -> list[str]:
    return [
        f"<{part.variable}>" if isinstance(part, ir.Credential) else str(part)
        for part in text.parts
    ]


@pytest.mark.parametrize(
    ("authentication", "kind", "texts"),
    [
        ("{type: bearer, token: 'v1.{{ KEY }}'}", "bearer", [["v1.", "<UP_KEY>"]]),
        ("{type: basic, username: '{{KEY}}'}", "basic", [["<UP_KEY>"], []]),
        (
            "{type: basic, username: me, password: '{{env.KEY}}'}",
            "basic",
            [["me"], ["<UP_KEY>"]],
        ),
        (
            "{type: digest, username: '{{WHO}}@x', password: '{{KEY}}'}",
            "digest",
            [["<WHO>", "@x"], ["<UP_KEY>"]],
        ),
        (
            "{type: apikey, key: X-Key, value: 'a{{KEY}}b'}",
            "apikey-header",
            [["a", "<UP_KEY>", "b"]],
        ),
    ],
)
def test_credentials_are_texts_of_what_comes_from_outside(
    authentication: str, kind: str, texts: list[list[str]], tmp_path: Path
) -> None:
    inputs = "[{name: WHO, in: environment, required: false}]"
    checked, _ = lowered(tmp_path, authentication, inputs)
    found = checked.capability.upstreams[0].authentication
    assert found.kind == kind
    assert [shown(text) for text in found.texts] == texts
    assert all(credential.required for credential in found.credentials)


@pytest.mark.parametrize(
    ("authentication", "code"),
    [
        ("{type: bearer, token: s3cret}", "E214"),
        ("{type: bearer, token: ''}", "E214"),
        ("{type: bearer}", "E214"),
        ("{type: basic, username: me, password: s3cret}", "E214"),
        ("{type: basic, username: me}", "E214"),
        ("{type: digest, username: me, password: s3cret}", "E214"),
        ("{type: basic, username: 'a:b', password: '{{KEY}}'}", "E218"),
        ("{type: bearer, token: 'é{{KEY}}'}", "E218"),
        ("{type: bearer, token: '{{KEYS}}'}", "E204"),
        ("{type: bearer, token: '{{env.KEYS}}'}", "E204"),
        ("{type: bearer, token: '{{caller}}'}", "E204"),
        ("{type: bearer, token: '{{#KEY}}x{{/KEY}}'}", "E301"),
        ("{type: apikey, value: '{{KEY}}'}", "E239"),
        ("{type: apikey, key: 'X Key', value: '{{KEY}}'}", "E218"),
    ],
)
def test_credentials_that_are_refused(
    authentication: str, code: str, tmp_path: Path
) -> None:
    checked, report = lowered(tmp_path, authentication)
    assert checked is None
    assert [error.code for error in report.errors] == [code]
    assert "s3cret" not in " ".join(error.message for error in report.errors)


@pytest.mark.parametrize("secret", ["4711123", "x-${KEY}-4711123", "4711123$KEY"])
def test_no_note_repeats_a_credential(secret: str, tmp_path: Path) -> None:
    _, report = lowered(
        tmp_path, f"{{type: basic, username: me, password: {secret!r}}}"
    )
    assert report.diagnostics
    assert "4711123" not in " ".join(d.message for d in report.diagnostics)


def test_an_api_key_is_no_parameter_wherever_it_could_be_sent(tmp_path: Path) -> None:
    checked, report = lowered(
        tmp_path,
        "{type: apikey, key: AccessKey, value: '{{KEY}}'}",
        "[{name: accessKey, in: query}, {name: AccessKey, in: cookie}]",
    )
    assert [found.code for found in report.diagnostics] == ["W112", "W112"]
    (operation,) = checked.capability.operations
    assert operation.parameters == ()


def test_a_parameter_in_the_place_of_the_credential_is_left_out(tmp_path: Path) -> None:
    checked, report = lowered(
        tmp_path,
        "{type: bearer, token: '{{KEY}}'}",
        "[{name: authorization, in: header}, {name: Authorization, in: query}]",
    )
    assert [found.code for found in report.diagnostics] == ["W112"]
    (operation,) = checked.capability.operations
    assert [(p.name, p.location) for p in operation.parameters] == [
        ("Authorization", "query")
    ]


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("file:///./a/b.yaml", "a/b.yaml"),
        ("file://./a.yaml", "a.yaml"),
        ("file://a/b.json", "a/b.json"),
        ("file:///../a.env", "../a.env"),
        ("file://localhost/etc/a.yaml", "/etc/a.yaml"),
        ("FILE:///etc/a%2Eyaml", "/etc/a.yaml"),
        ("file:///etc/app/", "/etc/app/"),
    ],
)
def test_locations(location: str, path: str) -> None:
    assert locations._path(location) == path


# Bodies and templates


def called(tmp_path: Path, operation: str) -> tuple[ir.Operation, Report]:
    checked, report = lowered(tmp_path, "{type: bearer, token: '{{KEY}}'}")
    spec = tmp_path / "spec.yaml"
    text = spec.read_text("utf-8").replace(
        "{name: getA, method: GET}", f"{{name: getA, method: POST, {operation}}}"
    )
    spec.write_text(text.replace("method: GET, name", "method: POST, name"), "utf-8")
    report = Report()
    checked = pipeline.check(pipeline.Job(str(spec), "up"), report, pipeline.Stages())
    assert checked is not None, report.errors
    (found,) = checked.capability.operations
    return found, report


def test_a_body_parameter_with_a_value_is_the_body(tmp_path: Path) -> None:
    inputs = "inputParameters: [{name: body, in: body, value: '{\"a\": {{x}}}'}]"
    operation, _ = called(tmp_path, inputs)
    assert operation.payload is not None
    assert (operation.payload.kind, operation.payload.media_type) == (
        "text",
        "application/json",
    )
    assert operation.payload.escapes == ("", "json_written", "")
    assert [(p.name, p.location) for p in operation.inputs] == [("x", "variable")]


def test_the_media_type_of_a_form_is_written_with_the_form(tmp_path: Path) -> None:
    operation, _ = called(
        tmp_path,
        "inputParameters: [{name: Content-Type, in: header, value: multipart/form-data},"
        " {name: X, in: header, value: a}],"
        " body: {type: multipartForm, data: [{name: f, value: '{{f}}'}]}",
    )
    assert operation.payload is not None
    assert operation.payload.kind == "multipart"
    sent = [p.name for p in operation.parameters if p.location == "header"]
    assert sent == ["X"]


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ("a{{{q}}}b", ["a", "<q>", "b"]),
        ("{{& q }}", ["<q>"]),
        ("a{{! nothing at all }}b{{q}}", ["ab", "<q>"]),
    ],
)
def test_templates_of_every_plain_spelling(
    template: str, texts: list[str], tmp_path: Path
) -> None:
    operation, _ = called(
        tmp_path, f"inputParameters: [{{name: t, in: query, value: '{template}'}}]"
    )
    (found,) = [p.template for p in operation.parameters if p.name == "t"]
    assert found is not None
    assert [
        part if isinstance(part, str) else f"<{getattr(part, 'name', '')}>"
        for part in found.parts
    ] == texts


def test_an_address_of_the_example_is_one_word_of_a_shell(tmp_path: Path) -> None:
    address = "https://ships.example/~v,(1);*&$x"
    text = spec_of("templates").read_text("utf-8")
    spec = tmp_path / "spec.yaml"
    spec.write_text(text.replace("https://ships.example/v1", address), "utf-8")
    files, report = emitted(spec)
    assert files is not None, report.errors
    [line] = [
        line
        for line in files[".env.example"].decode().splitlines()
        if "SHIPS_BASE_URI=" in line
    ]
    assert shlex.split(line.removeprefix("# ")) == [f"SHIPS_BASE_URI={address}"]
