"""A spec whose one upstream is at some address with some credential, built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from naftiko_gen import pipeline
from naftiko_gen.diagnostics import Report

SPEC = """
naftiko: 1.0.0-alpha2
info: {{label: AWS, description: Calls of a service.}}
binds: [{{namespace: env, keys: {{TOKEN: TOKEN, KEY: KEY}}}}]
capability:
  consumes:
    - type: http
      namespace: service
      baseUri: {address}
      authentication: {credential}
      resources:
        - {{name: all, path: /, operations: [{{name: list-all, method: GET}}]}}
  exposes:
    - type: rest
      namespace: rest
      port: 8085
      resources:
        - {{path: /, operations: [{{method: GET, name: list-all, call: service.list-all}}]}}
"""
BEARER = "{type: bearer, token: '{{env.TOKEN}}'}"


def built(tmp_path: Path, address: str, credential: str) -> tuple[Any, list[str]]:
    spec = tmp_path / "spec.yaml"
    spec.write_text(SPEC.format(address=address, credential=credential), "utf-8")
    report = Report()
    package = pipeline.build(pipeline.Job(str(spec), "spec"), report, pipeline.Stages())
    upstream = package.capability.upstreams[0] if package else None
    # Not every credential uses all that the document binds.
    told = [note for note in report.diagnostics if note.code != "W215"]
    return upstream, [f"{d.code}: {d.message}" for d in told]
