"""Output mappings: what the emitted functions give, held against two other readers of paths."""

from __future__ import annotations

import re
import sys
import types
from pathlib import Path
from typing import Any

import jsonpath
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonpath_ng.parser import parse as parse_ng

from naftiko_gen import ir_mapping as m
from naftiko_gen.jsonpath import evaluate, parse
from naftiko_gen.jsonpath.evaluate import find
from naftiko_gen.views.mapping_code import Block, Writer
from naftiko_gen.views.mappings import function_of
from test_lower import Document, codes, document, good, lowered


def compiled(*alternatives: m.Mapping) -> Any:
    """The emitted function of a mapping, as it runs in a package."""
    helpers: set[str] = set()
    output = m.Output("answer", alternatives, {})
    function = function_of(output, ["a test"], helpers)
    lines = function["lines"]
    assert isinstance(lines, list)
    source = "\n".join(
        [
            "from __future__ import annotations",
            "from static.json_values import *",
            "from static.json_values import MISSING",
            str(function["signature"]),
            *map(str, lines),
        ]
    )
    module = types.ModuleType("emitted")
    exec(compile(source, "emitted", "exec"), module.__dict__)
    return module.__dict__["answer"]


def path_of(text: str) -> Any:
    return compiled(m.At(parse(text)))


SHOP = {
    "store": {
        "book": [
            {"title": "A", "price": 8.95, "tags": ["x", "y"]},
            {"title": "B", "price": 12, "isbn": "1"},
            {"title": None, "price": True},
            "no object",
        ],
        "first name": "Ann",
        "@odata": {"count": 3},
        "a.b": {"c'd": 1, "\u263a": 2},
    },
    "limit": 10,
    "empty": None,
}


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("$", SHOP),
        ("$.", SHOP),
        (" $.limit ", 10),
        ("limit", 10),
        ("$.store.book[0].title", "A"),
        ("$.store.book.[0].title", "A"),
        ("store.book[-1]", "no object"),
        ("$.store.book[9]", None),
        ("$.store.book[-9].title", None),
        ("$.store.book.title", None),
        ("$.store.first name", "Ann"),
        ("$.store.@odata.count", 3),
        ("$['store']['a.b']['c\\'d']", 1),
        ('$["store"]["a.b"]["\\u263a"]', 2),
        ("$.empty", None),
        ("$.nope", None),
        ("$.nope[*].x", None),
        ("$.empty[*]", None),
        ("$.store.book[*].title", ["A", "B", None]),
        ("$.store.book[0:2].price", [8.95, 12]),
        ("$.store.book[::-2].price", [12]),
        ("$.store.book[-3:-1].title", ["B", None]),
        ("$.store.book[0, 1]['title', 'price']", ["A", 8.95, "B", 12]),
        ("$.store.book[0].*", ["A", 8.95, ["x", "y"]]),
        ("$..title", ["A", "B", None]),
        ("$..book[0].title", ["A"]),
        ("$..tags[*]", ["x", "y"]),
        ("..['isbn','count']", ["1", 3]),
        ("$.store.book[?(@.price < 10)].title", ["A"]),
        ("$.store.book[?(@.price == true)].title", [None]),
        ("$.store.book[?@.price >= 12 || @.tags].title", ["A", "B"]),
        ("$.store.book[?(@.price > 8 && @.price <= $.limit)].title", ["A"]),
        ("$.store.book[?(!@.isbn && @.title)].price", [8.95, True]),
        ("$.store.book[?(!(@.price != 12))].title", ["B"]),
        ("$.store.book[?(@.title == null)].price", [True]),
        ("$.store.book[?(@.tags[1] == 'y')].title", ["A"]),
        ("$.store.book[?(@ == 'no object')]", ["no object"]),
        ("$.store[?(@.count)]", [{"count": 3}]),
    ],
)
def test_a_path_gives(path: str, wanted: object) -> None:
    assert path_of(path)(SHOP) == wanted
    assert find(parse(path), SHOP) == wanted  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "blamed", "message"),
    [
        ("", "", "empty"),
        ("$.a.length()", "length()", "function `length()`"),
        ("$.a.sum($.b)", "sum($.b)", "function"),
        ("$.a[b]", "b", "selector"),
        ("$.a[0", "0", "ends"),
        ("$.a..", ".", "ends"),
        ("$.a.", ".", "ends"),
        ("$a", "a", "`.` or `[`"),
        (".a", ".", "start"),
        ("@.a", "@", "start"),
        ("$.a['b]", "'b]", "closed"),
        ("$['\\x']", "\\x", "escape"),
        ("$['\\ud800']", "'\\ud800'", "half"),
        ("$.a[::0]", "::0", "nothing"),
        ("$.a[99999999999999999999]", "99999999999999999999", "large"),
        ("$.a[?(@.b =~ /x/)]", "=~", "operator"),
        ("$.a[?(@.b in ['x'])]", "in", "operator"),
        ("$.a[?(@.b = 1)]", "=", "operator"),
        ("$.a[?(@..b)]", "@..", "one value"),
        ("$.a[?(1)]", "1", "tests nothing"),
        ("$.a[?(@.b == )]", ")", "value"),
        ("$.a[?(@.length() > 1)]", "length()", "function"),
        ("$.a[?(@.b]", "]", "group"),
        ("$.a{{x}}", "{", "`.` or `[`"),
        ("$.a[?" + "(" * 30, "(", "nested"),
        ("$." + "a" * 3000, "$", "longer"),
        ("$" + "[0]" * 65, "[", "more than 64 steps"),
    ],
)
def test_a_path_is_refused_where_it_is_wrong(
    path: str, blamed: str, message: str
) -> None:
    with pytest.raises(ValueError) as caught:
        parse(path)
    error: Any = caught.value
    assert path[error.start : error.end] == blamed
    assert message in error.message


