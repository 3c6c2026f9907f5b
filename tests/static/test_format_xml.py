"""XML to JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from naftiko_gen import ir
from naftiko_gen.formats import encode
from static.errors import CallError
from static.format_xml import convert_xml
from static.reply import Reply
from test_format_csv import JSON

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def document(body: str | bytes) -> object:
    raw = body.encode() if isinstance(body, str) else body
    found = convert_xml(Reply(200, raw, "application/xml"))
    assert found.content_type == "application/json"
    return json.loads(found.body)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (
            "<r><u><id>1</id></u><u><id>2</id></u></r>",
            {"u": [{"id": "1"}, {"id": "2"}]},
        ),
        (
            '<r id="7"><n lang="en">A</n></r>',
            {"id": "7", "n": {"lang": "en", "": "A"}},
        ),
        (
            '<r><id>1</id><u id="2"><id>3</id></u></r>',
            {"id": "1", "u": {"id": ["2", "3"]}},
        ),
        ("<r><a>42</a><b>true</b></r>", {"a": "42", "b": "true"}),
        ("<r><a> x\n </a><b> </b></r>", {"a": " x\n ", "b": " "}),
        ("<r>text</r>", {"": "text"}),
        ('<r a="1">text</r>', {"a": "1", "": "text"}),
        ("<r/>", {}),
        ("<r> \n </r>", {}),
        ("<r><a/><b></b></r>", {"a": "", "b": ""}),
        (f'<r {XSI}><a xsi:nil="true"/></r>', {"a": None}),
        (f'<r {XSI}><a xsi:type="t">1</a></r>', {"a": {"type": "t", "": "1"}}),
        ("<r><a>1</a><b>2</b><a>3</a><a>4</a></r>", {"a": ["1", "3", "4"], "b": "2"}),
        ("<r>a<b/> c <b>x</b>\n</r>", {"": ["a", " c "], "b": ["", "x"]}),
        ("<r><![CDATA[<x>]]>&amp;&#233;</r>", {"": "<x>&\xe9"}),
        ('<p:r xmlns:p="u:b" p:x="1"><p:a>1</p:a></p:r>', {"x": "1", "a": "1"}),
        ('<r xmlns="u:a"><a>1</a></r>', {"a": "1"}),
        ("<!DOCTYPE r><!-- c --><r><?p i?><a>1</a></r>", {"a": "1"}),
        ('<!DOCTYPE r SYSTEM "file:///etc/passwd"><r>1</r>', {"": "1"}),
        ("\ufeff<r>\xe9</r>", {"": "\xe9"}),
        ("<r>\xe9</r>".encode("utf-16"), {"": "\xe9"}),
        (
            b'<?xml version="1.0" encoding="ISO-8859-1"?><r>\xe9</r>',
            {"": "\xe9"},
        ),
        ("<a>" * 100 + "</a>" * 100, None),
    ],
)
def test_elements_and_attributes_are_members(body: str | bytes, wanted: object) -> None:
    found = document(body)
    assert found == wanted or wanted is None


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "SECRET"}">' for n in range(9)
)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (f"<!DOCTYPE r [{LAUGHS}]><r>&l8;</r>", "declares an entity at line 1 column"),
        (
            '<!DOCTYPE r [\n<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
            "declares an entity at line 2 column",
        ),
        (
            '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://h/SECRET">%p;]><r/>',
            "declares an entity",
        ),
        ("<r>&SECRET;</r>", "undefined entity at line 1 column 4"),
        ("<r>\n<SECRET></r>", "mismatched tag at line 2 column 11"),
        ("<r>", "no element found at line 1 column 4"),
        ("", "no element found at line 1 column 1"),
        ("<r/><r/>", "junk after document element at line 1 column 5"),
        (b"<r>\xff</r>", "not well-formed (invalid token) at line 1 column 4"),
        (b'<?xml version="1.0" encoding="zip"?><r/>', "encoding is not known"),
        ("<a>" * 101, "more than 100 elements in one another at line 1"),
        ("<a>" * 1_000_000, "more than 100 elements in one another"),
        ('{"a": 1}', "not well-formed"),
    ],
    ids=lambda value: value[-30:] if isinstance(value, str) else None,
)
def test_broken_and_hostile_documents_are_refused(
    body: str | bytes, problem: str
) -> None:
    with pytest.raises(CallError) as caught:
        document(body)
    assert (caught.value.status, caught.value.code) == (502, "upstream_invalid")
    assert "is not valid XML: " in caught.value.message
    assert problem in caught.value.message
    assert "SECRET" not in caught.value.message


@given(JSON)
def test_samples_are_read_as_promised(wanted: ir.JsonValue) -> None:
    found, written = encode(wanted, ir.Format("xml", "application/xml"))
    assert document(written) == found
