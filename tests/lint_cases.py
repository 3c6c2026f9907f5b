"""For each rule of lint a document that breaks it, what is said where, and one that does not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """``found`` holds (line, column, message) of each offence in ``bad``."""

    rule: str
    bad: str
    found: tuple[tuple[int, int, str], ...]
    good: str


def _mcp(tools: str, before: str = "") -> str:
    return f"""\
capability:
{before}  exposes:
    - type: mcp
      namespace: agent
      tools:
{tools}"""


def _oauth(fields: str) -> str:
    return f"""\
capability:
  exposes:
    - type: rest
      namespace: shop
      authentication:
        type: oauth2
{fields}"""


_AGGREGATE = """\
  aggregates:
    - namespace: stock
      functions:
        - {name: count, description: Counts, semantics: {safe: true, idempotent: true}}
        - {name: order, description: Orders, semantics: {safe: false, idempotent: false}}
        - {name: renew, description: Renews, semantics: {idempotent: true}}
"""

CASES = (
    Case(
        "namespaces-unique",
        """\
consumes: [{namespace: a}]
binds: [{namespace: b}, {namespace: d}]
capability:
  consumes: [{namespace: b}]
  exposes: [{namespace: a}, {type: control}, {namespace: [a]}]
  binds: [{namespace: d}]
  aggregates: [{namespace: a}]
""",
        (
            (2, 21, "the namespace `b` is used twice, first in line 4"),
            (5, 25, "the namespace `a` is used twice, first in line 1"),
            (6, 23, "the namespace `d` is used twice, first in line 2"),
        ),
        "consumes: [{namespace: a}, {import: a, as: a}]\nbinds: [{namespace: b}]\n",
    ),
    Case(
        "consumes-baseuri-no-trailing-slash",
        """\
consumes:
  - baseUri: https://a.test/
capability:
  consumes:
    - baseUri: https://b.test/v1/
""",
        (
            (2, 14, "the base URI `https://a.test/` ends with `/`"),
            (5, 16, "the base URI `https://b.test/v1/` ends with `/`"),
        ),
        "consumes: [{baseUri: https://a.test/v1}, {baseUri: 7}]\n",
    ),
    Case(
        "consumed-resource-no-query-in-path",
        """\
capability:
  consumes:
    - type: http
      resources:
        - path: /find?kind=all
    - type: websocket
      resources: [{path: '/find?kind=all'}]
""",
        ((5, 17, "the consumed path `/find?kind=all` has a query"),),
        "consumes: [{resources: [{path: /find}, {path: 7}]}]\n",
    ),
    Case(
        "rest-resource-path-no-trailing-slash",
        """\
capability:
  exposes:
    - type: rest
      resources:
        - path: /
        - path: /orders/
""",
        (
            (5, 17, "the exposed path `/` ends with `/`"),
            (6, 17, "the exposed path `/orders/` ends with `/`"),
        ),
        "capability: {exposes: [{type: rest, resources: [{path: /orders}]}]}\n",
    ),
    Case(
        "rest-resource-path-no-query",
        """\
capability:
  exposes:
    - type: rest
      resources:
        - path: /orders?open
""",
        ((5, 17, "the exposed path `/orders?open` has a query"),),
        "capability: {exposes: [{type: rest, resources: [{path: /orders}]}]}\n",
    ),
    Case(
        "address-not-example",
        """\
capability:
  exposes:
    - {type: rest, address: api.example.com}
    - {type: mcp, address: example.com}
    - {type: skill, address: example.com}
    - {type: control, address: example.com}
""",
        (
            (3, 29, "the address `api.example.com` is a placeholder"),
            (4, 28, "the address `example.com` is a placeholder"),
            (5, 30, "the address `example.com` is a placeholder"),
        ),
        "capability: {exposes: [{type: rest, address: example.com.test}]}\n",
    ),
    Case(
        "aggregate-function-description",
        """\
capability:
  aggregates:
    - functions:
        - name: count
        - {name: order, description: ''}
        - description:
    - flows:
        renew: {call: a.b}
""",
        (
            (4, 11, "the function `count` has no `description`"),
            (5, 11, "the function `order` has no `description`"),
            (6, 11, "this function has no `description`"),
            (8, 9, "the function `renew` has no `description`"),
        ),
        "capability: {aggregates: [{functions: [{name: a, description: b}]}]}\n",
    ),
    Case(
        "aggregate-semantics-consistency",
        f"""\