NAMES = st.sampled_from(["a", "b", "c", "first name", "x'y"])
SCALARS = (
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["a", "b", 1.5])
)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=25,
)


def quoted(name: str) -> str:
    return "'" + name.replace("'", "\\'") + "'"


BOUNDS = st.none() | st.integers(-4, 4)
STEPS = st.none() | st.sampled_from([-2, -1, 1, 2])
SLICES = st.tuples(BOUNDS, BOUNDS, STEPS).map(
    lambda parts: ":".join("" if part is None else str(part) for part in parts)
)
LITERALS = st.sampled_from(["1", "-1", "1.5", "'a'", "true", "false", "null"])
QUERIES = st.lists(
    NAMES.map(quoted) | st.integers(-2, 2).map(str), min_size=0, max_size=2
).map(lambda steps: "@" + "".join(f"[{step}]" for step in steps))
COMPARISONS = st.tuples(
    QUERIES, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), LITERALS | QUERIES
).map(" ".join)
TESTS = st.recursive(
    COMPARISONS | QUERIES,
    lambda inner: st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(
        lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
    )
    | inner.map(lambda test: f"!({test})"),
    max_leaves=3,
)
SELECTORS = (
    NAMES.map(quoted)
    | st.integers(-3, 3).map(str)
    | SLICES
    | st.just("*")
    | TESTS.map(lambda test: f"?{test}")
)
BRACKETS = st.lists(SELECTORS, min_size=1, max_size=2).map(
    lambda found: f"[{', '.join(found)}]"
)
SEGMENTS = (
    BRACKETS
    | st.sampled_from([".a", ".b", ".*", "..a", "..*", "[0]", "[*]"])
    | BRACKETS.map(lambda bracket: f"..{bracket}")
)
PATHS = st.lists(SEGMENTS, max_size=4).map(lambda found: "$" + "".join(found))


def without_texts(value: Any) -> Any:
    """The other reader takes slices of texts, which RFC 9535 (2.3.4.2.2) does not."""
    if isinstance(value, dict):
        return {name: without_texts(member) for name, member in value.items()}
    if isinstance(value, list):
        return [without_texts(item) for item in value]
    return 0 if isinstance(value, str) else value


#: `[?@]` holds for every node (RFC 9535, 2.3.5.2.1); the other reader leaves out false and 0.
ALONE = re.compile(r"(?<![=<>] )@(?=\s*[\]&|),])")


@settings(max_examples=600, deadline=None)
@given(PATHS, DOCUMENTS)
@example("$..[?@ == @[0]]", [[[1]]])
@example("$.*[?@]", [[False]])
def test_every_path_agrees_with_an_independent_reader(text: str, root: Any) -> None:
    path = parse(text)
    root = without_texts(root) if ":" in text else root
    found = jsonpath.findall(text, root, strict=True)
    got = path_of(text)(root)
    assert repr(got) == repr(find(path, root))
    if ALONE.search(text):
        return
    if not path.rest:
        assert repr(got) == repr(found[0] if found else None)
    elif got is not None:
        assert repr(got) == repr(found)
    else:
        # Nothing stands where the choices start.
        assert find(m.Path(path.segments[: len(path.stem)]), root) is None
        assert found == [] or found == [None] or ".." in text


KEYS = st.sampled_from(["a", "b", "c"])


@settings(max_examples=200, deadline=None)
@given(st.lists(KEYS | st.integers(0, 3), min_size=1, max_size=4), DOCUMENTS)
def test_a_definite_path_agrees_with_a_second_reader(
    steps: list[str | int], root: Any
) -> None:
    text = "$" + "".join(f"['{s}']" if isinstance(s, str) else f"[{s}]" for s in steps)
    found = parse_ng(text).find(without_texts(root))
    wanted = found[0].value if found else None
    assert repr(path_of(text)(without_texts(root))) == repr(wanted)


