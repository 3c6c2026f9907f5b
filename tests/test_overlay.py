"""Provider profiles, sidecars and overlay files, laid over a spec in that order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from naftiko_gen.diagnostics import Report
from naftiko_gen.overlay import Applied, apply, inputs, sidecar_of
from naftiko_gen.overlay.profile import host_of
from naftiko_gen.source import Source, read

SPEC = """\
naftiko: 1.0.0-alpha2
info:
  label: Account
  tags: [Kraken]
capability:
  consumes:
    - type: http
      namespace: kraken
      baseUri: https://api.kraken.com
      authentication:
        type: apikey
        key: API-Key
        value: '{{env.KRAKEN_API_KEY}}'
        placement: header
      resources:
        - name: balance
          path: /0/private/Balance
          operations:
            - name: getBalance
              method: POST
        - name: ledgers
          path: /0/private/Ledgers
          operations:
            - name: getLedgers
              method: POST
        - name: time
          path: /0/public/Time
          operations:
            - name: getTime
              method: GET
"""


class Case:
    """A folder with one spec, laid over once."""

    def __init__(self, folder: Path, spec: str, **files: str) -> None:
        self.folder = folder
        self.report = Report()
        self.spec = self.write("spec", spec)
        self.files = [self.write(name, text) for name, text in files.items()]
        source = read(self.spec, self.report)
        assert source is not None
        self.before: Source = source

    def write(self, name: str, text: str) -> str:
        file = self.folder / f"{name}.yaml"
        file.write_text(text, "utf-8")
        return str(file)

    def apply(self, *extra: str) -> tuple[Any, tuple[Applied, ...]]:
        self.after, applied = apply(self.before, self.report, extra)
        return self.after.data, applied

    def found(self) -> list[tuple[str, str, int, int]]:
        """Code, file name, line and column of every diagnostic."""
        return [
            (d.code, Path(d.span.file).name, d.span.start.line, d.span.start.column)
            for d in self.report.diagnostics
        ]


def block(data: Any, index: int = 0) -> Any:
    return data["capability"]["consumes"][index]


def operation(data: Any, index: int) -> Any:
    return block(data)["resources"][index]["operations"][0]


def overlay(*actions: str) -> str:
    head = "overlay: 1.0.0\ninfo: {title: Test, version: 1.0.0}\nactions:\n"
    return head + "".join(f"  - {action}\n" for action in actions)


def test_the_profile_of_the_host_is_merged(tmp_path: Path) -> None:
    data, applied = Case(tmp_path, SPEC).apply()
    kraken = block(data)
    assert kraken["signing"]["scheme"] == "kraken-spot"
    assert kraken["signing"]["credentials"]["secret"] == "KRAKEN_API_SECRET"
    assert kraken["signing"]["optional"] == ["otp"]
    assert kraken["errors"]["path"] == "error"
    assert kraken["limits"]["counter"]["default"] == "starter"
    assert "authentication" not in kraken
    assert operation(data, 0)["permission"] == "Funds: Query"
    assert operation(data, 1)["cost"] == 2
    assert operation(data, 1)["requestBody"]["additionalProperties"] is False
    assert operation(data, 2) == {"name": "getTime", "method": "GET"}
    (only,) = applied
    assert (only.kind, only.file) == ("profile", "api.kraken.com.yaml")
    assert "2 of 3 operations" in only.description
    assert inputs(applied) == ()


def test_the_document_that_was_read_stays_as_it_is(tmp_path: Path) -> None:
    case = Case(tmp_path, SPEC)
    case.apply()
    assert "signing" not in block(case.before.data)
    assert "authentication" in block(case.before.data)


def test_a_dropped_credential_is_reported_where_it_stands(tmp_path: Path) -> None:
    case = Case(tmp_path, SPEC)
    case.apply()
    assert case.found() == [("W201", "spec.yaml", 10, 7)]
    (warning,) = case.report.diagnostics
    assert case.report.ok
    for variable in ("KRAKEN_API_KEY", "KRAKEN_API_SECRET"):
        assert variable in warning.message
    assert "KRAKEN_OTP: optional" in warning.message


def test_no_warning_without_a_credential(tmp_path: Path) -> None:
    start = SPEC.index("      authentication:")
    spec = SPEC[:start] + SPEC[SPEC.index("      resources:") :]
    case = Case(tmp_path, spec)
    data, _ = case.apply()
    assert "signing" in block(data)
    assert case.found() == []


def test_what_was_added_has_the_position_of_what_holds_it(tmp_path: Path) -> None:
    case = Case(tmp_path, SPEC)
    case.apply()
    holder = ("capability", "consumes", 0)
    span = case.after.span((*holder, "signing", "credentials", "key"))
    assert span == case.before.span(holder)
    assert span.file == case.spec


def test_the_document_itself_has_the_last_word_over_the_profile(
    tmp_path: Path,
) -> None:
    spec = SPEC.replace("method: POST", "method: POST\n              cost: 5")
    own = "      signing: {scheme: kraken-spot, credentials: {key: A, secret: B}}\n"
    spec = spec.replace("      resources:\n", own + "      resources:\n")
    case = Case(tmp_path, spec)
    data, _ = case.apply()
    assert operation(data, 0)["cost"] == 5
    assert operation(data, 0)["permission"] == "Funds: Query"
    assert block(data)["signing"]["credentials"] == {"key": "A", "secret": "B"}
    assert "paths" not in block(data)["signing"]
    assert "authentication" in block(data)
    assert case.found() == []


def test_public_operations_alone_are_not_signed(tmp_path: Path) -> None:
    spec = SPEC.replace("/0/private/", "/0/public/")
    case = Case(tmp_path, spec)
    data, _ = case.apply()
    assert block(data).keys().isdisjoint({"signing", "limits"})
    assert "authentication" in block(data)
    assert "errors" in block(data)
    assert case.found() == []


@pytest.mark.parametrize("host", ["api.example.org", f"api.{'x' * 300}.org"])
def test_an_unknown_host_changes_nothing(host: str, tmp_path: Path) -> None:
    case = Case(tmp_path, SPEC.replace("api.kraken.com", host))
    data, applied = case.apply()
    assert applied == ()
    assert data == case.before.data


def test_operations_are_found_by_their_whole_path(tmp_path: Path) -> None:
    spec = SPEC.replace("https://api.kraken.com", "https://API.Kraken.com:443/0")
    data, _ = Case(tmp_path, spec.replace("path: /0/", "path: /")).apply()
    assert operation(data, 0)["permission"] == "Funds: Query"
    assert "signing" in block(data)


def test_a_method_that_the_profile_does_not_know_is_left_alone(tmp_path: Path) -> None:
    data, _ = Case(tmp_path, SPEC.replace("method: POST", "method: PUT")).apply()
    assert operation(data, 0) == {"name": "getBalance", "method": "PUT"}


def test_shared_consumes_files_are_covered(tmp_path: Path) -> None:
    spec = SPEC.replace("capability:\n", "").replace("\n  ", "\n")
    case = Case(tmp_path, spec)
    data, _ = case.apply()
    assert "signing" in data["consumes"][0]
    assert case.found() == [("W201", "spec.yaml", 9, 5)]


@pytest.mark.parametrize(
    ("base", "host"),
    [
        ("https://api.kraken.com", "api.kraken.com"),
        ("HTTPS://API.KRAKEN.COM:443/0", "api.kraken.com"),
        ("http://api.kraken.com:80", "api.kraken.com"),
        ("https://api.kraken.com:8443", ""),
        ("https://api.kraken.com:port", ""),
        ("https://{{env.HOST}}", ""),
        ("https://..", ""),
        ("https://../../etc/passwd", ""),
        ("ftp://api.kraken.com", ""),
        ("api.kraken.com", ""),
        ("https://[::1", ""),
        ("", ""),
    ],
)
def test_hosts_that_a_profile_may_have(base: str, host: str) -> None:
    assert host_of(base) == host


@pytest.mark.parametrize(
    "capability",
    ["{}", "[]", "text", "{consumes: {}}", "{consumes: [1, {baseUri: 1}]}"],
)
def test_a_document_of_another_shape_passes(tmp_path: Path, capability: str) -> None:
    case = Case(tmp_path, f"naftiko: 1.0.0-alpha2\ncapability: {capability}\n")
    assert case.apply() == (case.before.data, ())
    assert case.found() == []


def test_broken_parts_of_a_known_block_pass(tmp_path: Path) -> None:
    resources = "[3, {path: 4, operations: 5}, {operations: [6, {method: 7}]}]"
    spec = f"capability: {{consumes: [{{baseUri: 'https://api.kraken.com', resources: {resources}}}]}}"
    case = Case(tmp_path, spec)
    case.apply()
    assert case.found() == []


def test_a_sidecar_is_found_and_merged_over_the_profile(tmp_path: Path) -> None:
    update = "{signing: {credentials: {key: MY_KEY}}, errors: {ignore: [X]}}"
    action = (
        f"{{target: '$.capability.consumes[0]', description: Mine., update: {update}}}"
    )
    case = Case(tmp_path, SPEC)
    file = case.write("spec.overlay", overlay(action))
    data, applied = case.apply()
    assert block(data)["signing"]["credentials"]["key"] == "MY_KEY"
    assert block(data)["signing"]["credentials"]["otp"] == "KRAKEN_OTP"
    assert block(data)["errors"]["ignore"] == ["W", "X"]
    assert [a.kind for a in applied] == ["profile", "sidecar"]
    description = "updated 1 place at $.capability.consumes[0]: Mine."
    assert applied[1] == Applied("sidecar", file, description)
    assert inputs(applied) == (file,)


def test_an_update_of_one_place_leaves_its_likes_alone(tmp_path: Path) -> None:
    target = "$..operations[?@.name == 'getBalance'].requestBody.properties"
    update = "{rebase_multiplier: {default: base}}"
    case = Case(tmp_path, SPEC, a=overlay(f'{{target: "{target}", update: {update}}}'))
    data, _ = case.apply(*case.files)
    defaults = [
        operation(data, index)["requestBody"]["properties"]["rebase_multiplier"]
        for index in (0, 1)
    ]
    assert [item["default"] for item in defaults] == ["base", "rebased"]


def test_removals(tmp_path: Path) -> None:
    case = Case(
        tmp_path,
        SPEC.replace("api.kraken.com", "api.example.org"),
        a=overlay(
            "{target: '$..resources[0, 2]', remove: true}",
            "{target: '$.info.tags', remove: true}",
            "{target: '$..authentication', remove: true, update: {ignored: 1}}",
        ),
    )
    data, applied = case.apply(*case.files)
    assert [r["name"] for r in block(data)["resources"]] == ["ledgers"]
    assert data["info"] == {"label": "Account"}
    assert "authentication" not in block(data)
    assert applied[0].description == "removed 2 places at $..resources[0, 2]"
    assert case.found() == []


def test_nested_removals_take_the_inner_nodes_too(tmp_path: Path) -> None:
    case = Case(
        tmp_path,
        "a: [[1, 2], [3], 4]\nb: {a: 1}\n",
        a=overlay("{target: '$..a', remove: true}"),
        b=overlay("{target: '$.b', update: {list: [1, 2, 3, 4]}}"),
        c=overlay("{target: '$.b.list[1:]', remove: true}"),
    )
    data, _ = case.apply(*case.files)
    assert data == {"b": {"list": [1]}}


def test_updates_by_kind_of_target(tmp_path: Path) -> None:
    case = Case(
        tmp_path,
        "object: {kept: 1, changed: 1, deep: {list: [1]}}\nlist: [1]\nplain: 1\n",
        a=overlay(
            "{target: $.object, update: {changed: 2, new: {x: 1}, deep: {list: [2]}}}",
            "{target: $.list, update: {entry: 2}}",
            "{target: $.list, update: [3, 4]}",
            "{target: $.plain, update: two}",
            "{target: $.object.new.x, update: null}",
            "{target: $, update: {added: true}}",
        ),
    )
    data, applied = case.apply(*case.files)
    assert data == {
        "object": {
            "kept": 1,
            "changed": 2,
            "deep": {"list": [1, 2]},
            "new": {"x": None},
        },
        "list": [1, {"entry": 2}, [3, 4]],
        "plain": "two",
        "added": True,
    }
    assert len(applied) == 6
    assert case.found() == []


def test_one_update_of_several_places_is_copied_into_each(tmp_path: Path) -> None:
    case = Case(
        tmp_path,
        "list: [{}, {}]\n",
        a=overlay(
            "{target: '$.list[*]', update: {deep: {}}}",
            "{target: '$.list[0].deep', update: {x: 1}}",
        ),
    )
    data, _ = case.apply(*case.files)
    assert data == {"list": [{"deep": {"x": 1}}, {"deep": {}}]}


def test_extra_files_follow_the_sidecar_in_the_given_order(tmp_path: Path) -> None:
    def label(text: str) -> str:
        return overlay(f"{{target: $.info, update: {{label: {text}, {text}: 1}}}}")

    case = Case(tmp_path, SPEC, b=label("Second"), a=label("Third"))
    sidecar = case.write("spec.overlay", label("First"))
    data, applied = case.apply(*case.files)
    assert list(data["info"]) == ["label", "tags", "First", "Second", "Third"]
    assert data["info"]["label"] == "Third"
    assert inputs(applied) == (sidecar, *case.files)
    assert [a.kind for a in applied[1:]] == ["sidecar", "overlay", "overlay"]


@pytest.mark.parametrize(
    ("file", "sidecar"),
    [
        ("specs/kraken.yaml", "specs/kraken.overlay.yaml"),
        ("./kraken.yml", "./kraken.overlay.yaml"),
        ("-", ""),
        ("spec.d/kraken", ""),
    ],
)
def test_the_name_of_a_sidecar(file: str, sidecar: str) -> None:
    assert sidecar_of(file) == sidecar


def test_a_target_without_a_match_is_an_error_in_the_overlay(tmp_path: Path) -> None:
    case = Case(
        tmp_path,
        SPEC,
        a=overlay(
            "{target: $.info, update: {label: Changed}}",
            "target: $.information\n    update: {}",
        ),
    )
    data, applied = case.apply(*case.files)
    assert ("E402", "a.yaml", 5, 13) in case.found()
    assert not case.report.ok
    assert data["info"]["label"] == "Changed"
    assert len(applied) == 2


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ("{target: $.info, update: text}", "the target is an object"),
        ("{target: $.info.label, update: {}}", "the target is a plain value"),
        ("{target: $, update: {info: {tags: {}}}}", "`/info/tags` below the target"),
        ("{target: $, remove: true}", "the whole document"),
    ],
)
def test_a_change_that_does_not_fit(tmp_path: Path, action: str, message: str) -> None:
    case = Case(tmp_path, "info: {label: x, tags: []}\n", a=overlay(action))
    case.apply(*case.files)
    assert case.found() == [("E403", "a.yaml", 4, 14)]
    assert message in case.report.diagnostics[0].message


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("- 1\n", 1, 1, ""),
        ("overlay: 1.0\n", 1, 10, "`overlay` must be text"),
        ("overlay: 1.1.0\n", 1, 10, "version 1.1.0"),
        ("overlay: 1.0.0\n", 1, 1, "`info` must be"),
        ("overlay: 1.0.0\nnfo: {}\n", 2, 1, "no field `nfo`"),
        ("overlay: 1.0.0\ninfo: {title: x}\n", 2, 7, "`version` is missing"),
        ("overlay: 1.0.0\nactions: []\n", 2, 10, "at least one"),
        ("overlay: 1.0.0\nactions: {}\n", 2, 10, "at least one"),
        (overlay("1"), 4, 5, "must be a mapping"),
        (overlay("{}"), 4, 5, "`target` is missing"),
        (overlay("{target: $}"), 4, 5, "needs `update`"),
        (overlay("{target: 1, update: 1}"), 4, 14, "`target` must be text"),
        (overlay("{target: $, remove: 1}"), 4, 25, "`remove` must be"),
        (overlay("{target: $, update: 1, up: 1}"), 4, 28, "no field `up`"),
        (overlay("{target: info, update: 1}"), 4, 14, "not a JSONPath"),
        (overlay("{target: '$.a[', update: 1}"), 4, 14, "not a JSONPath"),
        (overlay("{target: '$.a | $.b', update: 1}"), 4, 14, "not a JSONPath"),
        (overlay("{target: '$[?nope(@)]', update: 1}"), 4, 14, "not a JSONPath"),
        (overlay(f"{{target: '$[?{'(' * 9999}', update: 1}}"), 4, 14, "not a JSONPath"),
    ],
)
def test_an_invalid_overlay(
    tmp_path: Path, text: str, line: int, column: int, message: str
) -> None:
    case = Case(tmp_path, SPEC.replace("api.kraken.com", "api.example.org"), a=text)
    data, applied = case.apply(*case.files)
    places = [(where, *at) for _, where, *at in case.found()]
    assert ("a.yaml", line, column) in places
    assert any(message in d.message for d in case.report.errors)
    assert (data, applied) == (case.before.data, ())


def test_every_problem_of_an_overlay_in_one_run(tmp_path: Path) -> None:
    text = overlay("{target: 1}", "{update: 1}").replace("1.0.0", "2.0.0", 1)
    case = Case(tmp_path, "a: 1\n", a=text)
    case.apply(*case.files)
    codes = [(code, line) for code, _, line, _ in case.found()]
    assert codes == [("E401", 1), ("E401", 4), ("E401", 4), ("E401", 5)]


def test_extension_fields_of_an_overlay_are_allowed(tmp_path: Path) -> None:
    text = overlay("{target: $, update: {b: 2}, x-why: because}") + "x-owner: me\n"
    case = Case(tmp_path, "a: 1\n", a=text)
    assert case.apply(*case.files)[0] == {"a": 1, "b": 2}
    assert case.found() == []


def test_a_missing_extra_file_is_an_error(tmp_path: Path) -> None:
    case = Case(tmp_path, "a: 1\n")
    case.apply(str(tmp_path / "missing.yaml"))
    assert [code for code, *_ in case.found()] == ["E001"]


def test_yaml_aliases_of_the_spec_are_separate_places(tmp_path: Path) -> None:
    case = Case(
        tmp_path,
        "a: &shared {list: [1]}\nb: *shared\n",
        a=overlay("{target: $.a.list, update: 2}"),
    )
    data, _ = case.apply(*case.files)
    assert data == {"a": {"list": [1, 2]}, "b": {"list": [1]}}
    assert case.before.data == {"a": {"list": [1]}, "b": {"list": [1]}}
