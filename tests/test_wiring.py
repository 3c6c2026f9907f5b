"""What a call of a route or tool sends upstream, by another reading of the same document."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from emitted import write
from fuzzing.capabilities import capabilities
from fuzzing.printed import Style, printed
from fuzzing.wire import faults
from naftiko_gen import pipeline
from naftiko_gen.diagnostics import Report, render_text
from naftiko_gen.plan import plan

_DOCUMENTS = 12


def test_every_call_makes_the_one_request_that_is_described(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    wanted = request.config.getoption("--fuzz-documents")
    # What is asked of many documents is asked of fewer here: each is served.
    count = _DOCUMENTS if wanted is None else max(_DOCUMENTS, wanted // 100)
    logging.getLogger("aiohttp.access").disabled = True
    seen = 0

    def look(document: Any) -> None:
        nonlocal seen
        seen += 1
        check(document, tmp_path / f"w{seen}")

    settings(
        max_examples=count,
        derandomize=wanted is None,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink) if wanted else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )(given(capabilities())(look))()


def check(document: Any, folder: Path) -> None:
    """Build, serve and call everything that ``document`` exposes."""
    folder.mkdir()
    spec = folder / "spec.yaml"
    spec.write_text(printed(document, Style()), "utf-8")
    report = Report()
    job = pipeline.Job(str(spec), folder.name)
    checked = pipeline.check(job, report, pipeline.Stages())
    assert checked is not None, render_text(
        report.only(*(e.severity for e in report.errors)), report.texts
    )
    files, _ = pipeline.emit(
        plan(checked.capability, checked.source), pipeline.Stages()
    )
    write(folder / "package", files)
    found = asyncio.run(faults(checked.capability, folder / "package", document))
    assert not found, "\n".join(
        f"{unit.kind} {unit.name}: {fault}" for unit, fault in found
    )
