"""What changed between two capabilities, and whom it breaks."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emitted import ROOT
from naftiko_gen.changes import Kind, next_version
from naftiko_gen.changes.schemas import compare
from naftiko_gen.cli import run

KRAKEN = (ROOT / "specs/kraken.yaml").read_text("utf-8")
WEATHER = (ROOT / "specs/weather.yaml").read_text("utf-8")

CAPABILITY = """\
naftiko: 1.0.0-alpha2
binds:
- {namespace: env, keys: {DESK_TOKEN: DESK_TOKEN, SHOP_TOKEN: SHOP_TOKEN}}
capability:
  consumes:
  - type: http
    namespace: shop
    baseUri: https://shop.example
    resources:
    - name: orders
      path: /orders/{id}
      operations:
      - name: get-order
        method: GET
        inputParameters:
        - name: id
          in: path
  exposes:
  - type: rest
    namespace: desk
    port: 8080
    resources:
    - name: orders
      path: /orders/{id}
      operations:
      - method: GET
        name: get-order
        call: shop.get-order
        inputParameters:
        - {name: id, in: path, type: string, description: Its number.}
        with: {id: rest.id}
  - type: mcp
    namespace: agents
    port: 9090
    description: Orders.
    tools:
    - name: get-order
      description: One order.
      call: shop.get-order
      hints: {readOnly: true}
      inputParameters:
      - {name: id, type: string, description: Its number.}
      with: {id: agents.id}
