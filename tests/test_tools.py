"""What tools cost and say: the report, the selection, and what operators allow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dialect_specimens import Document, sound
from naftiko_gen import yaml_text
from naftiko_gen.cli import run
from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import JsonValue
from naftiko_gen.options import Options
from naftiko_gen.pipeline import Checked, Job, Stages, check
from naftiko_gen.tool_report import costs
from naftiko_gen.views.contracts import tools
from static.environment import SettingsError
from static.mcp_choice import allowed
from static.mcp_support import Tool
from static.reply import JsonObject, Reply


def _checked(
    document: Document, folder: Path, **chosen: Any
) -> tuple[Checked | None, Report]:
    path = folder / "orders.yaml"
    path.write_bytes(yaml_text.dump(document))
    report = Report()
    job = Job(str(path), "orders", (), Options(**chosen))
    return check(job, report, Stages()), report


def _offers() -> Document:
    """Two tools that read and two that write; the second of each lacks something."""
    document = sound()
    listed = document["capability"]["exposes"][1]["tools"]
    listed[0]["description"] = "What customers bought."
    listed[1]["description"] = "What  customers bought."
    listed += [
        {"name": "add-order", "description": "Add order", "call": "shop.add"},
        {"name": "x" * 64, "description": "Adds another one.", "call": "shop.add"},
    ]
    return document


def test_the_report_counts_what_is_listed(tmp_path: Path) -> None:
    found, _ = _checked(_offers(), tmp_path)
    assert found is not None
    [cost] = costs(found.capability)
    [adapter] = found.capability.mcp
    text = json.dumps(tools(adapter), ensure_ascii=False, separators=(",", ":"))
    assert cost.size == len(text.encode())
    assert cost.tokens == -(-cost.size // 4)
    assert sum(tool.tokens for tool in cost.tools) <= cost.tokens + len(cost.tools)
    problems = {tool.name: tool.problems for tool in cost.tools}
    assert problems["list-orders"] == ("no description of `limit`",)
    assert problems["get-order"][0] == "it has the description of `list-orders`"
    assert problems["add-order"][-1].startswith("`body` may hold anything")


@pytest.mark.parametrize(
    ("limit", "status"),
    [
        (("--max-tools", "4"), 0),
        (("--max-tools", "3"), 1),
        (("--max-tokens", "100"), 1),
        (("--max-problems", "99"), 0),
        (("--max-problems", "0"), 1),
        (("--max-tools", "2", "--read-only"), 0),
    ],
)
def test_limits_set_the_exit_status(
    limit: tuple[str, ...],
    status: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _checked(_offers(), tmp_path)
    spec = str(tmp_path / "orders.yaml")
    assert run(["tools", spec, *limit]) == status
    out, err = capsys.readouterr()
    assert out.startswith("orders-mcp: ")
    assert ("more than" in err) == bool(status)
    assert run(["tools", spec, "--format", "json", *limit]) == status
    document = json.loads(capsys.readouterr().out)
    assert bool(document["exceeded"]) == bool(status)
    assert document["adapters"][0]["tools"][0]["name"] == "list-orders"


@pytest.mark.parametrize(
    ("chosen", "names", "routes"),
    [
        ({"tools": ("list-*", "x*")}, ["list-orders", "x" * 64], 3),
        ({"read_only": True}, ["list-orders", "get-order"], 2),
        ({"tools": ("*-order",), "read_only": True}, ["get-order"], 2),
    ],
)
def test_the_tools_that_were_chosen_are_built(
    chosen: dict[str, Any], names: list[str], routes: int, tmp_path: Path
) -> None:
    found, report = _checked(_offers(), tmp_path, **chosen)
    assert found is not None, report.diagnostics
    assert [tool.name for tool in found.capability.tools] == names
    assert len(found.capability.routes) == routes


@pytest.mark.parametrize(
    "chosen",
    [{"tools": ("list-*", "nothing")}, {"tags": ("shop",)}, {"tools": ("LIST-*",)}],
)
def test_a_choice_that_fits_nothing_is_refused(
    chosen: dict[str, Any], tmp_path: Path
) -> None:
    found, report = _checked(_offers(), tmp_path, **chosen)
    assert found is None
    assert [error.code for error in report.errors] == ["E705"]


_TAGS = {
    "list-orders": ["reading", "shop"],
    "get-order": ["reading"],
    "add-order": ["writing", "shop"],
}


def _overlay(path: Path) -> Path:
    """An overlay at ``path`` that gives the tools of the offers their tags."""
    actions: list[JsonValue] = [
        {"target": f"$..tools[?@.name=='{name}']", "update": {"tags": [*tags]}}
        for name, tags in _TAGS.items()
    ]
    info: JsonValue = {"title": "Tags", "version": "1"}
    path.write_bytes(
        yaml_text.dump({"overlay": "1.0.0", "info": info, "actions": actions})
    )
    return path


def _in_the_file() -> Document:
    document = _offers()
    for tool in document["capability"]["exposes"][1]["tools"]:
        if tool["name"] in _TAGS:
            tool["tags"] = _TAGS[tool["name"]]
    return document


@pytest.mark.parametrize(
    ("chosen", "names", "routes"),
    [
        ({"tags": ("reading",)}, ["list-orders", "get-order"], 3),
        ({"tags": ("shop",)}, ["list-orders", "add-order"], 3),
        (
            {"tags": ("reading", "writing")},
            ["list-orders", "get-order", "add-order"],
            3,
        ),
        ({"tags": ("shop",), "tools": ("*-order",)}, ["add-order"], 3),
        ({"tags": ("shop",), "tools": ("get-*", "list-*")}, ["list-orders"], 3),
        ({"tags": ("shop",), "read_only": True}, ["list-orders"], 2),
        (
            {"tags": ("reading",), "tools": ("get-*",), "read_only": True},
            ["get-order"],
            2,
        ),
    ],
)
def test_tools_are_chosen_by_tags_that_an_overlay_gives(
    chosen: dict[str, Any], names: list[str], routes: int, tmp_path: Path
) -> None:
    _overlay(tmp_path / "orders.overlay.yaml")
    found, report = _checked(_offers(), tmp_path, **chosen)
    assert found is not None, report.diagnostics
    assert not report.diagnostics
    assert [tool.name for tool in found.capability.tools] == names
    assert len(found.capability.routes) == routes


def test_tags_in_the_file_are_an_extension(tmp_path: Path) -> None:
    found, report = _checked(_in_the_file(), tmp_path, tags=("writing",))
    assert found is not None
    assert [tool.name for tool in found.capability.tools] == ["add-order"]
    assert [note.code for note in report.diagnostics] == ["W202"] * 3


def test_later_versions_have_tags(tmp_path: Path) -> None:
    document = _in_the_file()
    document = {"ikanos": "1.0.0-beta5", **document}
    del document["naftiko"]
    document["info"]["display"] = document["info"].pop("label")
    del document["capability"]["exposes"][0]  # Its operations have no names.
    found, report = _checked(document, tmp_path, tags=("writing",))
    assert found is not None, report.diagnostics
    assert [tool.name for tool in found.capability.tools] == ["add-order"]
    assert not {note.code for note in report.diagnostics} & {"W202", "W164"}


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"tags": ("selling",)}, "no tool fits the tag `selling`"),
        ({"tags": ("Shop",)}, "no tool fits the tag `Shop`"),
        ({"tags": ("shop", "selling")}, "no tool fits the tag `selling`"),
        ({"tags": ("writing",), "tools": ("get-*",)}, "no tool fits the selection"),
        ({"tags": ("writing",), "tools": ("nothing",)}, "no tool fits `nothing`"),
        # There are routes that read; but tools were asked for, and none is left.
        ({"tags": ("writing",), "read_only": True}, "no tool fits the selection"),
    ],
)
def test_tags_that_leave_no_tool_are_refused(
    chosen: dict[str, Any], said: str, tmp_path: Path
) -> None:
    _overlay(tmp_path / "orders.overlay.yaml")
    found, report = _checked(_offers(), tmp_path, **chosen)
    assert found is None
    [error] = report.errors
    assert (error.code, error.message) == ("E705", said)
    assert error.hint is not None
    assert error.hint.endswith("; their tags `reading`, `shop`, `writing`")


def test_the_hint_says_that_there_are_no_tags(tmp_path: Path) -> None:
    _, report = _checked(_offers(), tmp_path, tags=("shop",))
    [error] = report.errors
    assert error.hint is not None and error.hint.endswith("; none of them has `tags`")


def test_tags_are_an_option_of_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _checked(_offers(), tmp_path)
    given = str(_overlay(tmp_path / "given.yaml"))
    spec, output = str(tmp_path / "orders.yaml"), str(tmp_path / "out")
    base = ["-q", spec, "-o", output, "--overlay", given]
    assert run(["build", *base, "--tags", "shop", "--read-only"]) == 0
    listed = json.loads((tmp_path / "out" / "orders" / "tools.json").read_text())
    assert [tool["name"] for tool in listed["tools"]] == ["list-orders"]
    assert run(["check", *base, "--read-only", "--tags", "shop"]) == 0
    assert run(["check", *base, "--read-only"]) == 2
    capsys.readouterr()
    assert run(["build", *base, "--tags", "selling"]) == 1
    assert "E705" in capsys.readouterr().err


def test_the_lock_knows_the_choice(tmp_path: Path) -> None:
    _checked(_offers(), tmp_path)
    spec, output = str(tmp_path / "orders.yaml"), str(tmp_path / "out")
    assert run(["build", "-q", spec, "-o", output, "--read-only"]) == 0
    assert run(["check", "-q", spec, "-o", output, "--read-only"]) == 0
    assert run(["check", "-q", spec, "-o", output]) == 2


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Add order", "Add order. Sends POST /orders."),
        ("Shop: adds an order.", "Shop: adds an order. Sends POST /orders."),
        ("Orders a parcel for a customer.", "Orders a parcel for a customer."),
    ],
)
def test_a_bare_description_gets_the_request(
    written: str, told: str, tmp_path: Path
) -> None:
    document = _offers()
    document["capability"]["exposes"][1]["tools"][2]["description"] = written
    found, _ = _checked(document, tmp_path)
    assert found is not None
    assert found.capability.tools[2].description == told


async def _answer(arguments: JsonObject, context: None) -> Reply:
    return Reply(200, b"{}", "application/json")


def _tool(name: str, read_only: bool) -> Tool[None]:
    return Tool(name, name, name, {}, read_only, False, True, True, _answer)


def test_an_operator_allows_some_tools() -> None:
    every = [_tool("get-order", True), _tool("get-shop", True), _tool("add", False)]
    assert allowed(every, (), read_only=False) == every
    assert allowed(every, ("get-*",), read_only=False) == every[:2]
    assert allowed(every, ("add", "*-shop"), read_only=True) == every[1:2]
    assert allowed(every[2:], (), read_only=True) == []
    with pytest.raises(SettingsError, match="other"):
        allowed(every, ("other",), read_only=False)
