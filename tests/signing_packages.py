"""Packages whose one upstream is signed with a preset, built and imported."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from emitted import ROOT, write
from naftiko_gen import pipeline, presets
from naftiko_gen.diagnostics import Report, render_text

VECTORS: list[dict[str, Any]] = json.loads(
    (ROOT / "tests" / "signing" / "vectors.json").read_text("utf-8")
)
#: Kraken Spot is a static module with tests of its own.
PRESETS = presets.names()
COMPILED = [vector for vector in VECTORS if vector["scheme"] in PRESETS]
#: Schemes that are modules, with what their block has to say besides.
BUILT_IN: dict[str, dict[str, Any]] = {
    "aws-sigv4": {"region": "us-east-1", "service": "service"},
    "aws-sigv4-s3": {"scheme": "aws-sigv4", "region": "us-east-1", "service": "s3"},
    "oauth1": {},
    "mastercard-oauth1": {"scheme": "mastercard"},
    "tencent-tc3": {"service": "cvm", "version": "2017-03-12"},
    "volcengine-v4": {"region": "cn-north-1", "service": "iam"},
    "alibaba-acs3": {"version": "2014-05-26"},
    "huawei-sdk-hmac-sha256": {},
    "azure-sharedkey": {"service": "blob"},
    "azure-sharedkey-table": {"scheme": "azure-sharedkey", "service": "table"},
}
#: What HTTP Message Signatures cover in the packages of the tests.
COVERED = ["@method", "@authority", "@path", "@query", "content-type", "content-digest"]
#: More blocks of modules; their vectors are in tests of their own.
VARIANTS: dict[str, dict[str, Any]] = {
    "oauth1-rsa-sha1": {"scheme": "oauth1", "signatureMethod": "RSA-SHA1"},
    "oauth1-rsa-sha256": {
        "scheme": "oauth1",
        "signatureMethod": "RSA-SHA256",
        "bodyHash": "sha256",
    },
} | {
    f"rfc9421-{algorithm}": {
        "scheme": "rfc9421",
        "algorithm": algorithm,
        "components": COVERED,
        "expires": 60,
        "nonce": {"kind": "random-hex"},
        "tag": "app",
    }
    for algorithm in (
        *("hmac-sha256", "ed25519", "ecdsa-p256-sha256"),
        *("rsa-pss-sha512", "rsa-v1_5-sha256"),
    )
}
#: Schemes that are written in the spec itself.
OWN: dict[str, dict[str, Any]] = {
    f"own-{algorithm}": {
        "credentials": {"key": "OWN_KEY", "secret": "OWN_SECRET"},
        "secret": {"decode": "none" if algorithm.startswith("hmac") else "pem"},
        "nonce": {"kind": "uuid4"},
        "vars": {"digest": {"base64url": {"sha256": "body"}}},
        "jwt": {
            "header": {"kid": "{key}"},
            "claims": {
                "iss": "{key}",
                "aud": ["one", "{host}"],
                "iat": "{now-5}",
                "exp": "{now+60}",
                "jti": "{nonce}",
                "target": "{method} {pathQuery}",
                "digest": "{digest}",
                "level": 3,
                "live": True,
            },
        },
        "algorithm": algorithm,
        "output": [{"in": "header", "name": "X-Token", "value": "{token}"}],
    }
    for algorithm in ("hmac-sha256", "hmac-sha512", "rsa-sha256", "ed25519", "auto")
}
#: Schemes that sign with a token (JWT), and the form of their secret.
TOKENS = {
    name: model.get("secret", {}).get("decode", "none")
    for name, model in (OWN | {name: presets.load(name) for name in PRESETS}).items()
    if "jwt" in model
}
STATIC = [
    vector
    for vector in VECTORS
    if vector["scheme"] in BUILT_IN
    and not str(vector.get("signature_method", "")).startswith("RSA")
]

_SPEC = """
naftiko: 1.0.0-alpha2
info: {{label: Signed calls, description: Calls that are signed.}}
capability:
  consumes:
    - type: http
      namespace: provider
      baseUri: https://provider.example
      signing: {signing}
      resources:
        - name: things
          path: /v1/things
          operations:
            - {{name: listThings, method: GET, inputParameters: [{{name: page, in: query}}]}}
            - name: addThing
              method: POST
              body: {{type: json, data: {{name: "{{{{name}}}}"}}}}
  exposes:
    - type: rest
      namespace: things
      port: 8085
      resources:
        - path: /things
          operations:
            - {{method: GET, name: listThings, call: provider.listThings}}
            - method: POST
              name: addThing
              call: provider.addThing
              inputParameters: [{{name: name, in: body, type: string, description: A name}}]
