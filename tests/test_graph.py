"""`graph`: what is drawn, that texts stay texts, and that nothing hides anything else."""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from chromium import chromium
from emitted import KRAKEN, ROOT, passed, run
from hostile import PAYLOADS
from naftiko_gen import ir, pipeline
from naftiko_gen.cli import run as naftiko_gen
from naftiko_gen.diagnostics import Report
from naftiko_gen.graph import Graph, graph_of, mermaid, svg
from naftiko_gen.graph.layout import GAP, HEIGHT, layout, letters, shortened
from naftiko_gen.graph.model import COLUMNS, Kind, one_line
from naftiko_gen.options import Options

EVERY = ROOT / "tests" / "every_construct" / "capability.yaml"
SVG = "{http://www.w3.org/2000/svg}"
_NODE = re.compile(
    r'    n(\d+)(?:\(\[|\[|\{\{|\(|\[\()"([^"`#;]|#\d+;|<br/>)*"(?:\]\)|\]|\}\}|\)|\)\])'
)


@cache
def capability(spec: Path) -> ir.Capability:
    job = pipeline.Job(str(spec), "made", options=Options(allow_scripts=True))
    checked = pipeline.check(job, Report(), pipeline.Stages())
    assert checked is not None
    return checked.capability


def kinds(graph: Graph) -> Counter[str]:
    return Counter(node.kind for node in graph.nodes)


def test_kraken_is_drawn_from_adapters_to_the_upstream() -> None:
    graph = graph_of(capability(KRAKEN))
    assert kinds(graph) == {"adapter": 2, "entry": 24, "operation": 12, "upstream": 1}
    ways = Counter(
        (graph.nodes[source].kind, graph.nodes[target].kind)
        for source, target in graph.edges
    )
    assert ways == {
        ("adapter", "entry"): 24,
        ("entry", "operation"): 24,
        ("operation", "upstream"): 12,
    }


def test_every_construct_is_drawn_and_nothing_points_back() -> None:
    made = capability(EVERY)
    graph = graph_of(made)
    prompts = sum(len(adapter.prompts) for adapter in made.mcp)
    exposed = sum(len(adapter.exposed) for adapter in made.mcp)
    skills = sum(len(adapter.skills) for adapter in made.skill)
    assert prompts and exposed and skills and made.forwards and made.control
    assert kinds(graph) == {
        "adapter": len(made.adapters) + skills + 1,
        "entry": len(made.routes + made.tools) + len(made.forwards) + exposed + prompts,
        "flow": len(made.flows),
        "operation": len(made.operations),
        "upstream": len(made.upstreams),
    }
    columns: list[Kind] = list(COLUMNS)
    for source, target in graph.edges:
        before, after = graph.nodes[source].kind, graph.nodes[target].kind
        assert columns.index(before) < columns.index(after)
    called = {target for _, target in graph.edges}
    for number, node in enumerate(graph.nodes):
        assert number in called or node.kind == "adapter", node


@pytest.mark.parametrize("spec", [KRAKEN, EVERY], ids=["kraken", "every"])
def test_no_box_stands_on_another(spec: Path) -> None:
    graph = graph_of(capability(spec))
    plan = layout(graph)
    assert len(plan.boxes) == len(graph.nodes)
    columns: dict[float, list[float]] = {}
    for box in plan.boxes.values():
        assert box.x >= 0 and box.right <= plan.width
        assert box.y >= 0 and box.y + HEIGHT <= plan.height
        columns.setdefault(box.x, []).append(box.y)
    for tops in columns.values():
        for above, below in pairwise(sorted(tops)):
            assert below - above >= HEIGHT + GAP - 1e-6


def made_up(*texts: str) -> Graph:
    """A chain with each text as a title and as a note."""
    graph = Graph(one_line(texts[0]))
    order: list[Kind] = list(COLUMNS)
    for text in texts:
        numbers = [graph.add(kind, text, text) for kind in order]
        for source, target in pairwise(numbers):
            graph.link(source, target)
    return graph


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_text_stays_a_text(texts: list[str]) -> None:
    check_texts(made_up(*texts))


