"""The changelog of a package, from build to build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from emitted import read
from naftiko_gen.changes.entries import Entry, put
from naftiko_gen.cli import run
from naftiko_gen.lock import NAME as LOCK
from naftiko_gen.lock import sha256

SPEC = """\
naftiko: 1.0.0-alpha2
info: {label: Orders, description: Orders of a shop.}
capability:
  consumes:
  - type: http
    namespace: shop
    baseUri: https://shop.example
    resources:
    - name: orders
      path: /orders
      operations:
      - {name: list-orders, method: GET}
      - {name: drop-orders, method: DELETE}
  exposes:
  - type: rest
    namespace: desk
    port: 8080
    resources:
    - name: orders
      path: /orders
      operations:
      - {method: GET, name: list-orders, call: shop.list-orders}
"""
DELETE = "      - {method: DELETE, name: drop-orders, call: shop.drop-orders}\n"
OVERLAY = """\
overlay: 1.0.0
info: {title: More, version: 1.0.0}
actions:
- target: $.capability.exposes[0].resources[0].operations
  update: {method: DELETE, name: drop-orders, call: shop.drop-orders}
"""
HEAD = """\
# Changelog

What changed for callers and operators, the newest first. Builds add to this file, and change nothing
that stands in it.

"""
FIRST = "## 0.1.0\n\nThe changelog begins here.\n"
ADDED = "- **rest desk: DELETE /orders**: added"
REMOVED = "- **rest desk: DELETE /orders**: removed"
PACKAGE = Path("generated/orders")
OPTIONS = ("--with", "changelog")


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs").mkdir()
    path = tmp_path / "specs/orders.yaml"
    path.write_text(SPEC)
    return path


def build(*options: str) -> str:
    """Build, see that nothing is left to do, and give the changelog."""
    chosen = options or OPTIONS
    assert run(["build", "--quiet", *chosen]) == 0
    before = read(PACKAGE)
    assert run(["check", "--quiet", *chosen]) == 0
    assert run(["build", "--quiet", *chosen]) == 0
    assert read(PACKAGE) == before
    return before["CHANGELOG.md"].decode()


def version(number: str) -> tuple[str, ...]:
    return (*OPTIONS, "--package-version", number)


def test_each_change_is_put_on_top(spec: Path) -> None:
    assert build() == HEAD + FIRST
    spec.write_text(SPEC + "# A word, which changes nothing.\n")
    assert build() == HEAD + FIRST
    spec.write_text(SPEC + DELETE)
    second = f"## 0.2.0\n\n### Additive\n\n{ADDED}\n"
    second += "\n### Internal\n\n- **consumes shop: drop-orders**: used now\n\n"
    assert build(*version("0.2.0")) == HEAD + second + FIRST
    spec.write_text(SPEC)
    text = build(*version("1.0.0"))
    assert text.startswith(f"{HEAD}## 1.0.0\n\n### Breaking\n\n{REMOVED}\n")
    assert text.endswith(second + FIRST)
    again = build(*version("1.0.1"))
    said = "## 1.0.1\n\nNothing changed for callers and operators.\n\n"
    assert again == HEAD + said + text.removeprefix(HEAD)


def test_changes_of_one_version_are_one_entry(spec: Path) -> None:
    build()
    spec.write_text(SPEC + DELETE)
    build()
    port = SPEC.replace("8080", "8081")
    spec.write_text(port + DELETE)
    text = build()
    assert text.count("## 0.1.0") == 1
    spec.write_text(port.replace("shop.example", "store.example") + DELETE)
    text = build()
    assert text.count("### Breaking") == text.count("### Internal") == 1
    internal = text.partition("### Internal\n\n")[2].splitlines()
    assert len([line for line in internal if line.startswith("- **consumes")]) == 2
    assert "it listened on 127.0.0.1:8080, now on 127.0.0.1:8081" in text


def test_what_people_wrote_stays(spec: Path) -> None:
    build()
    path = PACKAGE / "CHANGELOG.md"
    words = path.read_text().replace("The changelog begins here.", "Our début.\r")
    path.write_text(words, encoding="latin-1", newline="")
    assert run(["check", "--quiet", *OPTIONS]) == 0
    spec.write_text(SPEC + DELETE)
    assert run(["check", "--quiet", *OPTIONS]) == 2
    assert run(["build", "--quiet", *version("0.2.0")]) == 0
    kept = path.read_bytes()
    assert kept.endswith("## 0.1.0\n\nOur début.\r\n".encode("latin-1"))
    assert ADDED.encode() in kept
    # Without the option it is nobody's but the user's.
    assert run(["build", "--quiet"]) == 0
    assert path.read_bytes() == kept
    assert run(["build", "--quiet", *OPTIONS]) == 0
    assert path.read_bytes() == kept


def test_a_heading_without_a_version_is_a_heading() -> None:
    entry = Entry("1.0.0", "", note="New.")
    assert put("# Ours\n\n## \n\nOld.\n", entry) == (
        "# Ours\n\n## 1.0.0\n\nNew.\n\n## \n\nOld.\n"
    )


def test_one_that_is_gone_begins_again(
    spec: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build()
    spec.write_text(SPEC + DELETE)
    build()
    (PACKAGE / "CHANGELOG.md").unlink()
    assert run(["check", *OPTIONS]) == 2
    assert "file CHANGELOG.md is missing" in capsys.readouterr().out
    assert build() == HEAD + FIRST


def test_one_of_the_user_is_left_alone(spec: Path) -> None:
    assert run(["build", "--quiet"]) == 0
    (PACKAGE / "CHANGELOG.md").write_text("# Ours\n")
    assert build() == "# Ours\n"
    spec.write_text(SPEC + DELETE)
    text = build()
    assert text.startswith("# Ours\n") and ADDED in text


def test_overlays_imports_and_options_count(spec: Path) -> None:
    build()
    beside = spec.with_suffix(".overlay.yaml")
    beside.write_text(OVERLAY)
    assert ADDED in build(*version("0.2.0"))
    assert (PACKAGE / "overlays/orders.overlay.yaml").read_text() == OVERLAY
    beside.unlink()
    assert REMOVED in build(*version("0.3.0"))
    more = spec.with_name("more.overlay.yaml")
    more.write_text(OVERLAY)
    with_more = ("--overlay", str(more))
    assert build(*version("0.4.0"), *with_more).count(ADDED) == 2
    more.write_text(OVERLAY.replace("DELETE, name: drop", "PUT, name: drop"))
    text = build(*version("0.5.0"), *with_more)
    assert text.count(REMOVED) == 2
    only = build(*version("0.6.0"), *with_more, "--read-only")
    first = only.removeprefix(HEAD).partition("## 0.5.0")[0]
    assert "- **rest desk: PUT /orders**: removed" in first


def test_imported_files_are_as_they_were(spec: Path) -> None:
    shared = spec.parent.parent / "common"
    shared.mkdir()
    upstream = SPEC.partition("  - type: http\n")[2].partition("  exposes:")[0]
    block = "naftiko: 1.0.0-alpha2\nconsumes:\n- type: http\n" + "\n".join(
        line[2:] for line in upstream.splitlines()
    )
    (shared / "shop.yaml").write_text(block)
    head, exposed = SPEC.partition("  - type: http\n")[0], SPEC.partition("  exposes:")
    imported = "  - {import: shop, location: ../common/shop.yaml}\n"
    spec.write_text(head + imported + "".join(exposed[1:]))
    assert build() == HEAD + FIRST
    changed = block.replace("https://shop.example", "https://store.example")
    (shared / "shop.yaml").write_text(changed)
    text = build(*version("0.2.0"))
    assert "- **consumes shop**:" in text


def test_an_unreadable_past_is_told(spec: Path) -> None:
    build()
    copy = PACKAGE / "capability.yaml"
    spec.write_text(SPEC + DELETE)
    document = json.loads((PACKAGE / LOCK).read_text())
    copy.write_text("naftiko: [\n")
    digest = sha256(copy.read_bytes())
    document["outputs"]["capability.yaml"] = digest
    document["inputs"]["orders.yaml"] = digest
    (PACKAGE / LOCK).write_text(json.dumps(document))
    assert "the capability before cannot be read any more" in build(*version("0.2.0"))


def test_the_day_is_that_of_the_capability(spec: Path) -> None:
    dated = SPEC.replace("a shop.}", "a shop., modified: '2026-03-01'}")
    spec.write_text(dated)
    assert "## 0.1.0 - 2026-03-01\n" in build()
    spec.write_text(dated.replace("03-01", "04-02") + DELETE)
    text = build()
    assert text.count("## ") - text.count("### ") == 1
    assert "## 0.1.0 - 2026-04-02\n" in text