DEFINITE = st.lists(
    NAMES.map(lambda name: m.Segment((m.Name(name),)))
    | st.integers(-2, 2).map(lambda index: m.Segment((m.Index(index),))),
    max_size=2,
).map(lambda segments: m.Path(tuple(segments)))
ANYWHERE = DEFINITE | PATHS.map(parse)
MAPPINGS = st.recursive(
    st.builds(m.At, ANYWHERE)
    | st.builds(m.Each, ANYWHERE, st.none())
    | st.builds(m.Constant, SCALARS.filter(lambda value: value is not None)),
    lambda inner: st.builds(m.Each, ANYWHERE, inner)
    | st.builds(
        m.Members,
        ANYWHERE,
        st.lists(
            st.tuples(NAMES, inner), max_size=3, unique_by=lambda pair: pair[0]
        ).map(tuple),
    ),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(st.deferred(lambda: st.lists(MAPPINGS, min_size=1, max_size=3)), DOCUMENTS)
def test_every_mapping_means_what_the_evaluator_says(
    alternatives: list[m.Mapping], root: Any
) -> None:
    output = m.Output("answer", tuple(alternatives), {})
    assert repr(compiled(*alternatives)(root)) == repr(evaluate(output, root))


def test_code_grows_with_the_path_not_with_its_results() -> None:
    # Twenty loops in one another would not even compile.
    text = "$" + "['a','b']" * 40
    block = Writer(set())
    assert block.lines == [] and Block(block, 1).objects == {}
    root: Any = None
    for _ in range(40):
        root = {"a": root}
    assert path_of(text)(root) == [None]


def test_a_deep_document_is_walked_without_recursion() -> None:
    root: Any = {"a": 1}
    for _ in range(sys.getrecursionlimit() * 2):
        root = [root]
    assert path_of("$..a")(root) == [1]


UPSTREAM = {"data": {"id": 7, "tags": ["a", "b"], "owner": {"name": "X"}}}
FALLBACK = None


@pytest.mark.parametrize(
    ("outputs", "wanted"),
    [
        ([{"type": "string", "mapping": "$.data.id"}], 7),
        ([{"type": "array", "mapping": "$.data.tags"}], ["a", "b"]),
        # Not {}: the mapped node is what an object without properties is.
        ([{"type": "object", "mapping": "$.data.owner"}], {"name": "X"}),
        (
            [
                {
                    "type": "object",
                    "properties": {
                        "id": {"type": "number", "mapping": "$.data.id"},
                        "o": {
                            "type": "object",
                            "properties": {
                                "n": {"type": "string", "mapping": "$.data.owner.name"}
                            },
                        },
                    },
                }
            ],
            {"id": 7, "o": {"n": "X"}},
        ),
        (
            [
                {
                    "type": "object",
                    "properties": {"z": {"type": "string", "mapping": "$.nope"}},
                }
            ],
            {"z": None},
        ),
        (
            [
                {"type": "string", "mapping": "$.nope"},
                {"type": "number", "mapping": "$.data.id"},
            ],
            7,
        ),
        ([{"type": "string", "mapping": "$.nope"}], FALLBACK),
        ([{"type": "string", "value": "fix"}], "fix"),
        (
            [
                {
                    "type": "array",
                    "mapping": "$.data.tags",
                    "items": {"type": "string", "mapping": "$."},
                }
            ],
            ["a", "b"],
        ),
        (
            [
                {"name": "id", "type": "number", "mapping": "$.data.id"},
                {"name": "no", "type": "number", "mapping": "$.nope"},
            ],
            {"id": 7, "no": None},
        ),
        ([{"name": "id", "type": "number", "mapping": "$.data.id"}], 7),
        (
            [
                {
                    "type": "array",
                    "mapping": "$.data.tags",
                    "items": {
                        "type": "object",
                        "properties": {
                            "list": {
                                "type": "array",
                                "mapping": "$",
                                "items": {"type": "string", "mapping": "$"},
                            },
                            "tag": {"type": "string", "mapping": "$"},
                        },
                    },
                }
            ],
            [{"list": None, "tag": "a"}, {"list": None, "tag": "b"}],
        ),
        (
            [
                {
                    "type": "object",
                    "mapping": "$.data.owner",
                    "properties": {
                        "who": {"type": "string", "mapping": "$.name"},
                        "b": {"type": "boolean", "value": "true"},
                        "n": {"type": "number", "value": "1.5"},
                    },
                }
            ],
            {"who": "X", "b": True, "n": 1.5},
        ),
    ],
)
def test_outputs_give(tmp_path: Path, outputs: list[Document], wanted: object) -> None:
    content = document(
        [], route={"outputParameters": outputs}, tool={"outputParameters": outputs}
    )
    capability = good(tmp_path, content)
    route, tool = capability.routes[0].output, capability.tools[0].output
    assert route is not None and route is tool
    assert evaluate(route, UPSTREAM) == wanted  # type: ignore[arg-type]
    assert compiled(*route.alternatives)(UPSTREAM) == wanted


@pytest.mark.parametrize("mapping", ["$", "$.", " $. "])
@pytest.mark.parametrize("kind", ["object", "array", "string"])
def test_the_whole_document_is_handed_on(
    tmp_path: Path, kind: str, mapping: str
) -> None:
    outputs = [{"type": kind, "mapping": mapping}]
    content = document([], route={"outputParameters": outputs})
    assert good(tmp_path, content).routes[0].output is None


@pytest.mark.parametrize(
    ("output", "code"),
    [
        ({"type": "string", "mapping": "$.a.length()"}, "E231"),
        ({"type": "string", "value": "{{who}}"}, "E203"),
        ({"type": "object", "properties": {}, "value": "{{who}}"}, "E218"),
        ({"type": "number", "value": "many"}, "E218"),
        ({"type": "number", "value": "nan"}, "E218"),
        ({"type": "boolean", "value": "yes"}, "E218"),
        ({"type": "object", "value": "[]"}, "E218"),
        ({"type": "array", "value": "a, b"}, "E218"),
    ],
)
def test_an_output_is_refused(tmp_path: Path, output: Document, code: str) -> None:
    content = document([], route={"outputParameters": [output]})
    assert codes(tmp_path, content) == [code]


def test_fixed_values_are_of_every_type_and_parts_are_called_by_their_keys(
    tmp_path: Path,
) -> None:
    output = {
        "type": "object",
        "properties": {
            "a": {"type": "string", "mapping": "$.a", "name": "b"},
            "o": {"type": "object", "properties": {}, "value": '{"x": [1]}'},
            "l": {"type": "array", "items": {"type": "string"}, "value": '["y"]'},
        },
    }
    content = document([], route={"outputParameters": [output]})
    capability, problems = lowered(tmp_path, content)
    assert capability is not None
    assert [p.code for p in problems if p.code.startswith("W2")] == ["W214"]
    found = capability.routes[0].output
    assert found is not None
    assert evaluate(found, {"a": 1}) == {"a": 1, "o": {"x": [1]}, "l": ["y"]}


def test_one_name_for_two_outputs_is_refused(tmp_path: Path) -> None:
    output = {"name": "a", "type": "string", "mapping": "$.a"}
    content = document([], route={"outputParameters": [output, output]})
    assert codes(tmp_path, content) == ["E232"]


def test_lists_in_lists_end_somewhere(tmp_path: Path) -> None:
    output: Document = {"type": "string", "mapping": "$"}
    for _ in range(15):
        output = {"type": "array", "mapping": "$.a", "items": output}
    content = document([], route={"outputParameters": [output]})
    assert codes(tmp_path, content) == ["E301"]


def test_a_constant_of_another_type_is_another_answer(tmp_path: Path) -> None:
    one = [{"type": "number", "value": "1"}]
    true = [{"type": "boolean", "value": "true"}]
    content = document(
        [], route={"outputParameters": one}, tool={"outputParameters": true}
    )
    capability = good(tmp_path, content)
    outputs = (capability.routes[0].output, capability.tools[0].output)
    assert [o.alternatives for o in outputs if o] == [
        (m.Constant(1),),
        (m.Constant(True),),
    ]
    assert len({o.ident for o in outputs if o}) == 2


def test_the_sandbox_answers_what_can_be_mapped(tmp_path: Path) -> None:
    outputs = [
        {"name": "id", "type": "number", "mapping": "$.data.id"},
        {"name": "last", "type": "boolean", "mapping": "$.data.list[-2].ok"},
        {"name": "big", "type": "array", "mapping": "$.n[?(@.v > 3 && @.w)].x"},
        {"name": "fix", "type": "string", "mapping": "$.f", "const": "always"},
    ]
    content = document([], route={"outputParameters": outputs})
    capability = good(tmp_path, content)
    [operation] = capability.operations
    assert capability.routes[0].runs == operation
    output = capability.routes[0].output
    assert output is not None
    assert evaluate(output, operation.sample) == {
        "id": 7,
        "last": True,
        "big": ["text"],
        "fix": "always",
    }


def test_a_node_alone_in_a_filter_is_a_test_of_existence() -> None:
    assert path_of("$.*[?@]")([[False, 0, None]]) == [False, 0, None]
