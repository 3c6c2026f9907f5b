"""Each rule of the dialect on its own example: what is written, and what it is read as."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from naftiko_gen.codes import CODES
from naftiko_gen.diagnostics import Report
from naftiko_gen.dialect import RULES, apply
from naftiko_gen.dialect.rule import Rule
from naftiko_gen.source import JsonValue, Source, read

REWRITING = [rule for rule in RULES if rule.after]
#: What they accept is not rewritten: the structure check sees something else in its place.
_AS_WRITTEN = ("W151", "W152", "W156")


_KEYED = (
    "capability: {{consumes: [{{namespace: a, authentication: {{type: apikey, key: k, value: v,"
    " placement: query}}, resources: [{{path: /x, operations: [{{name: c, method: POST,"
    " inputParameters: [{0}]}}]}}]}}], exposes: [{{type: mcp, tools: [{{call: a.c{1}}}]}}]}}"
)


def _read(text: str, folder: Path) -> Source:
    file = folder / "orders.yaml"
    file.write_text(text, encoding="utf-8")
    source = read(str(file), Report())
    assert source is not None
    return source


def _applied(rule: Rule, text: str, folder: Path) -> tuple[Source, Report]:
    report = Report()
    return apply(_read(text, folder), report, (rule,)), report


@pytest.mark.parametrize("rule", REWRITING, ids=lambda rule: rule.code)
def test_the_example_is_rewritten_with_a_note(rule: Rule, tmp_path: Path) -> None:
    source, report = _applied(rule, rule.before, tmp_path)
    assert source.data == yaml.safe_load(rule.after)
    assert {found.code for found in report.diagnostics} == {rule.code}
    lines = rule.before.splitlines()
    for found in report.diagnostics:
        line = lines[found.span.start.line - 1]
        shown = line[found.span.start.column - 1 :]
        assert shown.strip(), "the note is at a text of the document"


@pytest.mark.parametrize("rule", REWRITING, ids=lambda rule: rule.code)
def test_what_is_written_well_is_left_alone(rule: Rule, tmp_path: Path) -> None:
    if rule.code in _AS_WRITTEN:
        text = (
            rule.after.replace("/{tenant}", "")
            .replace("$top", "top")
            .replace("Format: binary", "Format: json")
        )
    else:
        text = rule.after
    before = _read(text, tmp_path)
    report = Report()
    assert apply(before, report, (rule,)) is before
    assert report.diagnostics == ()


@pytest.mark.parametrize("rule", REWRITING, ids=lambda rule: rule.code)
def test_every_place_of_the_result_is_in_the_file(rule: Rule, tmp_path: Path) -> None:
    source, _ = _applied(rule, rule.before, tmp_path)
    lines = len(rule.before.splitlines())
    for path in _paths(source.data, ()):
        for key in (False, True):
            span = source.span(path, key=key)
            assert 1 <= span.start.line <= lines


def _paths(data: JsonValue, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    found = [path]
    if isinstance(data, dict):
        for key, value in data.items():
            found += _paths(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            found += _paths(value, (*path, index))
    return found


def test_every_rule_has_its_own_code() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(CODES)


def _rule(code: str) -> Rule:
    return next(rule for rule in RULES if rule.code == code)


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("W159", "Info: {Label: Orders}", "info: {label: Orders}"),
        (
            "W159",
            "consumes: [{type: http, url: https://a.example, input_parameters: []}]",
            "consumes: [{type: http, baseUri: https://a.example, inputParameters: []}]",
        ),
        (
            "W159",
            "capability: {exposes: [{type: mcp, tools: [{operation: a.b, args: [],"
            " annotations: {readOnlyHint: true}}]}]}",
            "capability: {exposes: [{type: mcp, tools: [{call: a.b, inputParameters: [],"
            " hints: {readOnly: true}}]}]}",
        ),
        (
            "W160",
            "consumes: [{type: HTTP, authentication: {type: bearer-token}}]",
            "consumes: [{type: http, authentication: {type: bearer}}]",
        ),
        (
            "W160",
            "capability: {exposes: [{type: REST, resources: [{inputParameters:"
            " [{in: Query, type: int}]}]}]}",
            "capability: {exposes: [{type: rest, resources: [{inputParameters:"
            " [{in: query, type: integer}]}]}]}",
        ),
        ("W161", "info: {label: 1.10}", "info: {label: '1.10'}"),
        (
            "W161",
            "capability: {exposes: [{type: mcp, tools: [{hints: {readOnly: 'yes'}}]}]}",
            "capability: {exposes: [{type: mcp, tools: [{hints: {readOnly: true}}]}]}",
        ),
        (
            "W162",
            "capability: {exposes: [{type: mcp, tools: [{name: a, call: b.c, with: }]}]}",
            "capability: {exposes: [{type: mcp, tools: [{name: a, call: b.c}]}]}",
        ),
        ("W163", "info: {tags: 'a, b'}", "info: {tags: [a, b]}"),
        ("W163", "capability: [{consumes: []}]", "capability: {consumes: []}"),
        (
            "W163",
            "binds: {env: {TOKEN: SHOP_TOKEN}}",
            "binds: [{namespace: env, keys: {TOKEN: SHOP_TOKEN}}]",
        ),
        (
            "W163",
            "consumes: [{resources: {/a: {operations: {list: {method: GET}}}}}]",
            "consumes: [{resources: [{path: /a, operations: [{name: list, method: GET}]}]}]",
        ),
        (
            "W163",
            "capability: {exposes: {mcp: {tools: {a: {with: [{name: b, value: c}]}}}}}",
            "capability: {exposes: [{type: mcp, tools: [{name: a, with: {b: c}}]}]}",
        ),
        (
            "W164",
            "capability: {exposes: [{type: mcp, version: '1', x-y: 1}]}",
            "capability: {exposes: [{type: mcp}]}",
        ),
        (
            "W165",
            "{naftiko: 1.0.0-alpha2, consumes: [{a: b}], exposes: [{type: mcp}]}",
            "{naftiko: 1.0.0-alpha2, capability: {consumes: [{a: b}], exposes:"
            " [{type: mcp}]}}",
        ),
        (
            "W125",
            "consumes: [{namespace: s, authentication: {type: http, scheme: bearer, token: '{{T}}'}}]",
            "consumes: [{namespace: s, authentication: {type: bearer, token: '{{T}}'}}]",
        ),
        (
            "W125",
            "consumes: [{namespace: s, authentication: {token: '{{T}}'}}]",
            "consumes: [{namespace: s, authentication: {type: bearer, token: '{{T}}'}}]",
        ),
        (
            "W125",
            "consumes: [{namespace: s, authentication: {type: jwt, accessToken: '{{T}}', in: header}}]",
            "consumes: [{namespace: s, authentication: {type: bearer, token: '{{T}}'}}]",
        ),
        (
            "W125",
            "consumes: [{namespace: s, authentication: {type: oauth2, token: '{{T}}'}}]",
            "consumes: [{namespace: s, authentication: {type: bearer, token: '{{T}}'}}]",
        ),
        (
            "W125",
            "consumes: [{namespace: s, authentication: {type: oauth2, scopes: [read]}}]",
            "consumes: [{namespace: s, authentication: {type: bearer, token: '{{S_TOKEN}}'}}]",
        ),
        (
            "W125",
            "consumes: [{namespace: s, authentication: {type: apikey, name: X-K, key: '{{T}}', in: header}}]",
            "consumes: [{namespace: s, authentication: {type: apikey, key: X-K, value: '{{T}}', placement: header}}]",
        ),
        (
            "W125",
            "consumes: [{namespace: s, authentication: {type: apikey, headerName: X-K, apiKey: '{{T}}', location: header}}]",
            "consumes: [{namespace: s, authentication: {type: apikey, key: X-K, value: '{{T}}', placement: header}}]",
        ),
        (
            "W125",
            "consumes: [{namespace: s, authentication: {type: custom, headers: [{name: X-K, value: '{{T}}'}]}}]",
            "consumes: [{namespace: s, authentication: {type: apikey, headers: {X-K: '{{T}}'}}}]",
        ),
        (
            "W125",
            "consumes: [{namespace: s, authentication: {type: apikey, query: k, value: '{{T}}'}}]",
            "consumes: [{namespace: s, authentication: {type: apikey, key: k, value: '{{T}}', placement: query}}]",
        ),
        (
            "W125",
            "consumes: [{namespace: s, authentication: {type: apikey, key: X-K, value: '{{T}}', prefix: Token, placement: header}}]",
            "consumes: [{namespace: s, authentication: {type: apikey, key: X-K, value: 'Token {{T}}', placement: header}}]",
        ),
        (
            "W125",
            "consumes: [{namespace: s, authentication: {user: '{{U}}', pass: '{{T}}'}}]",
            "consumes: [{namespace: s, authentication: {type: basic, username: '{{U}}', password: '{{T}}'}}]",
        ),
        (
            "W169",
            "consumes: [{namespace: s, authentication: {type: bearer, token: $TOKEN}}]",
            "consumes: [{namespace: s, authentication: {type: bearer, token: '{{TOKEN}}'}}]",
        ),
        (
            "W169",
            "consumes: [{namespace: s, authentication: {type: bearer, token: 'Bearer {{secrets.TOKEN}}'}}]",
            "consumes: [{namespace: s, authentication: {type: bearer, token: 'Bearer {{TOKEN}}'}}]",
        ),
        (
            "W169",
            "consumes: [{namespace: s, authentication: {type: bearer, token: '{TOKEN}'}}]",
            "consumes: [{namespace: s, authentication: {type: bearer, token: '{{TOKEN}}'}}]",
        ),
        (
            "W174",
            "consumes: [{resources: [{operations: [{body: [a]}]}]}]",
            "consumes: [{resources: [{operations: [{body: {type: json, data: [a]}}]}]}]",
        ),
        (
            "W174",
            "consumes: [{resources: [{operations: [{body: {data: {a: b}}}]}]}]",
            "consumes: [{resources: [{operations: [{body: {type: json, data: {a: b}}}]}]}]",
        ),
        (
            "W174",
            "consumes: [{resources: [{operations: [{payload: {type: json, template: {a: b}}}]}]}]",
            "consumes: [{resources: [{operations: [{body: {type: json, data: {a: b}}}]}]}]",
        ),
        (
            "W174",
            "consumes: [{resources: [{operations: [{body: {contentType: text/plain, content: a}}]}]}]",
            "consumes: [{resources: [{operations: [{body: {type: text/plain, data: a}}]}]}]",
        ),
        (
            "W174",
            "consumes: [{resources: [{operations: [{body: {type: json, required: true, data: {a: b}}}]}]}]",
            "consumes: [{resources: [{operations: [{body: {type: json, data: {a: b}}}]}]}]",
        ),
        (
            "W167",
            "consumes: [{resources: [{operations: [{inputParameters: [{in: query, value: rest.a}]}]}]}]",
            "consumes: [{resources: [{operations: [{inputParameters: [{in: query, value: '{{tools.a}}'}]}]}]}]",
        ),
        (
            "W156",
            "consumes: [{resources: [{operations: [{outputRawFormat: image/png}]}]}]",
            "consumes: [{resources: [{operations: [{outputRawFormat: binary}]}]}]",
        ),
        (
            "W134",
            "consumes: [{resources: [{operations: [{body: {type: 'application/vnd.api+json', data: {a: b}}}]}]}]",
            "consumes: [{resources: [{operations: [{body: {type: json, data: {a: b}}}]}]}]",
        ),
        ("W121", "info: {name: Orders}", "info: {label: Orders}"),
        ("W121", "info: {description: D}", "info: {description: D, label: Orders}"),
        ("W123", "capability: {binds: }", "capability: {}"),
        (
            "W125",
            "consumes: [{authentication: {type: apikey, header: X, key: '{{env.K}}'}}]",
            "consumes: [{authentication: {type: apikey, key: X, value: '{{env.K}}'}}]",
        ),
        (
            "W125",
            "consumes: [{authentication: {type: bearer, value: '{{T}}', placement: header}}]",
            "consumes: [{authentication: {type: bearer, token: '{{T}}'}}]",
        ),
        (
            "W125",
            "consumes: [{authentication: {type: apiKey, in: query, name: k, token: '{{T}}'}}]",
            "consumes: [{authentication: {type: apikey, placement: query, key: k, value: '{{T}}'}}]",
        ),
        (
            "W125",
            "consumes: [{authentication: {type: header, header: X-T, value: '{{T}}'}}]",
            "consumes: [{authentication: {type: apikey, key: X-T, value: '{{T}}', placement: header}}]",
        ),
        (
            "W126",
            "consumes: [{authentication: {type: apikey, key: s, value: '{{T}}', placement: cookie}}]",
            "consumes: [{inputParameters: [{name: s, in: cookie, value: '{{T}}'}]}]",
        ),
        (
            "W126",
            "consumes: [{authentication: {type: apikey, key: s, value: '{{T}}', placement: body},"
            " resources: [{operations: [{method: GET}, {method: POST},"
            " {method: PUT, body: {type: json, data: {a: b}}}]}]}]",
            "consumes: [{resources: [{operations: [{method: GET},"
            " {method: POST, inputParameters: [{name: s, in: body, value: '{{T}}'}]},"
            " {method: PUT, body: {type: json, data: {a: b, s: '{{T}}'}}}]}]}]",
        ),
        (
            "W130",
            "consumes: [{resources: [{path: /a, operations: [{method: POST,"
            " inputParameters: [{name: x}]}, {method: GET, inputParameters: [{name: y}]}]}]}]",
            "consumes: [{resources: [{path: /a, operations: [{method: POST,"
            " inputParameters: [{name: x, in: body}]},"
            " {method: GET, inputParameters: [{name: y, in: query}]}]}]}]",
        ),
        (
            "W131",
            "consumes: [{resources: [{path: /api/a, operations: [{name: l, path: /api/a},"
            " {name: g, path: '/api/a/{id}'}]}]}]",
            "consumes: [{resources: [{path: /api/a, operations: [{name: l}]},"
            " {path: '/api/a/{id}', operations: [{name: g}]}]}]",
        ),
        (
            "W131",
            "consumes: [{resources: [{name: o, path: /Orders, operations: [{name: l, path: /},"
            """ {name: g, path: "/('{k}')"}, {name: r, path: ':run'}]}]}]""",
            "consumes: [{resources: [{name: o, path: /Orders, operations: [{name: l}]},"
            """ {name: o-2, path: "/Orders('{k}')", operations: [{name: g}]},"""
            " {name: o-3, path: '/Orders:run', operations: [{name: r}]}]}]",
        ),
        (
            "W132",
            "consumes: [{resources: [{path: '/#Describe', operations: [{name: d}]}]}]",
            "consumes: [{resources: [{path: /, operations: [{name: d}]}]}]",
        ),
        (
            "W132",
            "capability: {exposes: [{type: rest, resources: [{path: '/?Action=Run'},"
            " {path: '/v1#Describe'}]}]}",
            "capability: {exposes: [{type: rest, resources: [{path: /Run},"
            " {path: /v1/Describe}]}]}",
        ),
        (
            "W133",
            "consumes: [{namespace: a, resources: [{name: null, path: /p, operations: []}]}]",
            "consumes: [{namespace: a, resources: [{name: p, path: /p, operations: []}]}]",
        ),
        (
            "W133",
            "capability: {exposes: [{type: mcp, tools: [{name: a.b}, {name: a-b}]}]}",
            "capability: {exposes: [{type: mcp, tools: [{name: a-b-2}, {name: a-b}]}]}",
        ),
        (
            "W134",
            "consumes: [{resources: [{operations: [{body: {type: multipart, data: {a: x}}}]}]}]",
            "consumes: [{resources: [{operations: [{body: {type: multipartForm,"
            " data: [{name: a, value: x}]}}]}]}]",
        ),
        (
            "W135",
            "consumes: [{resources: [{operations: [{body: {type: yaml, data: {d: '{{tools.d}}'}}}]}]}]",
            "consumes: [{resources: [{operations: [{body: '{{tools.d}}', inputParameters:"
            " [{name: Content-Type, in: header, value: application/yaml}]}]}]}]",
        ),
        (
            "W149",
            "capability: {consumes: [{namespace: a, resources: [{path: /x, operations:"
            " [{name: c, method: POST}]}]}],"
            " exposes: [{type: mcp, tools: [{call: a.c, with: {n: tools.n}}]}]}",
            "capability: {consumes: [{namespace: a, resources: [{path: /x, operations:"
            " [{name: c, method: POST, inputParameters: [{name: n, in: body}]}]}]}],"
            " exposes: [{type: mcp, tools: [{call: a.c, with: {n: tools.n}}]}]}",
        ),
        (
            "W166",
            "consumes: [{inputParameters: [{name: a, in: query, description: '', required: true},"
            " {name: a, in: query, description: One.}]}]",
            "consumes: [{inputParameters: [{name: a, in: query, description: One.,"
            " required: true}]}]",
        ),
        (
            "W153",
            _KEYED.format("", ", with: {K: tools.own}, inputParameters: [{name: own}]"),
            _KEYED.format("", ", with: {}"),
        ),
        (
            "W153",
            _KEYED.format("{name: k, in: query}", ", inputParameters: [{name: k}]"),
            _KEYED.format("{name: k, in: query}", ""),
        ),
        (
            "W180",
            "capability: {consumes: [{namespace: s, resources: [{operations: [{name: b,"
            " inputParameters: [{name: 'page[n]', in: query, required: false}]}]}]}], exposes:"
            " [{type: mcp, tools: [{call: s.b, with: {'page[n]': tools.of.n},"
            " inputParameters: [{name: of.n}]}]}]}",
            "capability: {consumes: [{namespace: s, resources: [{operations: [{name: b,"
            " inputParameters: [{name: 'page[n]', in: query, required: false}]}]}]}], exposes:"
            " [{type: mcp, tools: [{call: s.b, with: {'page[n]': tools.of.n},"
            " inputParameters: [{name: of.n, required: false}]}]}]}",
        ),
        (
            "W154",
            "capability: {consumes: [{namespace: a, resources: [{path: '/x/{i}', operations:"
            " [{name: c, method: POST, body: {type: json, data: {}}}]}]}],"
            " exposes: [{type: rest, resources: [{path: /x, operations: [{method: POST,"
            " call: a.c, with: {i: rest.item}}]}]}]}",
            "capability: {consumes: [{namespace: a, resources: [{path: '/x/{i}', operations:"
            " [{name: c, method: POST, body: {type: json, data: {}}}]}]}],"
            " exposes: [{type: rest, resources: [{path: /x, operations: [{method: POST,"
            " call: a.c, with: {i: rest.item}, inputParameters: [{name: item, in: query,"
            " type: string, description: '`i` in the path of the upstream.'}]}]}]}]}",
        ),
    ],
)
def test_other_forms(code: str, before: str, after: str, tmp_path: Path) -> None:
    source, report = _applied(_rule(code), before, tmp_path)
    assert source.data == yaml.safe_load(after)
    assert {found.code for found in report.diagnostics} == {code}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        # The file's own format, or what would be a guess.
        ("W121", "consumes: []\n"),
        ("W125", "consumes: [{authentication: {type: oauth2, name: a, in: header}}]"),
        ("W159", "consumes: [{type: http, baseUrii: a}]"),
        ("W159", "consumes: [{type: http, baseUri: a, url: b}]"),
        ("W160", "consumes: [{type: websocket}]"),
        ("W160", "naftiko: 1.0.0-ALPHA2"),
        ("W161", "capability: {exposes: [{type: mcp, port: '80 80'}]}"),
        ("W162", "capability: {exposes: [{type: mcp, tools: [{call: , name: }]}]}"),
        ("W163", "info: [{label: a}, {label: b}]"),
        ("W163", "consumes: {a: b}"),
        ("W164", "consumes: [{timeout: 3, $ref: a}]"),
        ("W165", "naftiko: 1.0.0-alpha2\nconsumes: []"),
        ("W125", "consumes: [{authentication: {type: hmac, apiKey: '{{T}}'}}]"),
        ("W174", "consumes: [{resources: [{operations: [{body: {type: json}}]}]}]"),
        ("W174", "consumes: [{resources: [{operations: [{requestBody: {a: b}}]}]}]"),
        ("W167", "consumes: [{inputParameters: [{value: 'see tools.a'}]}]"),
        ("W168", "consumes: [{resources: [{path: '/a/:verb', operations: []}]}]"),
        ("W169", "consumes: [{authentication: {token: '{{other.TOKEN}}'}}]"),
        ("W169", "consumes: [{authentication: {password: 'pa$WORD1'}}]"),
        ("W169", "consumes: [{inputParameters: [{value: 'caf%C3%A9'}]}]"),
        ("W169", "consumes: [{inputParameters: [{value: $Filter}]}]"),
        ("W169", "consumes: [{inputParameters: [{value: '<A><B>1</B></A>'}]}]"),
        ("W170", "consumes: [{authentication: {type: bearer}}]"),
        ("W127", "consumes: [{namespace: a, baseUri: b}, {namespace: a, baseUri: c}]"),
        (
            "W142",
            "capability: {consumes: [{namespace: a, resources: [{operations: [{name: getA},"
            " {name: get-a}]}]}], exposes: [{type: mcp, tools: [{call: a.get_a}]}]}",
        ),
        (
            "W143",
            "capability: {consumes: [{namespace: a, resources: [{operations: [{name: b}]}]}],"
            " exposes: [{type: mcp, tools: [{call: c.b}]}]}",
        ),
        (
            "W145",
            "capability: {exposes: [{type: skill, skills: [{location: 'file:///skills/a'}]}]}",
        ),
        (
            "W147",
            "capability: {consumes: [{namespace: s, resources: [{path: /prices, operations:"
            " [{name: get-order, method: GET, inputParameters: [{name: id, in: path}]}]}]}],"
            " exposes: [{type: mcp, tools: [{call: s.get-order}]}]}",
        ),
        (
            "W147",
            "capability: {consumes: [{namespace: s, resources: [{path: /orders, operations:"
            " [{name: merge-order, method: PUT, inputParameters: [{name: id, in: path}]}]}]}],"
            " exposes: [{type: mcp, tools: [{call: s.merge-order}]}]}",
        ),
        *(
            (
                "W147",
                "capability: {consumes: [{namespace: s, resources: [{path: /orders,"
                " operations: [{name: get-order, method: GET, inputParameters:"
                f" [{{name: {name}, in: path}}]}}]}}]}}],"
                " exposes: [{type: mcp, tools: [{call: s.get-order}]}]}",
            )
            for name in ("a/b", "x" * 65)
        ),
        # Nothing says more of the parameter than the format; or it is needed.
        *(
            (
                "W180",
                "capability: {consumes: [{namespace: s, resources: [{path: '/a/{b}', operations:"
                f" [{{name: b, inputParameters: [{{name: n, {said}}}]}}]}}]}}],"
                f" exposes: [{{type: mcp, tools: [{{call: s.b, {more}}}]}}]}}",
            )
            for said, more in (
                ("in: query", "inputParameters: [{name: n}]"),
                ("in: path, type: string", "inputParameters: [{name: n}]"),
                ("in: query, required: true", "inputParameters: [{name: n}]"),
                ("in: query, type: string", "inputParameters: [{name: m}]"),
                (
                    "in: query, type: string",
                    "inputParameters: [{name: n, required: true}]",
                ),
                (
                    "in: query, type: string",
                    "inputParameters: [{name: n}, {name: m, required: false}]",
                ),
                (
                    "in: query, type: string",
                    "with: {n: tools.m, b: tools.m}, inputParameters: [{name: m}]",
                ),
            )
        ),
        ("W139", "capability: {exposes: [{type: rest, resources: []}]}"),
        *(
            ("W140", f"consumes: [{{authentication: {text}}}]")
            for text in (
                "{type: bearer, token: '{{env.HMAC}}'}",
                "{type: apikey, key: Signature, value: '{{env.K}}'}",
                "{type: apikey, key: Authorization, value: 'OAuth {{env.K}}'}",
                "{type: bearer, token: 'HMACS {{env.K}}'}",
            )
        ),
        (
            "W140",
            "consumes: [{signing: {scheme: kraken-spot},"
            " authentication: {type: bearer, token: 'HMAC {{env.K}}'}}]",
        ),
        (
            "W166",
            "consumes: [{inputParameters: [{name: a, in: query}, {name: a, in: header},"
            " {name: b, in: query, value: '1'}, {name: b, in: query, value: '2'}]}]",
        ),
        # An input that has the name of the credential, and feeds something else.
        (
            "W153",
            _KEYED.format("{name: k, in: body}", ", inputParameters: [{name: k}]"),
        ),
        (
            "W153",
            _KEYED.format(
                "{name: n, in: query}",
                ", with: {n: tools.k}, inputParameters: [{name: k}]",
            ),
        ),
        ("W152", "consumes: [{inputParameters: [{name: a b, in: query}]}]"),
        ("W152", "consumes: [{inputParameters: [{name: '{{KEY}}', in: query}]}]"),
        (
            "W152",
            f"consumes: [{{inputParameters: [{{name: {'$a' * 40}, in: query}}]}}]",
        ),
    ],
)
def test_what_is_no_deviation_of_this_kind(
    code: str, text: str, tmp_path: Path
) -> None:
    source = _read(text, tmp_path)
    report = Report()
    assert apply(source, report, (_rule(code),)) is source
    assert report.diagnostics == ()