capability:
{_AGGREGATE}  exposes:
    - type: mcp
      tools:
        - ref: stock.count
          hints: {{readOnly: false, destructive: true, idempotent: false}}
        - ref: stock.order
          hints: {{readOnly: true, idempotent: true}}
    - type: rest
      resources:
        - operations:
            - {{ref: stock.count, method: DELETE}}
            - {{ref: stock.order, method: GET}}
            - {{ref: stock.renew, method: POST}}
""",
        (
            (
                12,
                29,
                "`readOnly: false` contradicts `stock.count`, which has `safe: true`",
            ),
            (
                12,
                49,
                "`destructive: true` contradicts `stock.count`, which has `safe: true`",
            ),
            (
                12,
                67,
                "`idempotent: false` contradicts `stock.count`, which has"
                " `idempotent: true`",
            ),
            (
                14,
                29,
                "`readOnly: true` contradicts `stock.order`, which has `safe: false`",
            ),
            (
                14,
                47,
                "`idempotent: true` contradicts `stock.order`, which has"
                " `idempotent: false`",
            ),
            (
                18,
                42,
                "the method `DELETE` contradicts `stock.count`, which has `safe: true`",
            ),
            (
                19,
                42,
                "the method `GET` contradicts `stock.order`, which has `safe: false`",
            ),
            (
                20,
                42,
                "the method `POST` contradicts `stock.renew`, which has"
                " `idempotent: true`",
            ),
        ),
        f"""\
capability:
{_AGGREGATE}  exposes:
    - type: mcp
      tools:
        - {{ref: stock.count, hints: {{readOnly: true, destructive: false}}}}
        - {{ref: stock.renew, hints: {{readOnly: true, destructive: true}}}}
        - {{ref: stock.nothing, hints: {{readOnly: false}}}}
    - type: rest
      resources:
        - operations:
            - {{ref: stock.count, method: get}}
            - {{ref: stock.order, method: POST}}
            - {{ref: stock.renew, method: PUT}}
            - {{ref: stock.order}}
""",
    ),
    Case(
        "mcp-auth-stdio-conflict",
        """\
capability:
  exposes:
    - type: mcp
      transport: stdio
      authentication: {type: bearer}
""",
        ((5, 7, "an MCP adapter over stdio has `authentication`"),),
        "capability: {exposes: [{type: mcp, authentication: {type: bearer}}]}\n",
    ),
    Case(
        "oauth2-https-authserver",
        _oauth("        authorizationServerUri: http://id.test\n"),
        (
            (
                7,
                33,
                "`authorizationServerUri` is `http://id.test`, which is not `https://`",
            ),
        ),
        _oauth("        authorizationServerUri: https://id.test\n"),
    ),
    Case(
        "oauth2-resource-https",
        _oauth("        resource: http://api.test\n"),
        ((7, 19, "`resource` is `http://api.test`, which is not `https://`"),),
        _oauth("        resource: https://api.test\n"),
    ),
    Case(
        "oauth2-scopes-defined",
        _oauth("        resource: https://api.test\n"),
        ((5, 7, "OAuth 2 without `scopes`"),),
        _oauth("        scopes: []\n"),
    ),
    Case(
        "info-tags",
        "naftiko: 1.0.0-alpha2\ninfo: {label: A}\n",
        ((2, 1, "the capability has no `tags`"),),
        "info: {tags: []}\n",
    ),
    Case(
        "consumes-description",
        """\
consumes:
  - namespace: weather
capability:
  consumes:
    - {location: ./a.yaml, import: alarm}
    - {}
""",
        (
            (2, 5, "the consumes entry `weather` has no `description`"),
            (5, 7, "the consumes entry `alarm` has no `description`"),
            (6, 7, "this consumes entry has no `description`"),
        ),
        "consumes: [{namespace: a, description: The forecast.}]\n",
    ),
    Case(
        "rest-resource-description",
        """\
capability:
  exposes:
    - type: rest
      resources:
        - path: /orders
        - {name: x}
""",
        (
            (5, 11, "the resource `/orders` has no `description`"),
            (6, 11, "the resource `?` has no `description`"),
        ),
        "capability: {exposes: [{type: rest, resources: [{description: Orders}]}]}\n",
    ),
    Case(
        "rest-operation-description",
        """\
capability:
  exposes:
    - type: rest
      resources:
        - operations:
            - name: list
            - method: GET
