"""Samples in HTML and Markdown: documents with tables."""

from __future__ import annotations

import re
from html import escape

from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.yaml_text import dump

from .texts import rows_of

#: What means nothing but itself in Markdown, at the start of a line too.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ,-]*")
_PART = re.compile(r"([a-zA-Z0-9]*)((?:[.#][\w-]+|\[[\w-]+=['\"]?[\w-]+['\"]?\])*)")
_MARK = re.compile(r"[.#][\w-]+|\[([\w-]+)=['\"]?([\w-]+)['\"]?\]")


def encode_html(wanted: JsonValue, selector: str) -> tuple[JsonValue, bytes]:
    """A page, whose tables stand where ``selector`` finds them if it is a simple one."""
    tables = _tables(wanted)
    before, attributes, after = _place(selector)
    lines = ["<!DOCTYPE html>", "<title>Sample</title>", *before]
    for table in tables:
        lines.append(f"<table{attributes}>")
        cells = "".join(f"<th>{escape(name)}</th>" for name in table[0])
        lines.append(f"<tr>{cells}</tr>")
        for row in table:
            cells = "".join(f"<td>{escape(value)}</td>" for value in row.values())
            lines.append(f"<tr>{cells}</tr>")
        lines.append("</table>")
    lines += [*after, ""]
    return _document(tables), "\n".join(lines).encode()


def encode_markdown(wanted: JsonValue, heading: str) -> tuple[JsonValue, bytes]:
    """A text with front matter, sections and tables."""
    members = wanted if isinstance(wanted, dict) else {}
    front = members.get("frontMatter")
    front = front if isinstance(front, dict) else {}
    sections = _sections(members.get("sections"), heading)
    tables = [
        [{_plain(name): _plain(value) for name, value in row.items()} for row in table]
        for table in _tables(members if "tables" in members else {"tables": []})
    ]
    text = f"---\n{dump(front).decode()}---\n" if front else ""
    for section in sections:
        mark = "#" * int(str(section["level"]))
        text += f"{mark} {section['heading']}\n\n{section['content']}\n\n"
    for table in tables:
        lines = [list(table[0]), ["---"] * len(table[0])]
        lines += [list(row.values()) for row in table]
        text += "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"
    document: JsonObject = {"frontMatter": front, **_document(tables)}
    return {**document, "sections": [*sections]}, text.encode()


def _document(tables: list[list[dict[str, str]]]) -> JsonObject:
    return {"tables": [[{**row} for row in table] for table in tables]}


def _tables(wanted: JsonValue) -> list[list[dict[str, str]]]:
    members = wanted if isinstance(wanted, dict) else {}
    tables = members.get("tables", [None])
    return [
        rows_of(table) for table in (tables if isinstance(tables, list) else [None])
    ]


def _sections(wanted: JsonValue, heading: str) -> list[JsonObject]:
    found: list[JsonObject] = []
    for item in wanted if isinstance(wanted, list) else []:
        members = item if isinstance(item, dict) else {}
        name = str(members.get("heading", "text"))
        level = members.get("level")
        fits = isinstance(level, int) and 1 <= level <= 6
        found.append(
            {
                "heading": (
                    name
                    if heading and name.startswith(heading)
                    else (heading or _plain(name))
                ),
                "level": level if fits else 2,
                "content": _plain(str(members.get("content", "text"))),
            }
        )
    return found


def _plain(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text == text.strip() else "text"


def _place(selector: str) -> tuple[list[str], str, list[str]]:
    """The elements around the tables, and the attributes of these."""
    before: list[str] = []
    after: list[str] = []
    attributes = ""
    for part in re.split(r"[\s>]+", selector.partition(",")[0].strip()):
        found = _PART.match(part)
        tag, marks = (found[1], found[2]) if found else ("", "")
        attributes = "".join(_attribute(mark) for mark in _MARK.finditer(marks))
        if tag != "table" and selector:
            before.append(f"<{tag or 'div'}{attributes}>")
            after.insert(0, f"</{tag or 'div'}>")
            attributes = ""
    return before, attributes, after


def _attribute(mark: re.Match[str]) -> str:
    if mark[1]:
        return f' {mark[1]}="{mark[2]}"'
    name = "class" if mark[0][0] == "." else "id"
    return f' {name}="{mark[0][1:]}"'
