"""What is put into documents: texts that mean something somewhere, and values of every type."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from hostile import PAYLOADS

from .seeds import seeds


@dataclass(frozen=True)
class Raw:
    """YAML text that stands in a document as it is, as a value or as a key."""

    text: str


#: Texts with a meaning to some part of the generator, or nearly one.
TEXTS = (
    *(
        "",
        " ",
        ".",
        "..",
        "/",
        "//",
        "*",
        "-",
        "_",
        "$",
        "$.",
        "$..*",
        "$[0]",
        "$['",
        "\\",
    ),
    *(
        "$.a[?(@.b > 1)]",
        "$.a[*].b",
        "$[::2]",
        "@",
        "#",
        "?",
        "%",
        "%zz",
        "%2F",
        "&",
        "=",
    ),
    *(
        "{",
        "}",
        "{}",
        "{x}",
        "{x",
        "x}",
        "{x}{x}",
        "{x}/{x}",
        "{x}.{y}",
        "{class}",
        "{1}",
    ),
    *(
        "{{",
        "}}",
        "{{}}",
        "{{x}}",
        "{{x",
        "{{ x }}",
        "{{{x}}}",
        "{{x}}{{x}}",
        "{{a.b.c}}",
    ),
    *(
        "{{env.X}}",
        "{{env.}}",
        "{{X}}",
        "${X}",
        "{{tools.x}}",
        "{{#x}}y{{/x}}",
        "{{&x}}",
    ),
    *(
        "rest.x",
        "rest.",
        "rest",
        "rest.body",
        "rest.body.x",
        "rest.header.x",
        "rest.path.x",
    ),
    *("tools.x", "tools.x.y", "tools.filter[name]", "tools.body", "env.X", "$.body.x"),
    *(
        "/a/{x}",
        "/a/{x}.json",
        "/a?b=c",
        "/a#b",
        "/../x",
        "/a//b",
        "/a/*",
        "/{x}:run",
        "a/b",
    ),
    *("/:x", "/a b", "/é", "/%41", "/a/../b", "/{a}{b}", "/{{x}}", "/{{env.X}}/{x}"),
    *(
        "http://",
        "https://",
        "https://h",
        "https://[::1",
        "https://[::1]:8",
        "ftp://h/x",
    ),
    *(
        "https://u:p@h",
        "https://h:99999",
        "https://h:x",
        "https://h/?q=1#f",
        "//h",
        "h.io/x",
    ),
    *(
        "https://{region}.h.io",
        "https://{{HOST}}/x",
        "https://é.io",
        "file:///etc/passwd",
    ),
    *(
        "class",
        "None",
        "self",
        "__init__",
        "print",
        "async",
        "match",
        "1x",
        "é",
        "日本",
        "a-b",
    ),
    *(
        "a_b",
        "A B",
        "a.b",
        "aB",
        "AB",
        "ab",
        "a--b",
        "-a",
        "context",
        "request",
        "upstream",
    ),
    *(
        "GET",
        "get",
        "POST",
        "HEAD",
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "1.0.0-beta5",
        "2.0",
    ),
    *(
        "string",
        "integer",
        "number",
        "boolean",
        "array",
        "object",
        "null",
        "json",
        "xml",
    ),
    *(
        "path",
        "query",
        "header",
        "cookie",
        "body",
        "environment",
        "form",
        "http",
        "mcp",
    ),
    *(
        "Authorization",
        "Content-Length",
        "Host",
        "Transfer-Encoding",
        "Cookie",
        "X-Y",
        "x:y",
    ),
    *(
        "true",
        "on",
        "no",
        "~",
        "12",
        "1.5",
        "1e400",
        "0x1F",
        "2026-05-30",
        "<<",
        "null",
    ),
    *("[", "(", "(a+)+$", "(?=a)", "[a-z", "\\d{1,99999}", "^a$", ".*", "(?P<x>a)\\1"),
    *(
        "\t",
        "\n",
        "a\nb",
        "\r\n",
        "\x00",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\u2028",
        "\u202e",
    ),
    *(
        "\ufeff",
        "\ufffe",
        "😀",
        "ﬁ",
        "İ",
        "ß",
        "e\u0301",
        "\u0661",
        "ª",
        "𝐱",
        "x\u200b",
    ),
    *(
        "x" * 300,
        "é" * 5000,
        "{x}" * 200,
        "{{x}}" * 300,
        "/a" * 2000,
        "(" * 500,
        "a." * 400,
    ),
    *(
        "$" + "[0]" * 300,
        "$" + ".a" * 600,
        "%41" * 900,
        "-" * 1000,
        "\\" * 999,
        '"' * 999,
    ),
    *PAYLOADS.values(),
)

#: Values of every type, for places where most of them are wrong.
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 1.5, -0.0, 1e300, 2**31, 2**63, 10**25, 65536, 8080),
    *(
        [],
        {},
        [[]],
        [{}],
        {"": ""},
        [None],
        ["x"],
        [1, "x", None],
        {"x": None},
        {"x": {}},
    ),
    *(
        {"type": "object"},
        {"type": "array"},
        {"name": "x"},
        [{"name": "x"}],
        {"x": "{{y}}"},
    ),
    *({"$ref": "#/x"}, {"type": "object", "properties": {"x": {"type": "string"}}}),
    ["x"] * 300,
    {f"k{number}": number for number in range(300)},
)

#: What only YAML can say, or says in its own way.
RAWS = (
    *(
        "~",
        "null",
        "",
        "yes",
        "off",
        "y",
        "TRUE",
        "0o17",
        "017",
        "0x1F",
        "0b11",
        "1_000",
    ),
    *(
        "2026-05-30",
        "2026-05-30T10:00:00Z",
        "12:30:45",
        ".inf",
        "-.INF",
        ".nan",
        "1e999",
    ),
    *(
        "!!str 1",
        "!!int x",
        "!!binary aGk=",
        "!!set {a, b}",
        "!!omap [a: 1]",
        "!x y",
        "! 12",
    ),
    *(
        "!!python/object/apply:os.system [x]",
        "!!timestamp 2026-05-30",
        "!!float 1",
        "!!x",
    ),
    *(
        "&a x",
        "*a",
        "*missing",
        "&a [*a]",
        "&a {b: *a}",
        "&a",
        "&é x",
        "*",
        "&",
        "!<x> y",
    ),
    *(
        "{<<: *a}",
        "{<<: {a: b}}",
        "{<<: [{a: 1}, {b: 2}]}",
        "{a: 1, a: 2}",
        "[a, b",
        "{a: b",
    ),
    *("{? [a]: b}", "{1: a, true: b, null: c}", "{2026-05-30: a}", "{~: x}", "{'': x}"),
    *(
        "'x",
        '"x',
        '"\\ud800"',
        '"\\x00"',
        '"\\UFFFFFFFF"',
        '"\\q"',
        '"\\u2028"',
        "%x",
        "`x",
    ),
    *(
        "@x",
        "x: y",
        "- x",
        "? x",
        "x #c",
        "#c",
        "|",
        ">-",
        "|9\n x",
        "|\n\tx",
        ">+\n\n\n",
    ),
    *("[" * 70, "{a: " * 70, "[" * 20_000, "[" * 40 + "]" * 40, "[,]", "{,}", "{a, b}"),
    *("x" * 70_000, "[" + "x, " * 30_000 + "]", "9" * 5_000, "-" * 40 + " x", "\t- x"),
    *(
        "--- x",
        "...",
        "--- {a: b}",
        "%YAML 1.1",
        "\x00",
        "\x07",
        "\ufeff",
        "\ud800",
        "\x85",
    ),
)


@cache
def keys() -> tuple[str, ...]:
    """Every key that some document has."""
    return tuple(sorted(by_key()))


@cache
def by_key() -> dict[str, tuple[Any, ...]]:
    """The values that each key has in some document, the smaller ones."""
    found: dict[str, dict[str, Any]] = {}
    waiting: list[Any] = [seed.data for seed in seeds()]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            for key, value in node.items():
                if isinstance(key, str) and len(text := repr(value)) < 600:
                    found.setdefault(key, {}).setdefault(text, value)
        if isinstance(node, dict | list):
            waiting.extend(node.values() if isinstance(node, dict) else node)
    return {
        key: tuple(values[text] for text in sorted(values))[:60]
        for key, values in found.items()
    }
