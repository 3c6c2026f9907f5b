"""XML to JSON: elements and attributes are members, all values texts.

Names lose their namespace and the root its name. An element with nothing but text is
that text; beside attributes or elements, text is the member "". What has one name in
one element becomes a list. `xsi:nil="true"` makes an element null.

A document type may be named but declare no entity: those expand without bound, or
reach for files and servers.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import errors

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .converted import MAX_DEPTH, Unreadable, converted
from .reply import JsonObject, JsonValue, Reply

_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def convert_xml(reply: Reply) -> Reply:
    """The document of an answer in XML. Errors as in `converted`, with the place."""
    return converted(reply, "XML", _document)


def _document(reply: Reply) -> JsonValue:
    builder = _Builder()
    parser = DefusedXMLParser(target=builder)
    try:
        parser.feed(reply.body)
        parser.close()
    except ParseError as error:
        line, column = error.position
        problem = errors.messages.get(error.code, "not well-formed")
        raise Unreadable(f"{problem} at line {line} column {column + 1}") from None
    except DefusedXmlException:
        raise Unreadable(f"it declares an entity{_place(parser)}") from None
    except _TooDeep:
        problem = f"more than {MAX_DEPTH} elements in one another"
        raise Unreadable(f"{problem}{_place(parser)}") from None
    except (LookupError, ValueError):
        raise Unreadable("its encoding is not known") from None
    root = builder.root
    if isinstance(root, str):
        return {"": root} if root.strip() else {}
    return root


def _place(parser: DefusedXMLParser) -> str:
    expat = parser.parser
    return f" at line {expat.CurrentLineNumber} column {expat.CurrentColumnNumber + 1}"


class _TooDeep(Exception):
    """There are too many elements around one."""


class _Builder:
    """Makes values of elements while they are read."""

    def __init__(self) -> None:
        self.root: JsonValue = None
        self._open: list[tuple[str, JsonObject, bool]] = []
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins: its attributes come before what is in it."""
        if len(self._open) == MAX_DEPTH:
            raise _TooDeep
        if self._open:
            self._chunk()
        nil = attributes.get(_XSI, "").strip() in ("true", "1")
        if nil:
            del attributes[_XSI]
        members: JsonObject = {}
        for name, value in attributes.items():
            _add(members, _local(name), value)
        self._open.append((_local(tag), members, nil))
        self._text = []

    def data(self, text: str) -> None:
        """Some text; one text may come in several parts."""
        self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends, and is put into the one around it."""
        name, members, nil = self._open.pop()
        value: JsonValue = members
        if members:
            self._open.append((name, members, nil))
            self._chunk()
            self._open.pop()
        else:
            value = "".join(self._text)
        if nil:
            value = None
        self._text = []
        if self._open:
            _add(self._open[-1][1], name, value)
        else:
            self.root = value

    def close(self) -> JsonValue:
        """The value of the root."""
        return self.root

    def _chunk(self) -> None:
        """Text between elements; blanks are only there for the eye."""
        text = "".join(self._text)
        if text.strip():
            _add(self._open[-1][1], "", text)


class _Several(list[JsonValue]):
    """What has one name in one element."""


def _add(members: JsonObject, name: str, value: JsonValue) -> None:
    if name not in members:
        members[name] = value
        return
    before = members[name]
    if isinstance(before, _Several):
        before.append(value)
    else:
        members[name] = _Several([before, value])


def _local(name: str) -> str:
    return name.rpartition("}")[2]
