"""All signing schemes in one package: short, typed, formatted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from emitted import MYPY, passed, run, write
from naftiko_gen import pipeline, presets
from naftiko_gen.diagnostics import Report
from naftiko_gen.names import identifier
from naftiko_gen.signing_modules import MODULES

OPTIONS: dict[str, dict[str, Any]] = {
    "aws-sigv4": {"region": "us-east-1", "service": "sqs"},
    "azure-sharedkey": {"service": "blob"},
    "kraken-spot": {
        "credentials": {"key": "SPOT_KEY", "secret": "SPOT_SECRET", "otp": "SPOT_OTP"},
        "optional": ["otp"],
    },
    "rfc9421": {"algorithm": "ed25519", "components": ["@method", "@path"]},
    "tencent-tc3": {"service": "cvm"},
    "volcengine-v4": {"region": "cn-north-1", "service": "iam"},
}


#: What a block may name; a module may have another one for some of its algorithms.
SCHEMES = sorted({*presets.names(), *(name for name in MODULES if "+" not in name)})


def block(scheme: str) -> dict[str, Any]:
    """A consumed API that is signed with ``scheme``, with a read and a write."""
    body = {"type": "json", "data": {"name": "{{name}}"}}
    operations = [
        {"name": "list", "method": "GET", "inputParameters": [PAGE]},
        {"name": "add", "method": "POST", "body": body},
    ]
    if scheme == "kraken-spot":
        operations = [{"name": "add", "method": "POST"}]
    return {
        "type": "http",
        "namespace": scheme,
        "baseUri": f"https://{scheme}.example",
        "signing": {"scheme": scheme, **OPTIONS.get(scheme, {})},
        "resources": [{"name": "things", "path": "/v1", "operations": operations}],
    }


PAGE = {"name": "page", "in": "query"}
NAME = {"name": "name", "in": "body", "type": "string", "description": "A name."}


def route(consumed: dict[str, Any]) -> dict[str, Any]:
    operations = []
    for operation in consumed["resources"][0]["operations"]:
        call = f"{consumed['namespace']}.{operation['name']}"
        one = {"method": operation["method"], "name": operation["name"], "call": call}
        if "body" in operation:
            one["inputParameters"] = [NAME]
        operations.append(one)
    return {"path": f"/{consumed['namespace']}", "operations": operations}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("every-scheme")
    blocks = [block(scheme) for scheme in SCHEMES]
    rest = {"type": "rest", "namespace": "all", "port": 8080}
    rest["resources"] = [route(one) for one in blocks]
    document = {
        "naftiko": "1.0.0-alpha2",
        "info": {"label": "All schemes", "description": "One API for each scheme."},
        "capability": {"consumes": blocks, "exposes": [rest]},
    }
    (folder / "every-scheme.yaml").write_text(yaml.safe_dump(document))
    report = Report()
    job = pipeline.Job(str(folder / "every-scheme.yaml"), "every-scheme")
    built = pipeline.build(job, report, pipeline.Stages())
    assert built is not None, [d.message for d in report.errors]
    write(folder, built.files)
    return folder


@pytest.mark.parametrize("scheme", presets.names())
def test_a_compiled_signer_is_read_at_a_glance(project: Path, scheme: str) -> None:
    [module] = project.glob(f"*/signing_{identifier(scheme)}.py")
    assert len(module.read_text("utf-8").splitlines()) < 80


def test_mypy_ruff_and_black_find_nothing(project: Path) -> None:
    passed(run("-m", "black", "--check", "--quiet", ".", cwd=project))
    passed(run("-m", "ruff", "check", "--isolated", "--no-cache", ".", cwd=project))
    passed(
        run(
            *(*MYPY, "every_scheme_capability", "tests"),
            cwd=project,
            environment={"MYPYPATH": "tests"},
        )
    )


#: Signatures that are different each time, or that depend on what a block covers.
OWN = {"app-store-connect", "app-store-server", "rfc9421"}


def test_its_signers_reproduce_what_others_signed(project: Path) -> None:
    done = run("-m", "pytest", "-q", "tests/test_signing.py", cwd=project)
    passed(done)
    text = (project / "tests" / "signing_vectors.json").read_text("utf-8")
    vectors = json.loads(text)["vectors"]
    assert f"{len(vectors)} passed" in done.stdout
    proven = {vector["module"] for vector in vectors}
    schemes = set(SCHEMES) - OWN
    assert proven == {f"signing_{identifier(scheme)}" for scheme in schemes}
    assert all(vector["source"] for vector in vectors)