"""


@cache
def package(scheme: str, *, injects: bool = True) -> tuple[Path, str]:
    """The folder of the package's project, and its name."""
    own = {**BUILT_IN, **VARIANTS}.get(scheme, {})
    signing = OWN.get(scheme, {"scheme": scheme, **own})
    if not injects:
        signing = {**signing, "inject": []}
    name = scheme if injects else f"{scheme}-bare"
    folder = Path(mkdtemp(prefix="signed-"))
    spec = folder / f"{name}.yaml"
    spec.write_text(_SPEC.format(signing=json.dumps(signing)), "utf-8")
    report = Report()
    built = pipeline.build(pipeline.Job(str(spec), name), report, pipeline.Stages())
    assert built is not None, render_text(report, report.texts)
    write(folder, built.files)
    return folder, built.capability.package


def module(scheme: str, name: str, *, injects: bool = True) -> ModuleType:
    """A module of the package."""
    folder, package_name = package(scheme, injects=injects)
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    return importlib.import_module(f"{package_name}.{name}")


def signer(
    scheme: str,
    credentials: dict[str, str],
    *,
    base_uri: str = "https://provider.example",
    now: int = 0,
    clock: Callable[[], int] | None = None,
    injects: bool = True,
    options: dict[str, Any] | None = None,
) -> Any:
    """The signer of the package of ``scheme``; ``now``, or what ``clock`` gives, in nanoseconds."""
    signing = module(scheme, "signing", injects=injects)
    [made] = [
        found
        for name, found in vars(signing).items()
        if name.endswith("Signer") and found.__module__ == signing.__name__
    ]
    secret = module(scheme, "environment", injects=injects).Secret
    names = made.__init__.__annotations__
    values = {key: secret(text) for key, text in credentials.items() if key in names}
    values |= options or {}
    if "signing_key_pem" in credentials:
        values["signing_key"] = secret(credentials["signing_key_pem"])
    if TOKENS.get(scheme) == "pem":
        values["secret"] = key(scheme, credentials["secret"])
    for name, kind in names.items():
        if str(kind).endswith(" | None"):
            values.setdefault(name, None)
    if "base_uri" in names:
        values["base_uri"] = base_uri
    if "clock" in names:
        values["clock"] = clock or (lambda: now)
    return made(**values)


def key(scheme: str, text: str) -> Any:
    """A private key as the settings of the package read it."""
    environment = module(scheme, "environment").Environment({"KEY": text})
    kinds = ("rsa", "p256", "ed25519")
    found = module(scheme, "key_settings").read_key(environment, "KEY", kinds)
    environment.finish()
    return found


def _options(vector: dict[str, Any]) -> dict[str, str]:
    names = ("region", "service", "signature_method", "realm")
    found = {key: vector[key] for key in names if vector.get(key)}
    # The oracle hashes every body that is not a form.
    return {**found, "body_hash": "sha1"} if vector["scheme"] == "oauth1" else found


def signed(vector: dict[str, Any]) -> Any:
    """What the generated signer makes of the request of ``vector``."""
    scheme = vector["scheme"]
    injects = "already_injected" not in vector
    url = urlsplit(vector["url"])
    content = module(scheme, "encoding", injects=injects).Content
    headers = {key.lower(): value for key, value in vector["headers"].items()}
    body: Any = vector.get("params_payload")
    if vector["body"]:
        media_type = headers.get("content-type", "")
        body = content(vector["body"].encode(), media_type)
    made = signer(
        scheme,
        vector["credentials"],
        base_uri=f"{url.scheme}://{url.netloc}",
        now=vector["now"],
        injects=injects,
        options=_options(vector),
    )
    target = f"{url.path}?{url.query}" if url.query else url.path
    return made.sign(vector["method"], target, vector["headers"], body, vector["nonce"])
