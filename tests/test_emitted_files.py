"""Every file that a package brings, before a validator of its format: none is left out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from typing import Any

import fastavro
import jsonschema
import kubernetes_validate  # type: ignore[import-untyped]
import mcp.types
import pytest
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel
from ruamel.yaml import YAML
from validate_pyproject import api as pyproject

from emitted import ROOT, spec_of
from naftiko_gen import lock, pipeline, results
from naftiko_gen.diagnostics import Report, render_text
from naftiko_gen.options import Options, choices, chosen
from naftiko_gen.schema import schema_text
from naftiko_gen.versions import schema_of

#: Signed calls, files of binds, a control adapter, everything that can be exposed, and overlays.
CASES = ("kraken", "bind-files", "management", "every-construct", "overlaid")
_ENDINGS = ("Dockerfile", ".yaml", ".yml", ".toml", ".json", ".avsc", lock.NAME)
_OWN = json.loads((ROOT / "tests/schema/files-of-packages.json").read_text())
_VENDORED = files("check_jsonschema.builtin_schemas.vendor")


def everything() -> Options:
    """All that adds something to a package."""
    less = {"skip_invalid", "read_only"}
    on = {c.field: True for c in choices() if c.kind is bool and c.field not in less}
    more = {"extras": ("all",), "server_name": "io.github.harbour/tides"}
    return chosen(on, more)


def package(case: str, folder: Path) -> Mapping[str, bytes]:
    """The files of a package that is built with all that can be added."""
    spec = spec_of(case)
    if case == "every-construct":
        spec = ROOT / "tests/every_construct/capability.yaml"
    if case == "overlaid":
        spec = folder / "tides.yaml"
        shutil.copy(spec_of("shipped"), spec)
        spec.with_name("tides.overlay.yaml").write_text(
            "overlay: 1.0.0\ninfo: {title: More, version: '1'}\nactions:\n"
            "  - {target: $.info, update: {description: Tides and more.}}\n"
        )
    report = Report()
    job = pipeline.Job(str(spec), case, options=everything())
    found = pipeline.build(job, report, pipeline.Stages())
    assert found is not None, render_text(report, report.texts)
    return {**found.files, lock.NAME: found.lock.encode()}


Check = Callable[[bytes], None]


def against(schema: Any) -> Check:
    """A check of JSON or YAML with a JSON Schema."""
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)

    def check(content: bytes) -> None:
        kind(schema, format_checker=kind.FORMAT_CHECKER).validate(loaded(content))

    return check


def own(name: str) -> Check:
    return against({**_OWN, "$ref": f"#/$defs/{name}"})


def vendored(name: str) -> Check:
    return against(json.loads((_VENDORED / f"{name}.json").read_text("utf-8")))


def loaded(content: bytes) -> Any:
    found = yaml.safe_load(content)
    if isinstance(found, dict) and True in found:
        found["on"] = found.pop(True)  # That key is a truth value to YAML 1.1.
    return found


def listed(*models: type[BaseModel]) -> Check:
    """A check of results with the official SDK's models, which allow nothing else."""

    def check(content: bytes) -> None:
        document = json.loads(content)
        assert document
        known = {key for model in models for key in closed(model)["properties"]}
        assert document.keys() <= known
        for model in models:
            schema = closed(model)
            part = {k: v for k, v in document.items() if k in schema["properties"]}
            jsonschema.Draft202012Validator(schema).validate(part)
            model.model_validate(part)
        for tool in document.get("tools", ()):
            for key in ("inputSchema", "outputSchema"):
                jsonschema.Draft202012Validator.check_schema(tool.get(key, {}))

    return check


def closed(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True)
    for part in (schema, *schema["$defs"].values()):
        part.setdefault("additionalProperties", False)
    return schema


def contract(content: bytes) -> None:
    OpenAPIV31SpecValidator(json.loads(content)).validate()


def project(content: bytes) -> None:
    pyproject.Validator()(tomllib.loads(content.decode()))


def bill(content: bytes) -> None:
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(content.decode())
    assert problem is None, problem


def resource(content: bytes) -> None:
    kubernetes_validate.validate(yaml.safe_load(content), "1.31", strict=True)