""",
        (
            (6, 15, "the operation `list` has no `description`"),
            (7, 15, "this operation has no `description`"),
        ),
        """\
capability:
  exposes:
    - {type: rest, resources: [{operations: [{description: Lists orders.}]}]}
""",
    ),
    Case(
        "steps-name-pattern",
        """\
capability:
  exposes:
    - type: mcp
      tools:
        - steps:
            - name: the first
    - type: rest
      resources:
        - operations:
            - steps: [{name: a.b}]
""",
        (
            (6, 21, "the step name `the first` cannot be referred to everywhere"),
            (10, 30, "the step name `a.b` cannot be referred to everywhere"),
        ),
        """\
capability:
  aggregates: [{functions: [{steps: [{name: a.b}]}]}]
  exposes: [{type: mcp, tools: [{steps: [{name: a-b_1}, {name: 7}]}]}]
""",
    ),
    Case(
        "no-script-tags-in-markdown",
        """\
info:
  label: A <script> label
  description: |
    Text.
    <script src="x">
consumes: [{description: <script>}]
capability:
  exposes:
    - {type: skill, description: <script>, skills: [{description: <script>}]}
    - type: mcp
      tools: [{description: <script>}]
    - type: rest
      resources: [{description: <script>, operations: [{description: <script>}]}]
""",
        tuple(
            (line, column, "the text contains `<script`")
            for line, column in (
                (2, 10),
                (3, 16),
                (6, 26),
                (9, 34),
                (9, 67),
                (11, 29),
                (13, 33),
                (13, 70),
            )
        ),
        "info: {description: The <b>best</b> script.}\n",
    ),
    Case(
        "no-eval-in-markdown",
        "info:\n  description: Calls eval(x).\n",
        ((2, 16, "the text contains `eval(`"),),
        "info: {description: An evaluation (of sorts).}\n",
    ),
    Case(
        "baseuri-not-example",
        "consumes:\n  - baseUri: https://api.example.com/v1\n",
        ((2, 14, "the base URI `https://api.example.com/v1` is a placeholder"),),
        "consumes: [{baseUri: https://api.example.test}]\n",
    ),
    Case(
        "control-port-singleton-and-unique",
        """\
capability:
  exposes:
    - {type: rest, port: 8080}
    - {type: mcp, port: 8080}
    - {type: control, port: 8080}
    - {type: control, port: 9000}
""",
        (
            (
                5,
                29,
                "the control adapter shares port 8080 with another adapter, first in"
                " line 3",
            ),
            (6, 14, "a capability has one control adapter, first in line 5"),
        ),
        """\
capability:
  exposes: [{type: rest, port: 80}, {type: mcp, port: 80}, {type: control, port: 81}]
""",
    ),
    Case(
        "control-address-localhost-warning",
        "capability:\n  exposes:\n    - {type: control, address: 0.0.0.0}\n",
        (
            (
                3,
                32,
                "the control adapter listens at `0.0.0.0`, where others may reach it",
            ),
        ),
        "capability: {exposes: [{type: control}, {type: control, address: 127.0.0.1}]}\n",
    ),
    Case(
        "script-defaults-required",
        """\
