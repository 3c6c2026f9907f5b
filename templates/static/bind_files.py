"""Settings that files hold: YAML, JSON, dotenv, or a folder with one file for each key.

The last is how Kubernetes and Docker mount secrets. A variable of the environment stands
above the file, and a file none of whose values is wanted any more is not opened.
"""

from __future__ import annotations

import importlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .environment import Environment

MAX_SIZE = 1_048_576

Values = Mapping[str, object]
_KEY = re.compile(r"[A-Za-z0-9_*-]+")


@dataclass(frozen=True, slots=True)
class BindFile:
    """A file, or a folder of files.

    `path` is where it is unless the variable `variable` says something else. `keys`
    names, for each setting, the key of its value in the file.
    """

    variable: str
    path: str
    keys: Mapping[str, str]


class Unreadable(Exception):
    """A file that cannot be used; the message says why, and quotes nothing of it."""


class BoundEnvironment(Environment):
    """An environment that files complete.

    A relative path is looked for beside the capability file, in a checkout of the
    project, and then in the working directory. Problems name the file and the key,
    never a value.
    """

    def __init__(self, values: Mapping[str, str], *files: BindFile) -> None:
        super().__init__(_Completed(values, files, self.note), values)


class _Completed(Mapping[str, str]):
    """The values of the environment, and for those that it lacks the files' ones."""

    def __init__(
        self,
        values: Mapping[str, str],
        files: Sequence[BindFile],
        note: Callable[[str], None],
    ) -> None:
        self._values = values
        self._files = {name: file for file in files for name in file.keys}
        self._note = note
        self._read: dict[str, Values | None] = {}
        self._found: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._files or self._values.get(name, "").strip():
            return self._values[name]
        if name not in self._found:
            self._found[name] = self._look(self._files[name], name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._values, **self._files})

    def __len__(self) -> int:
        return len({**self._values, **self._files})

    def _look(self, file: BindFile, name: str) -> str:
        path = _find(self._values.get(file.variable, "").strip() or file.path)
        if file.variable not in self._read:
            try:
                self._read[file.variable] = read(path, file.keys.values())
            except Unreadable as problem:
                self._note(f"{path}: {problem} ({file.variable} says where it is)")
                self._read[file.variable] = None
        found, key = self._read[file.variable], file.keys[name]
        if found is not None:
            try:
                return _text(found, key)
            except Unreadable as problem:
                self._note(f"{path}: the key {key} {problem} ({name} can replace it)")
        return "x"  # A stand-in, so that a problem is told once.


def read(path: Path, keys: Iterable[str]) -> Values:
    """The values that `path` holds, or a folder holds for `keys`. Raises Unreadable."""
    try:
        if path.is_dir():
            return _folder(path, keys)
        return _reader(path)(_content(path).decode("utf-8-sig"))
    except FileNotFoundError:
        raise Unreadable("does not exist") from None
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Unreadable("is not a text in UTF-8") from None


def _find(text: str) -> Path:
    path = Path(text.removeprefix("file://"))
    project = Path(__file__).resolve().parent.parent
    beside = project / path
    if (project / "capability.yaml").is_file() and beside.exists():
        return beside
    return path


def _folder(path: Path, keys: Iterable[str]) -> Values:
    found: dict[str, object] = {}
    for key in keys:
        # Only plain names: a key never leads out of the folder.
        if _KEY.fullmatch(key) and (path / key).is_file():
            found[key] = _content(path / key).decode().rstrip("\r\n")
    return found


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(MAX_SIZE + 1)
    if len(content) > MAX_SIZE:
        raise Unreadable(f"is larger than {MAX_SIZE} bytes")
    return content


def _reader(path: Path) -> Callable[[str], Values]:
    if path.suffix in (".yaml", ".yml"):
        return _yaml
    if path.suffix == ".env" or path.name == ".env" or path.name.startswith(".env."):
        return _dotenv
    return _json


def _json(text: str) -> Values:
    try:
        # Numbers stay as they are written: 0.10 is not 0.1 to a password.
        found = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}" if hasattr(error, "lineno") else ""
        raise Unreadable(f"is not valid JSON{where}") from None
    if not isinstance(found, dict):
        raise Unreadable("does not hold an object of JSON")
    return found


def _yaml(text: str) -> Values:
    yaml = _library("yaml", "PyYAML", "YAML")
    try:
        # Composed, not loaded: scalars stay as they are written.
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark is not None else ""
        raise Unreadable(f"is not valid YAML{where}") from None
    if not isinstance(root, yaml.MappingNode):
        raise Unreadable("does not hold a mapping of YAML")
    found: dict[str, object] = {}
    for key, value in root.value:
        if isinstance(key, yaml.ScalarNode):
            scalar = isinstance(value, yaml.ScalarNode)
            empty = scalar and value.tag == "tag:yaml.org,2002:null"
            found[key.value] = None if empty else value.value if scalar else []
    return found


def _dotenv(text: str) -> Values:
    parser = _library("dotenv.parser", "python-dotenv", "dotenv")
    found: dict[str, object] = {}
    for binding in parser.parse_stream(io.StringIO(text)):
        if binding.error:
            line = binding.original.line
            raise Unreadable(f"is not a valid dotenv file at line {line}")
        if binding.key is not None:
            found[binding.key] = binding.value
    return found


def _library(module: str, name: str, kind: str) -> Any:
    # By name: only the packages whose capability names such a file depend on it.
    try:
        return importlib.import_module(module)
    except ImportError:
        raise Unreadable(f"is {kind}, which needs the package {name}") from None


def _text(found: Values, key: str) -> str:
    if key not in found:
        raise Unreadable("is missing")
    value = found[key]
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or value == "":
        raise Unreadable("is empty")
    if not isinstance(value, str):
        raise Unreadable("holds a list or an object, not a text")
    if any(ord(character) < 32 or ord(character) == 127 for character in value):
        raise Unreadable("holds a control character")
    if not value.strip():
        raise Unreadable("is empty")
    if not value.isascii():
        raise Unreadable("holds characters that are not ASCII")
    return value