def capability(content: bytes) -> None:
    # Capabilities are YAML 1.2.
    document = YAML(typ="safe", pure=True).load(content)
    version = schema_of(document.get("naftiko") or document.get("ikanos"))
    against(json.loads(schema_text(version)))(json.dumps(document).encode())


def toml(check: Check) -> Check:
    return lambda c: check(json.dumps(tomllib.loads(c.decode())).encode())


def avro(content: bytes) -> None:
    fastavro.parse_schema(json.loads(content))


def image(content: bytes) -> None:
    """What hadolint says of a Dockerfile: no remark of any weight."""
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run(
        [hadolint, "--failure-threshold", "style", "-"],
        input=content,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout.decode()


RULES: Mapping[str, Check] = {
    lock.NAME: against(results.read("lock")),
    "Dockerfile": image,
    "pyproject.toml": project,
    "capability.yaml": capability,
    "imported/*.yaml": capability,
    "overlays/*.yaml": own("overlay"),
    "openapi*.json": contract,
    "tools*.json": listed(mcp.types.ListToolsResult),
    "prompts*.json": listed(mcp.types.ListPromptsResult),
    "resources*.json": listed(
        mcp.types.ListResourcesResult, mcp.types.ListResourceTemplatesResult
    ),
    "*/sandbox_samples.json": own("samples"),
    "tests/signing_vectors.json": own("vectors"),
    "compose.yaml": vendored("compose-spec"),
    ".github/workflows/*.yml": vendored("github-workflows"),
    "kubernetes/*.yaml": resource,
    "sbom.cdx.json": bill,
    "server.json": against(
        json.loads((ROOT / "tests/schema/server-json.json").read_text())
    ),
    "clients/vscode.json": own("vscode"),
    "clients/codex.toml": toml(own("codex")),
    "clients/*.json": own("mcpServers"),
    "*/schemas/*.avsc": avro,
}


def rule_of(path: str) -> str | None:
    return next((name for name in RULES if fnmatchcase(path, name)), None)


def test_every_structured_file_is_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALIDATE_PYPROJECT_NO_NETWORK", "1")
    used: set[str] = set()
    for case in CASES:
        found = package(case, tmp_path)
        for path in (path for path in found if path.endswith(_ENDINGS)):
            rule = rule_of(path)
            assert rule is not None, f"{case}: no schema is known of {path}"
            used.add(rule)
            try:
                RULES[rule](found[path])
            except Exception as problem:
                raise AssertionError(f"{case}, {path}: {problem}") from problem
    assert used == RULES.keys()


@pytest.mark.parametrize("path", ["more.yaml", "tests/data.json", "a/b/c.toml"])
def test_a_file_of_another_kind_would_be_noticed(path: str) -> None:
    assert path.endswith(_ENDINGS) and rule_of(path) is None


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (lock.NAME, b'{"lock": 1}'),
        ("pyproject.toml", b"[project]\nname = 'a b'\nversion = '1'\n"),
        ("capability.yaml", b"naftiko: 1.0.0-alpha2\ncolour: red\n"),
        ("overlays/a.overlay.yaml", b"overlay: 1.0.0\nactions: []\n"),
        ("openapi.json", b'{"openapi": "3.1.0", "info": {"title": "x"}}'),
        ("tools.json", b'{"tools": [{"name": "x", "inputs": {}}]}'),
        ("a/sandbox_samples.json", b'[{"method": "GET"}]'),
        ("Dockerfile", b"FROM python\nRUN cd /tmp\n"),
        ("compose.yaml", b"services: {a: {images: x}}"),
        (".github/workflows/publish.yml", b"on: push\n"),
        ("kubernetes/service.yaml", b"apiVersion: v1\nkind: Service\nspecs: {}\n"),
        ("sbom.cdx.json", b'{"bomFormat": "x"}'),
        ("server.json", b"{}"),
        ("clients/codex.toml", b"[mcp_server.a]\n"),
    ],
)
def test_a_wrong_file_would_be_noticed(path: str, content: bytes) -> None:
    rule = rule_of(path)
    assert rule is not None
    with pytest.raises(Exception, match=".+"):
        RULES[rule](content)