@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_names_stay_texts(name: str) -> None:
    check_texts(made_up(PAYLOADS[name], "fa:fa-car $$x$$ `**b**` %%{init}%% end"))


def check_texts(graph: Graph) -> None:
    root = ElementTree.fromstring(svg(graph).encode("utf-8"))
    assert {one.tag for one in root.iter()} <= {
        f"{SVG}{name}" for name in ("svg", "title", "rect", "text", "g", "path")
    }
    assert not [key for one in root.iter() for key in one.attrib if key[:2] == "on"]
    groups = [one for one in root.iter(f"{SVG}g") if one.get("stroke") is None]
    for node, group in zip(graph.nodes, groups, strict=True):
        title, _, above, below = group
        assert title.text == f"{node.title}\n{node.note}"
        assert (above.text or "") == shortened(node.title)
        assert (below.text or "") == shortened(node.note)
    lines = mermaid(graph).splitlines()
    assert lines[0] == "flowchart LR"
    for node, line in zip(graph.nodes, lines[1:], strict=False):
        assert _NODE.fullmatch(line), line
        label = line[line.index('"') + 1 : line.rindex('"')]
        shown = [
            html.unescape(re.sub(r"#(\d+);", r"&#\1;", part))
            for part in label.split("<br/>")
        ]
        assert shown == [node.title, node.note]
    arrows = lines[1 + len(graph.nodes) :]
    assert arrows == [f"    n{a} --> n{b}" for a, b in graph.edges]


def test_long_texts_are_shortened() -> None:
    assert shortened("x" * 46) == "x" * 46
    assert shortened("x" * 10_000) == "x" * 45 + "…"
    assert letters(shortened("湾" * 10_000)) <= 46
    assert one_line("a\r\n b\x07\u202e\ud800") == "a b\ufffd\ufffd\ufffd"


def test_it_is_the_same_whatever_the_hashes(tmp_path: Path) -> None:
    def drawn(seed: str) -> list[str]:
        texts = []
        for form in ("svg", "mermaid"):
            done = run(
                *("-m", "naftiko_gen", "graph", EVERY, "--allow-scripts", "-q"),
                *("--format", form),
                cwd=tmp_path,
                environment={"PYTHONHASHSEED": seed},
                search=[str(ROOT / "generator")],
            )
            passed(done)
            texts.append(done.stdout)
        return texts

    assert drawn("1") == drawn("2")


def test_the_name_of_the_file_says_the_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert naftiko_gen(["graph", str(KRAKEN), "-q"]) == 0
    printed = capsys.readouterr().out
    assert printed == mermaid(graph_of(capability(KRAKEN)))
    for name, beginning in (("a.svg", "<svg "), ("a.mmd", "flowchart LR\n")):
        file = tmp_path / name
        assert naftiko_gen(["graph", str(KRAKEN), "-o", str(file)]) == 0
        assert file.read_text("utf-8").startswith(beginning)
        assert f"{file}: written" in capsys.readouterr().out


def test_a_spec_with_an_error_is_not_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = tmp_path / "a.yaml"
    spec.write_text("naftiko: 1.0.0-alpha2\n")
    assert naftiko_gen(["graph", str(spec), "-o", str(tmp_path / "a.svg")]) == 1
    assert "error[" in capsys.readouterr().err
    assert not (tmp_path / "a.svg").exists()


def test_texts_fit_into_their_boxes_in_a_browser(tmp_path: Path) -> None:
    file = tmp_path / "graph.svg"
    file.write_text(svg(graph_of(capability(EVERY))), encoding="utf-8")
    script = """
    return [...document.querySelectorAll('g')].filter((g) => {
      const box = g.querySelector('rect')?.getBBox();
      const texts = [...g.querySelectorAll('text')].map((text) => text.getBBox());
      return box && texts.some((text) => text.x + text.width > box.x + box.width
        || text.y < box.y || text.y + text.height > box.y + box.height);
    }).map((g) => g.textContent)
    """
    with chromium(tmp_path / "profile") as browser:
        browser.get(file.as_uri())
        assert browser.execute_script("return document.images.length") == 0
        assert len(browser.find_elements("css selector", "g > rect")) > 50
        assert browser.execute_script(script) == []
        assert browser.get_log("browser") == []
