"""Files of binds: each format, what stands above what, and every way to be unusable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from static import bind_files
from static.bind_files import BindFile, BoundEnvironment
from static.environment import SettingsError

KEYS = {"APP_KEY": "key", "APP_TENANT": "tenant"}
GOOD = {
    "app.yaml": "key: s3cret\ntenant: 007\nother: [1]\n",
    "app.yml": "key: &a s3cret\ntenant: '007'\nlast: *a\n",
    "app.json": '\ufeff{"key": "s3cret", "tenant": 007.0}'.replace("007.0", '"007"'),
    "app.env": "# text\nexport key='s3cret'\ntenant=007\n",
    ".env.local": 'key="s3cret"\ntenant=007 # text\n',
}


def file_at(path: Path | str) -> BindFile:
    return BindFile("APP_LOCATION", str(path), KEYS)


def told(file: BindFile, values: dict[str, str] | None = None) -> tuple[str, ...]:
    environment = BoundEnvironment(values or {}, file)
    for name in file.keys:
        environment.secret(name)
    with pytest.raises(SettingsError) as caught:
        environment.finish()
    return caught.value.problems


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_read_by_its_suffix(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(GOOD[name], encoding="utf-8")
    environment = BoundEnvironment({}, file_at(tmp_path / name))
    found = [environment.secret(name).reveal() for name in KEYS]
    environment.finish()
    assert found == ["s3cret", "007"]


def test_a_folder_has_one_file_for_each_key(tmp_path: Path) -> None:
    # As Kubernetes mounts a secret: the names are links into a folder that is replaced.
    (tmp_path / "..data").mkdir()
    (tmp_path / "..data" / "key").write_text("s3cret\n", encoding="utf-8")
    (tmp_path / "key").symlink_to("..data/key")
    (tmp_path / "tenant").write_text("007", encoding="utf-8")
    environment = BoundEnvironment({}, file_at(f"{tmp_path}/"))
    assert [environment.secret(name).reveal() for name in KEYS] == ["s3cret", "007"]
    environment.finish()


def test_a_file_of_a_folder_is_used_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("x" * (bind_files.MAX_SIZE + 1), encoding="utf-8")
    (tmp_path / "tenant").write_text("007", encoding="utf-8")
    (text,) = told(file_at(tmp_path))
    assert text.startswith(f"{tmp_path}: is larger than 1048576 bytes")


def test_numbers_and_flags_are_the_text_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"key": 0.10, "tenant": true}', encoding="utf-8")
    environment = BoundEnvironment({}, file_at(tmp_path / "a.json"))
    assert [environment.text(name, "") for name in KEYS] == ["0.10", "true"]


def test_the_environment_stands_above_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"key": "a", "tenant": "b"}', encoding="utf-8")
    values = {"APP_KEY": "mine", "APP_TENANT": " "}
    environment = BoundEnvironment(values, file_at(tmp_path / "a.json"))
    assert [environment.text(name, "") for name in KEYS] == ["mine", "b"]


def test_a_file_that_nobody_needs_is_not_opened(tmp_path: Path) -> None:
    environment = BoundEnvironment(dict.fromkeys(KEYS, "x"), file_at(tmp_path / "none"))
    assert environment.text("APP_KEY", "") == "x"
    environment.finish()


def test_a_setting_says_where_the_file_is(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"key": "a", "tenant": "b"}', encoding="utf-8")
    for place in (str(tmp_path / "a.json"), f"file://{tmp_path}/a.json"):
        environment = BoundEnvironment({"APP_LOCATION": place}, file_at("none.yaml"))
        assert environment.text("APP_KEY", "") == "a"


def test_a_relative_path_is_one_of_the_capability_or_of_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, here = tmp_path / "project", tmp_path / "here"
    (project / "package").mkdir(parents=True)
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(bind_files, "__file__", str(project / "package" / "x.py"))
    (here / "a.json").write_text('{"key": "here", "tenant": "b"}', encoding="utf-8")
    (project / "a.json").write_text('{"key": "there", "tenant": "b"}', "utf-8")
    found = [BoundEnvironment({}, file_at("a.json")).text("APP_KEY", "")]
    (project / "capability.yaml").touch()
    found.append(BoundEnvironment({}, file_at("a.json")).text("APP_KEY", ""))
    assert found == ["here", "there"]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.yaml", "key: [", "is not valid YAML at line"),
        ("a.yaml", "a: 1\n---\nb: 2\n", "is not valid YAML at line"),
        ("a.yaml", "- s3cret\n", "does not hold a mapping of YAML"),
        ("a.yaml", "", "does not hold a mapping of YAML"),
        ("a.json", '{"key": s3cret}', "is not valid JSON at line 1"),
        ("a.json", "[" * 100_000, "is not valid JSON"),
        ("a.json", '["s3cret"]', "does not hold an object of JSON"),
        ("a", "s3cret", "is not valid JSON at line 1"),
        ("a.env", "key=s3cret\n'key\n", "is not a valid dotenv file at line 2"),
        ("a.json", b'{"key": "\xff"}', "is not a text in UTF-8"),
        ("a.json", b" " * (bind_files.MAX_SIZE + 1), "is larger than 1048576 bytes"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_once(
    name: str, content: str | bytes, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (text,) = told(file_at(path))
    assert text.startswith(f"{path}: {problem}")
    assert text.endswith("(APP_LOCATION says where it is)")
    assert "s3cret" not in text


def test_a_file_that_is_gone_or_locked_is_told(tmp_path: Path) -> None:
    (text,) = told(file_at(tmp_path / "a.yaml"))
    assert "a.yaml: does not exist (APP_LOCATION says where it is)" in text
    (text,) = told(file_at(Path("/proc/self/mem")))
    assert "/proc/self/mem: cannot be read: " in text


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("other: 1", "is missing"),
        ("key:", "is empty"),
        ("key: null", "is empty"),
        ("key: ''", "is empty"),
        ("key: '  '", "is empty"),
        ("key: [s3cret]", "holds a list or an object, not a text"),
        ("key: {s3cret: 1}", "holds a list or an object, not a text"),
        ('key: "s3cret\\n"', "holds a control character"),
        ("key: s3cret\u00e9", "holds characters that are not ASCII"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_by_its_key(
    value: str, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(value, encoding="utf-8")
    first, second = told(file_at(path))
    assert first == f"{path}: the key key {problem} (APP_KEY can replace it)"
    assert second.startswith(f"{path}: the key tenant is missing")


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files = [
        BindFile(f"{name}_LOCATION", str(tmp_path / name), {f"{name}_KEY": "key"})
        for name in ("A", "B")
    ]
    (tmp_path / "B").mkdir()
    environment = BoundEnvironment({}, *files)
    for name in ("A_KEY", "B_KEY", "C_KEY"):
        environment.secret(name)
    with pytest.raises(SettingsError) as caught:
        environment.finish()
    assert [text.rpartition("/")[2] for text in caught.value.problems] == [
        "A: does not exist (A_LOCATION says where it is)",
        "B: the key key is missing (B_KEY can replace it)",
        "C_KEY is not set",
    ]


def test_a_format_whose_package_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_text("key: s3cret", encoding="utf-8")
    monkeypatch.setitem(__import__("sys").modules, "yaml", None)
    (text,) = told(file_at(tmp_path / "a.yaml"))
    assert "a.yaml: is YAML, which needs the package PyYAML" in text


printable = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1)


@given(printable)
def test_every_text_survives_every_format(value: str) -> None:
    assert bind_files._yaml(yaml.safe_dump({"key": value}))["key"] == value
    assert bind_files._json(json.dumps({"key": value}))["key"] == value
    quoted = value.replace("\\", "\\\\").replace("'", "\\'")
    assert bind_files._dotenv(f"key='{quoted}'\n")["key"] == value
