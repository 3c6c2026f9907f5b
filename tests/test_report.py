"""The report of a run: its schema, and the page in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chromium import chromium
from fake_package import forget, install
from hostile import PAYLOADS
from naftiko_gen.cli import run
from naftiko_gen.codes import CODES
from naftiko_gen.diagnostics import Position, Report, Span
from naftiko_gen.report import Entry, as_json, as_page, document, schema

HOSTILE = "</script><script>document.title='pwned'</script><img src=x onerror=alert(1)>"


def entries(number: int) -> list[Entry]:
    """Outcomes of every kind; hostile texts in every place that takes one."""
    found: list[Entry] = []
    texts = [HOSTILE, "<!--", "&lt;b&gt;", "\u2028\ud800", *PAYLOADS.values()]
    for place in range(number):
        report = Report()
        text = texts[place % len(texts)]
        refused = place % 3 == 0
        for line in range(place % 4 + refused):
            at = Position(line + 1, 3)
            code = "E201" if refused else ["W101", "W102"][line % 2]
            report.add(code, f"{text} {line}", Span(f"s/{place}.yaml", at, at), text)
        status = "failed" if refused else "unchanged" if place % 2 else "written"
        sizes = (
            {} if refused else {"operations": place * 7 % 100, "routes": 1, "tools": 0}
        )
        found.append(Entry(f"s/{place}.yaml", f"n-{place}", status, report, sizes))
    found.append(Entry(f"s/{HOSTILE}.yaml", "x", "internal", Report(), {}, HOSTILE))
    return found


def test_the_schema_holds_for_every_kind_of_report() -> None:
    described = schema()
    Draft202012Validator.check_schema(described)
    validator = Draft202012Validator(described)
    for shard in (None, "2/3"):
        found = json.loads(as_json(document(entries(40), shard)))
        validator.validate(found)
        assert found["summary"]["outcomes"] == {
            "built": 13,
            "internal": 1,
            "refused": 14,
            "unchanged": 13,
        }
        assert [one["code"] for one in found["codes"]] == ["E201", "W101", "W102"]
    validator.validate(document([]))
    wrong = {**found, "shard": "0/3"}
    assert not validator.is_valid(wrong) and not validator.is_valid({**found, "x": 1})


def test_schema_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--report"]) == 0
    assert json.loads(capsys.readouterr().out) == schema()


def test_nothing_in_a_report_ends_the_element_that_holds_it() -> None:
    page = as_page(document(entries(40))).decode()
    assert page.count("</script>") == page.count("<script") == 2
    assert "http" not in page.partition('id="data">')[0].replace("http-equiv", "")


@pytest.mark.parametrize("ending", ["json", "html"])
def test_a_run_writes_its_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    install(monkeypatch, tmp_path / "fake")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text("warning")
    assert run(["build", "a.yaml", "--report", f"deep/r.{ending}"]) == 0
    assert CODES["W101"].title in (tmp_path / f"deep/r.{ending}").read_text()
    (tmp_path / "file").write_text("")
    assert run(["build", "a.yaml", "--report", f"file/r.{ending}"]) == 1
    forget()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Any:
    """The page of two thousand specs."""
    file = tmp_path / "report.html"
    file.write_bytes(as_page(document(entries(2000), "1/4")))
    browser.get(file.as_uri())
    return browser


def column(page: Any, number: int) -> list[str]:
    """The texts of a column, of the rows that are shown."""
    script = (
        "return [...document.querySelectorAll('tbody tr:not([hidden])')]"
        f".map((row) => row.cells[{number}].textContent)"
    )
    found: list[str] = page.execute_script(script)
    return found


def click(page: Any, selector: str) -> None:
    page.find_element("css selector", selector).click()


def test_the_page_shows_texts_as_texts_and_fetches_nothing(page: Any) -> None:
    assert page.title == "naftiko-gen report"
    assert page.get_log("browser") == []
    assert page.execute_script("return document.images.length") == 0
    assert len(page.find_elements("css selector", "script")) == 2
    assert (
        page.execute_script("return performance.getEntriesByType('resource').length")
        == 0
    )
    assert column(page, 0)[-1] == f"s/{HOSTILE}.yamlx"
    assert column(page, 5)[-1] == HOSTILE
    assert "2001 specs: " in page.find_element("id", "about").text
    assert page.find_element("id", "about").text.endswith("shard 1/4")


def test_the_page_sorts(page: Any) -> None:
    click(page, "th[data-key=operations] button")
    found = [int(text or -1) for text in column(page, 2)]
    assert found == sorted(found) and len(found) == 2001
    header = page.find_element("css selector", "th[data-key=operations]")
    assert header.get_attribute("aria-sort") == "ascending"
    click(page, "th[data-key=operations] button")
    found = [int(text or -1) for text in column(page, 2)]
    assert found == sorted(found, reverse=True)
    click(page, "th[data-key=spec] button")
    names = column(page, 0)
    # By number where there are numbers: s/9 before s/10.
    assert names[9:13] == [f"s/{n}.yamln-{n}" for n in (8, 9, 10, 11)]
    assert header.get_attribute("aria-sort") == "none"


def test_the_page_filters(page: Any) -> None:
    shown = page.find_element("id", "shown")
    assert shown.text == "2001 of 2001 specs"
    click(page, "#outcome option[value=refused]")
    assert set(column(page, 1)) == {"refused"}
    assert shown.text == f"{len(column(page, 1))} of 2001 specs" == "667 of 2001 specs"
    page.find_element("id", "text").send_keys("S/15.YAML")
    assert column(page, 0) == ["s/15.yamln-15"]
    click(page, "form button[type=reset]")
    page.execute_script("return new Promise((done) => setTimeout(done))")
    assert shown.text == "2001 of 2001 specs"
    click(page, "#code option[value=W102]")
    assert all("W102" in text for text in column(page, 5)) and column(page, 5)
    page.find_element("id", "text").send_keys("no such text")
    assert shown.text == "0 of 2001 specs"


def test_findings_unfold_with_their_places(page: Any) -> None:
    click(page, "#outcome option[value=refused]")
    page.find_element("id", "text").send_keys("s/0.yaml")
    click(page, "tbody tr:not([hidden]) summary")
    item = page.find_element("css selector", "tbody tr:not([hidden]) li")
    assert item.text == f"1:3 E201 {HOSTILE} 0\nhint: {HOSTILE}"
    assert page.title == "naftiko-gen report"