capability:
  aggregates:
    - functions:
        - steps: [{type: script, name: a, location: file:///x}]
  exposes:
    - type: mcp
      tools:
        - steps: [{type: script, name: b, language: python}]
    - type: rest
      resources:
        - operations:
            - steps:
                - type: script
""",
        (
            (4, 19, "the script step `a` has no `language`"),
            (8, 19, "the script step `b` has no `location`"),
            (13, 19, "this script step has no `language`"),
            (13, 19, "this script step has no `location`"),
        ),
        """\
capability:
  exposes:
    - {type: control, management: null}
    - type: control
      management: {scripting: {defaultLocation: file:///x, defaultLanguage: python}}
    - {type: mcp, tools: [null, {steps: [{type: script}, {type: call}]}]}
""",
    ),
    Case(
        "import-from-required",
        """\
capability:
  consumes: [{location: ./a.yaml}]
  exposes: [{from: b.yaml, import: ''}]
""",
        (
            (2, 15, "this import does not say what it takes from the file"),
            (3, 14, "this import does not say what it takes from the file"),
        ),
        """\
capability:
  binds: [{location: file:///x}]
  consumes: [{location: ./a.yaml, import: a}]
""",
    ),
    Case(
        "import-import-required",
        "capability:\n  consumes: [{import: a}]\n  aggregates: [{import: b}]\n",
        (
            (2, 15, "this import does not say from which file"),
            (3, 17, "this import does not say from which file"),
        ),
        """\
capability:
  consumes: [{import: a, location: b}, {import: a, type: http}]
  aggregates: [{import: a, from: b}]
""",
    ),
    Case(
        "import-unique-alias",
        """\
capability:
  consumes:
    - {location: a.yaml, import: a}
    - {location: b.yaml, import: b, as: a}
""",
        ((4, 41, "two imports are called `a` here, first in line 3"),),
        """\
capability:
  consumes: [{location: a.yaml, import: a}, {location: b.yaml, import: a, as: b}]
  exposes: [{from: a.yaml, import: a}]
""",
    ),
    Case(
        "import-from-not-self",
        "capability:\n  consumes:\n    - {location: ., import: a}\n",
        ((3, 18, "an import from `.` is not one from another file"),),
        "capability: {consumes: [{location: ./a.yaml, import: a}]}\n",
    ),
    Case(
        "standalone-no-imports",
        "consumes:\n  - location: a.yaml\n    import: a\nbinds: [{from: b.yaml}]\n",
        (
            (
                2,
                5,
                "a shared file imports, which the engine of the format does not follow",
            ),
            (
                4,
                10,
                "a shared file imports, which the engine of the format does not follow",
            ),
        ),
        "consumes: [{location: a.yaml, import: a}]\ncapability: {}\n",
    ),
    Case(
        "exposes-namespace-required",
        "capability:\n  exposes:\n    - type: rest\n      port: 80\n",
        ((3, 7, "this adapter of type `rest` has no `namespace`"),),
        """\
capability:
  exposes: [{type: mcp, namespace: a}, {type: control}, {from: a.yaml, import: a}]
""",
    ),
    Case(
        "aggregates-namespace-required",
        "capability:\n  aggregates:\n    - label: A\n      functions: []\n",
        ((3, 7, "this aggregate has no `namespace`"),),
        "capability: {aggregates: [{namespace: a, functions: []}, {import: a}]}\n",
    ),
    Case(
        "aggregates-unique-function-name",
        """\
capability:
  aggregates:
    - functions: [{name: a}, {name: b}, {name: a}]
    - functions: [{name: a}]
""",
        ((3, 48, "the function name `a` is used twice, first in line 3"),),
        "capability: {aggregates: [{functions: [{name: a}, {name: b}, {}]}]}\n",
    ),
    Case(
        "tool-description-says-something",
        _mcp("""\
        - {name: get-open-orders, description: Fetches the open orders.}
        - {name: listOrders, description: 'Order listing'}
        - {name: balance, description: ''}
"""),
        (
            (
                6,
                48,
                "the description of the tool `get-open-orders` says no more than its"
                " name",
            ),
            (
                7,
                43,
                "the description of the tool `listOrders` says no more than its name",
            ),
            (
                8,
                40,
                "the description of the tool `balance` says no more than its name",
            ),
        ),
        _mcp("""\
        - {name: get-open-orders, description: Lists orders not yet filled.}
        - {name: list-orders, description: 注文を一覧する}
        - {name: balance}
        - {description: Balance.}
"""),
    ),
    Case(
        "tool-descriptions-differ",
        _mcp("""\
        - {name: a, description: Counts what is in stock.}
        - {name: b, description: counts  what is in Stock.}
"""),
        (
            (
                7,
                34,
                "the tool `b` has the description of another tool, first in line 6",
            ),
        ),
        _mcp("""\
        - {name: a, description: Counts what is in stock.}
        - {name: b, description: Counts what was sold.}
        - {name: c, ref: x.y}
        - {name: d, ref: x.z}
"""),
    ),
    Case(
        "tool-name-length",
        _mcp(f"""\
        - name: {"n" * 65}
"""),
        (
            (
                6,
                17,
                f"the tool name `{'n' * 60}…` has 65 characters; clients refuse more"
                " than 64",
            ),
        ),
        _mcp(f"        - name: {'n' * 64}\n"),
    ),
    Case(
        "tools-list-size",
        _mcp("        - {name: é, description: d, hints: {readOnly: true}}\n"),
        (
            (
                5,
                7,
                "`tools/list` of the adapter `agent` is about 166 bytes, 42 tokens"
                " (1 tool)",
            ),
        ),
        _mcp("        []\n"),
    ),
)