"""


def told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, *more: str
) -> tuple[int, str]:
    for name, text in ("old.yaml", old), ("new.yaml", new):
        (tmp_path / name).write_text(text)
    status = run(
        ["changes", str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml"), *more]
    )
    out, err = capsys.readouterr()
    assert err == ""
    return status, out.replace(f"{tmp_path}/", "")


def changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> list[str]:
    """The lines of the changes, without the summary."""
    assert CAPABILITY.count(old) >= 1
    status, out = told(tmp_path, capsys, CAPABILITY, CAPABILITY.replace(old, new, 1))
    assert status == 0
    return out.splitlines()[:-1]


def test_the_same_file_has_no_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = told(tmp_path, capsys, KRAKEN, KRAKEN, "--fail-on", "internal")
    assert status == 0
    assert (
        out
        == f"{tmp_path}/old.yaml and {tmp_path}/new.yaml: nothing changed for the package\n".replace(
            f"{tmp_path}/", ""
        )
    )


def test_another_spelling_is_no_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spelt = "# A remark.\n" + CAPABILITY.replace(
        "port: 8080", 'port: 8080 # "the usual"'
    )
    status, out = told(tmp_path, capsys, CAPABILITY, spelt, "--fail-on", "internal")
    assert (status, out.endswith("nothing changed for the package\n")) == (0, True)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (
            "port: 8080",
            "port: 8081",
            [
                "new.yaml:20:16: breaking: rest desk: it listened on 127.0.0.1:8080, now on 127.0.0.1:8081"
            ],
        ),
        (
            "    - name: get-order\n      description: One",
            "    - name: find-order\n      description: One",
            [
                "new.yaml:33:16: breaking: mcp agents: tool get-order: removed",
                "new.yaml:37:13: additive: mcp agents: tool find-order: added",
            ],
        ),
        (
            "readOnly: true",
            "readOnly: false",
            [
                "new.yaml:37:13: breaking: mcp agents: tool get-order: readOnlyHint is false now",
            ],
        ),
        (
            "      - {name: id, type: string, description: Its number.}\n",
            "      - {name: id, type: string, description: Its key.}\n",
            [
                "new.yaml:37:13: internal: mcp agents: tool get-order: `id` is described in other words"
            ],
        ),
        (
            "path: /orders/{id}\n      operations:\n      - name",
            "path: /v2/orders/{id}\n      operations:\n      - name",
            [
                "new.yaml:13:15: internal: consumes shop: get-order: the path was /orders/{id}, now /v2/orders/{id}",
                # A description this short has the request behind it.
                "new.yaml:37:13: internal: mcp agents: tool get-order: description changed",
            ],
        ),
        (
            "    baseUri: https://shop.example\n",
            "    baseUri: https://shop.example\n    authentication: {type: bearer, token: '{{SHOP_TOKEN}}'}\n",
            [
                "new.yaml:4:1: breaking: setting SHOP_TOKEN: it must be set",
                "new.yaml:7:16: internal: consumes shop: the authentication: was none, now bearer",
            ],
        ),
        (
            "    port: 8080\n",
            "    port: 8080\n    authentication: {type: bearer, token: '{{DESK_TOKEN}}'}\n",
            [
                "new.yaml:4:1: breaking: setting DESK_TOKEN: it must be set",
                "new.yaml:20:16: breaking: rest desk: callers need credentials (bearer)",
                "new.yaml:27:17: additive: rest desk: GET /orders/{id}: the answer 401 is new",
                "new.yaml:27:17: additive: rest desk: GET /orders/{id}: the answer 403 is new",
            ],
        ),
    ],
    ids=["port", "name", "hint", "words", "path", "credentials", "callers"],
)
def test_a_change_is_told_at_its_place(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    lines: list[str],
) -> None:
    assert changed(tmp_path, capsys, old, new) == lines


@pytest.mark.parametrize(
    ("limit", "status"), [("breaking", 0), ("additive", 0), ("internal", 2)]
)
def test_a_run_can_fail_on_a_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], limit: str, status: int
) -> None:
    new = CAPABILITY.replace("One order.", "An order.")
    found, _ = told(tmp_path, capsys, CAPABILITY, new, "--fail-on", limit)
    assert found == status


def test_markdown_cannot_be_formatted_by_a_spec(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = CAPABILITY.replace(
        "path: /orders/{id}\n      operations:\n      - method",
        "path: '/**x**<b>/{id}'\n      operations:\n      - method",
    )
    status, out = told(tmp_path, capsys, CAPABILITY, new, "--format", "markdown")
    assert status == 0
    assert "**breaks callers**" in out
    assert "<b>" not in out.replace("\\<b\\>", "")
    assert "**x**" not in out


def test_json_says_what_text_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = CAPABILITY.replace("port: 8080", "port: 8081")
    _, out = told(tmp_path, capsys, CAPABILITY, new, "--format", "json")
    document = json.loads(out)
    assert document["version"] == "0.1.0"
    assert document["proposedVersion"] == "0.2.0"
    assert [c["kind"] for c in document["changes"]] == ["breaking"]
    assert document["changes"][0]["place"]["line"] == 20
    assert document["changes"][0]["before"]["line"] == 20


def test_a_side_that_is_wrong_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(CAPABILITY)
    new.write_text(CAPABILITY.replace("shop.get-order", "shop.got-order"))
    assert run(["changes", str(old), str(new)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "new.yaml:28:15: error[E202]" in err


def test_a_side_may_be_in_git(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True)

    spec = tmp_path / "specs/shop.yaml"
    spec.parent.mkdir()
    spec.write_text(CAPABILITY)
    # The sidecar is read as it was then, too.
    (tmp_path / "specs/shop.overlay.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: t, version: 1.0.0}\nactions:\n"
        "- target: $.capability.consumes[0]\n  update: {baseUri: 'https://then.example'}\n"
    )
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    (tmp_path / "specs/shop.overlay.yaml").unlink()
    monkeypatch.chdir(tmp_path / "specs")
    assert run(["changes", "git:HEAD:shop.yaml", "shop.yaml"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == (
        "shop.yaml:7:16: internal: consumes shop: the base URI was https://then.example,"
        " now https://shop.example"
    )
    spec.write_text("- nothing")
    git("commit", "-qam", "two")
    spec.write_text(CAPABILITY)
    assert run(["changes", "git:HEAD:shop.yaml", "shop.yaml"]) == 1
    assert capsys.readouterr().err.startswith("git:HEAD:specs/shop.yaml:1:1: error")
    assert run(["changes", "git:nowhere:shop.yaml", "shop.yaml"]) == 1
    assert "git has no 'nowhere'" in capsys.readouterr().err
    assert run(["changes", "git:HEAD", "shop.yaml"]) == 64
    assert run(["changes", "git:--output=x:shop.yaml", "shop.yaml"]) == 64


@pytest.mark.parametrize(
    ("version", "kind", "following"),
    [
        ("0.1.0", Kind.BREAKING, "0.2.0"),
        ("0.1.0", Kind.ADDITIVE, "0.1.1"),
        ("0.1.0", Kind.INTERNAL, "0.1.1"),
        ("1.2.3", Kind.BREAKING, "2.0.0"),
        ("1.2.3", Kind.ADDITIVE, "1.3.0"),
        ("1.2.3", Kind.INTERNAL, "1.2.4"),
        ("1.2.3", None, "1.2.3"),
        ("2026.1", Kind.BREAKING, "2026.1"),
    ],
)
def test_the_next_version(version: str, kind: Kind | None, following: str) -> None:
    assert next_version(version, kind) == following


_VALUES = [
    None, True, 0, 1, 2, 5, 1.5, "", "a", "bb", "ccc", [], [1], ["a"], [1, "a"],
    {}, {"p": 1}, {"p": "a"}, {"q": 1}, {"p": 1, "q": "a"}, {"p": None, "r": 2},
]  # fmt: skip
_TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"]


def _schemas() -> st.SearchStrategy[dict[str, Any]]:
    leaf = st.fixed_dictionaries(
        {},
        optional={
            "type": st.one_of(
                st.sampled_from(_TYPES),
                st.lists(st.sampled_from(_TYPES), min_size=1, max_size=3, unique=True),
            ),
            "enum": st.lists(
                st.sampled_from(["a", "bb", 1, None]), min_size=1, unique=True
            ),
            "minimum": st.integers(0, 2),
            "maximum": st.integers(1, 5),
            "minLength": st.integers(0, 2),
            "maxLength": st.integers(1, 3),
            "pattern": st.sampled_from(["^a", "b$"]),
        },
    )

    def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries(
            {},
            optional={
                "type": st.just("object"),
                "properties": st.dictionaries(st.sampled_from("pqr"), inner),
                "required": st.lists(st.sampled_from("pq"), unique=True),
                "additionalProperties": st.one_of(st.booleans(), inner),
                "items": inner,
                "anyOf": st.lists(inner, min_size=1, max_size=2),
            },
        )

    return st.recursive(leaf, nested, max_leaves=4)


@settings(max_examples=200, deadline=None)
@given(_schemas(), _schemas())
def test_what_does_not_break_takes_all_that_was_taken(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    """Held against a validator: inputs that were valid stay valid, answers stay expected."""
    kinds = [
        {finding.kind for finding in compare(old, new, taken=taken)}
        for taken in (True, False)
    ]
    before, after = (jsonschema.Draft202012Validator(s) for s in (old, new))
    for value in _VALUES:
        was, now = before.is_valid(value), after.is_valid(value)
        if was and not now:
            assert Kind.BREAKING in kinds[0], value
        if now and not was:
            assert Kind.BREAKING in kinds[1], value
