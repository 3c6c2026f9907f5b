"""The committed Kraken package: current, clean, and as strict as its contracts say."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from emitted import MYPY, ROOT, passed, run
from naftiko_gen.cli import run as naftiko_gen

PROJECT = ROOT / "generated" / "kraken"
PACKAGE = "kraken_capability"
CONTRACT: dict[str, Any] = json.loads((PROJECT / "openapi.json").read_text("utf-8"))
TOOLS: list[dict[str, Any]] = json.loads((PROJECT / "tools.json").read_text("utf-8"))[
    "tools"
]

OPERATIONS = {
    operation["operationId"]: operation
    for item in CONTRACT["paths"].values()
    for operation in item.values()
}
SCHEMAS: dict[str, dict[str, Any]] = {
    name: operation["requestBody"]["content"]["application/json"]["schema"]
    for name, operation in OPERATIONS.items()
}


@pytest.fixture(scope="module", autouse=True)
def _on_the_path() -> Iterator[None]:
    sys.path.insert(0, str(PROJECT))
    yield
    sys.path.remove(str(PROJECT))


def module(name: str) -> ModuleType:
    return importlib.import_module(f"{PACKAGE}.{name}")


def test_it_is_what_the_spec_gives(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    status = naftiko_gen(["check"])
    assert status == 0, capsys.readouterr().out


def test_black_ruff_and_mypy_find_nothing(tmp_path: Path) -> None:
    passed(run("-m", "black", "--check", "--quiet", ".", cwd=PROJECT))
    passed(run("-m", "ruff", "check", "--isolated", "--no-cache", ".", cwd=PROJECT))
    passed(
        run(
            *(*MYPY, PACKAGE, "tests"),
            cwd=PROJECT,
            environment={"MYPYPATH": "tests"},
        )
    )


def test_its_own_tests_pass() -> None:
    # As its README says, apart from leaving no cache behind.
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=PROJECT)
    passed(done)
    assert "38 passed" in done.stdout


def test_its_program_says_what_it_can() -> None:
    done = run("-m", PACKAGE, "--help", cwd=PROJECT)
    passed(done)
    for command in ("serve", "stdio", "call"):
        assert command in done.stdout


def test_the_contract_is_valid() -> None:
    assert list(OpenAPIV31SpecValidator(CONTRACT).iter_errors()) == []
    assert len(OPERATIONS) == 12


def test_every_schema_of_the_contract_accepts_its_own_examples() -> None:
    for name, operation in OPERATIONS.items():
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        for schema in (SCHEMAS[name], answer):
            Draft202012Validator.check_schema(schema)
            check_examples(schema)


def check_examples(schema: Any) -> None:
    if isinstance(schema, dict):
        samples = list(schema.get("examples", ()))
        samples += [schema["default"]] if "default" in schema else []
        for sample in samples:
            Draft202012Validator(schema).validate(sample)
        for member in schema.values():
            check_examples(member)
    elif isinstance(schema, list):
        for member in schema:
            check_examples(member)


def test_samples_are_what_the_contract_says() -> None:
    samples = module("sandbox_samples").read_samples()
    assert len(samples) == len(CONTRACT["paths"]) == 12
    cases = importlib.import_module("test_contract_of_kraken").OPERATIONS
    answers = {
        operation_id.replace("_", "-"): operation["responses"]["200"]
        for operation_id, operation in OPERATIONS.items()
    }
    for case in cases:
        schema = answers[case.name]["content"]["application/json"]["schema"]
        sample = samples[case.upstream_method, case.upstream_path]
        Draft202012Validator(schema).validate({"error": [], "result": sample})


@pytest.fixture(scope="module", autouse=True)
def _its_cases(_on_the_path: None) -> Iterator[None]:
    """The package's own cases under a name that no other module has."""
    tests = PROJECT / "tests"
    for name, file in (
        ("support", "support"),
        ("test_contract_of_kraken", "test_contract"),
    ):
        spec = importlib.util.spec_from_file_location(name, tests / f"{file}.py")
        assert spec is not None and spec.loader is not None
        loaded = importlib.util.module_from_spec(spec)
        sys.modules[name] = loaded
        spec.loader.exec_module(loaded)
    yield
    del sys.modules["support"], sys.modules["test_contract_of_kraken"]


