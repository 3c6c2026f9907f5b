"""Every object and keyword of the format has a case, and the README says which.

The table is made by walking the documents of the tests with our schema files
(``--update-golden`` writes it). A keyword that no document uses fails here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from emitted import GOLDEN, ROOT
from keywords import Format, Keyword
from naftiko_gen import overlay
from naftiko_gen.diagnostics import Report
from naftiko_gen.schema import ALPHA2, BETA5
from naftiko_gen.source import NodePath, Source, read

README = ROOT / "README.md"
BEGIN, END = "<!-- keywords: begin -->\n", "<!-- keywords: end -->\n"
EARLIER, LATER = Format(ALPHA2), Format(BETA5)

#: What is refused on purpose: a case of tests/errors for each, and the code there.
REFUSED = {
    Keyword("ConsumesHttp", "tunnel"): ("e302-tunnel", "E302"),
    Keyword("OperationStepScript", "language", "groovy"): ("e312-groovy", "E312"),
    Keyword("ScriptingManagementSpec", "defaultLanguage", "groovy"): (
        "e312-groovy",
        "E312",
    ),
    Keyword("ScriptingManagementSpec", "allowedLanguages", "groovy"): (
        "e312-groovy",
        "E312",
    ),
}
#: Objects that stand nowhere but in what is refused.
REFUSED_OBJECTS = {
    "TunnelZiti": ("e302-tunnel", "E302"),
}


def refused(keyword: Keyword) -> tuple[Path, str] | None:
    """The case of tests/errors that shows how ``keyword`` is refused, and its code."""
    found = REFUSED.get(keyword) or REFUSED_OBJECTS.get(keyword.owner)
    return (
        None
        if found is None
        else (ROOT / "tests" / "errors" / f"{found[0]}.yaml", found[1])
    )


def loaded(path: Path) -> Source:
    """A document with its profile and its sidecar, as the generator reads it."""
    report = Report()
    source = read(str(path), report)
    assert source is not None, path
    return overlay.apply(source, report)[0]


def format_of(source: Source) -> Format:
    assert isinstance(source.data, dict)
    return LATER if "ikanos" in source.data else EARLIER


def documents() -> Iterator[Path]:
    """Cases first, then the files that they import, specs and twins."""
    yield from sorted(GOLDEN.glob("*/capability.yaml"))
    yield from sorted(GOLDEN.glob("*/shared/**/*.yaml"))
    yield from sorted((ROOT / "specs").glob("*.yaml"))
    yield from sorted((ROOT / "tests" / "versions").glob("*.beta5.yaml"))
    yield from sorted((ROOT / "tests" / "versions" / "shared").glob("*.yaml"))


def is_document(path: Path) -> bool:
    first = path.read_text("utf-8")
    return (
        not path.name.endswith(".overlay.yaml")
        and "naftiko: 1.0.0-" in first
        or "ikanos: 1.0.0-" in first
    )


@cache
def uses(path: Path) -> dict[Keyword, list[NodePath]]:
    """The keywords of the document at ``path``, and where they stand in it."""
    source = loaded(path)
    found = defaultdict(list)
    for keyword, place in format_of(source).used(source.data):
        found[keyword].append(place)
    return found


def wanted() -> tuple[list[Keyword], list[Keyword]]:
    """The keywords of 1.0.0-alpha2, and those that later versions add."""
    earlier = EARLIER.keywords()
    known = set(earlier)
    return earlier, [keyword for keyword in LATER.keywords() if keyword not in known]


@cache
def covered() -> dict[Keyword, Path]:
    """A document for each keyword that one uses; few documents for each object."""
    cases = [path for path in documents() if is_document(path)]
    found: dict[Keyword, Path] = {}
    by_owner: dict[str, list[Keyword]] = defaultdict(list)
    for keyword in (*wanted()[0], *wanted()[1]):
        if refused(keyword) is None:
            by_owner[keyword.owner].append(keyword)
    for keywords in by_owner.values():
        missing = set(keywords)
        while missing:
            best = max(cases, key=lambda path: len(missing & uses(path).keys()))
            new = missing & uses(best).keys()
            if not new:
                break
            found.update(dict.fromkeys(new, best))
            missing -= new
    return found


def case_of(keyword: Keyword) -> Path | None:
    error = refused(keyword)
    return covered().get(keyword) if error is None else error[0]


@pytest.mark.parametrize("keywords", wanted(), ids=["alpha2", "later"])
def test_every_keyword_has_a_case(keywords: Sequence[Keyword]) -> None:
    assert len(keywords) > 40
    without = [keyword for keyword in keywords if case_of(keyword) is None]
    assert [f"{keyword.owner}: {keyword}" for keyword in without] == []


def test_what_is_refused_has_a_case_that_says_so() -> None:
    every = [keyword for part in wanted() for keyword in part]
    assert REFUSED.keys() <= set(every)
    assert REFUSED_OBJECTS.keys() <= {keyword.owner for keyword in every}
    lacking = []
    for keyword in every:
        error = refused(keyword)
        if error is not None and not (
            keyword in uses(error[0]) and f"error[{error[1]}]" in said(error[0])
        ):
            lacking.append(f"{keyword.owner}: {keyword} in {error[0].name}")
    assert lacking == []


def said(path: Path) -> str:
    """What is printed about a case of tests/errors (which test_bad_input.py checks)."""
    return path.with_suffix(".txt").read_text("utf-8")


def shown(path: Path) -> str:
    """The case as a link, short."""
    inside = path.relative_to(ROOT).as_posix()
    name = path.parent.name if path.name == "capability.yaml" else path.stem
    refused_by = "refused: " if "errors" in path.parts else ""
    return f"{refused_by}[{name}]({inside})"


def rows(keywords: Sequence[Keyword]) -> Iterator[str]:
    by_owner: dict[str, dict[Path, list[Keyword]]] = {}
    for keyword in keywords:
        case = case_of(keyword)
        if case is not None:
            by_case = by_owner.setdefault(keyword.owner, {})
            by_case.setdefault(case, []).append(keyword)
    yield "| object | keywords | case |"
    yield "| --- | --- | --- |"
    for owner, by_case in by_owner.items():
        for number, (case, group) in enumerate(by_case.items()):
            first = f"**{owner}**" if not number else ""
            yield f"| {first} | {', '.join(texts(group))} | {shown(case)} |"


def texts(group: Sequence[Keyword]) -> Iterator[str]:
    """Keys; the values of one key stand behind it."""
    by_key: dict[str, list[Keyword]] = {}
    for keyword in group:
        by_key.setdefault(keyword.key, []).append(keyword)
    for key, found in by_key.items():
        values = [f"`{item.value}`" for item in found if item.value is not None]
        yield f"`{key}`" + (f" ({', '.join(values)})" if values else "")


def table() -> str:
    earlier, later = wanted()
    return "\n".join(
        [
            *rows(earlier),
            "",
            "What later versions add, and what they spell otherwise:",
            "",
            *rows(later),
            "",
        ]
    )


def test_the_readme_says_which_case(request: pytest.FixtureRequest) -> None:
    text = README.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    found, _, after = rest.partition(END)
    assert after, "the README has no table of keywords"
    made = f"\n{table()}\n"
    if request.config.getoption("--update-golden"):
        README.write_text(f"{before}{BEGIN}{made}{END}{after}", encoding="utf-8")
        found = made
    assert found == made, "(--update-golden rewrites the table)"