def test_every_tool_has_a_valid_schema_that_accepts_its_sample_arguments() -> None:
    cases = {
        case.name: case
        for case in importlib.import_module("test_contract_of_kraken").TOOLS
    }
    assert [tool["name"] for tool in TOOLS] == list(cases)
    assert len(cases) == 12
    for tool in TOOLS:
        validator = Draft202012Validator(tool["inputSchema"])
        validator.check_schema(tool["inputSchema"])
        validator.validate(cases[tool["name"]].named())
        assert not validator.is_valid({"unknown": 1})


def test_route_and_tool_describe_one_body() -> None:
    bodies = [tool["inputSchema"]["properties"]["body"] for tool in TOOLS]
    assert bodies == list(SCHEMAS.values())


# What a caller may send, from the schema and from near it.

TEXTS = st.one_of(
    st.sampled_from(["", "x", "1", "true", "null", "rebased", "all", "O" * 200]),
    st.text(max_size=5),
)
NUMBERS = st.one_of(
    st.integers(-(2**31) - 2, 2**31 + 2),
    st.sampled_from([-1, 0, 1, 0.0, 1.0, 1.5, -1.0, 2.0**31, 2**63, 10**30, 1e300]),
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)
    ),
    max_leaves=6,
)


def near(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a property's schema accepts, or that are almost so."""
    found: list[st.SearchStrategy[Any]] = []
    if "enum" in schema:
        found.append(st.sampled_from(schema["enum"]))
    for kind in ("examples", "default"):
        values = schema.get(kind)
        if values:
            found.append(st.sampled_from(values if kind == "examples" else [values]))
    for keyword in ("minimum", "maximum"):
        if keyword in schema:
            edge = schema[keyword]
            edges = [edge - 1, edge, edge + 1, float(edge), edge + 0.5]
            found.append(st.sampled_from(edges))
    if "maxLength" in schema:
        longest = schema["maxLength"]
        found.append(st.sampled_from(["y" * (longest + n) for n in (-1, 0, 1)]))
    for variant in schema.get("anyOf", ()):
        found.append(near(variant))
    if isinstance(schema.get("items"), dict):
        found.append(st.lists(near(schema["items"]), max_size=3))
    if schema.get("properties"):
        found.append(near_object(schema))
    return st.one_of(*found, SCALARS, ANYTHING)


def near_object(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    members = {name: near(member) for name, member in schema["properties"].items()}
    required = {
        name: member
        for name, member in members.items()
        if name in schema.get("required", ())
    }
    # Mostly the known members, sometimes a stranger among them.
    known = st.fixed_dictionaries(
        required, optional={n: m for n, m in members.items() if n not in required}
    )
    strangers = st.dictionaries(
        st.sampled_from([*members, "nonce", "other", ""]), ANYTHING, max_size=2
    )
    return st.one_of(
        known, strangers, st.builds(lambda a, b: {**a, **b}, known, strangers)
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_checks_accept_what_the_schema_accepts(name: str) -> None:
    schema = SCHEMAS[name]
    validator = Draft202012Validator(schema)
    check = getattr(module("inputs"), name)
    faults_class, error = module("faults").Faults, module("errors").CallError

    def accepted(value: Any) -> bool:
        faults = faults_class()
        body = check(value, faults, "/body")
        try:
            faults.raise_any()
        except error as refusal:
            assert refusal.status == 400
            assert all(fault.pointer.startswith("/body") for fault in refusal.faults)
            return False
        assert body is value
        return True

    @settings(max_examples=150, deadline=None)
    @given(st.one_of(near_object(schema), ANYTHING.filter(lambda v: v is not None)))
    def agree(value: Any) -> None:
        # Half of a surrogate pair cannot be sent, so the checks refuse it on top.
        json.dumps(value, ensure_ascii=False).encode()
        assert accepted(value) == validator.is_valid(value), list(
            validator.iter_errors(value)
        )

    agree()
    # No body at all: fine unless a member is required.
    assert accepted(None) is ("required" not in schema)
