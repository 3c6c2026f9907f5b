"""Script steps: what runs, with which limits, and what it sees."""

from __future__ import annotations

import ast
import os
import re
import warnings
from dataclasses import dataclass, field
from typing import Literal

from naftiko_gen import ir
from naftiko_gen.diagnostics import Position, Report, Span, closest
from naftiko_gen.files import Files, Unusable

from .node import Node
from .step_values import Draft, StepValues

_SEGMENTS = re.compile(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*")
_LANGUAGES: dict[str, Literal["python", "javascript"]] = {
    "python": "python",
    "javascript": "javascript",
    "js": "javascript",
}
TIMEOUT = 60_000
STATEMENTS = 100_000
_PLACE = re.compile(r"<input>:(\d+):(\d+)")
_HEAD = 2  # lines that the engine puts before the body of a function


@dataclass(slots=True)
class Scripting:
    """Whether scripts may run, and ``management.scripting`` of the control adapter."""

    files: Files | None = None
    allowed: bool = False
    settings: Node | None = None

    @classmethod
    def of(cls, capability: Node, files: Files, allowed: bool) -> Scripting:
        """The settings of a capability."""
        for adapter in capability.items("exposes"):
            block = adapter.child("management").child("scripting")
            if adapter.text("type") == "control" and isinstance(block.value, dict):
                return cls(files, allowed, block)
        return cls(files, allowed)


@dataclass(slots=True)
class Script:
    """A script step whose inputs are not all known yet."""

    name: str
    language: Literal["python", "javascript"]
    files: tuple[tuple[str, bytes], ...]
    seconds: float
    statements: int
    context: dict[str, ir.Argument | Draft] = field(default_factory=dict)

    def finish(self, values: StepValues) -> ir.ScriptStep:
        """The step, once all inputs are known."""
        return ir.ScriptStep(
            name=self.name,
            ident=values.results[self.name],
            language=self.language,
            files=self.files,
            context=tuple((n, values.finish(v)) for n, v in self.context.items()),
            seconds=self.seconds,
            statements=self.statements,
        )


def read_script(node: Node, values: StepValues, scripting: Scripting) -> Script | None:
    """The script at ``node``; None after a problem was reported."""
    settings = scripting.settings
    language = _language(node, settings)
    if language is None:
        return None
    if settings is not None and settings.flag("enabled") is False:
        node.error(
            "E311",
            "the control adapter forbids scripts: `scripting.enabled` is false",
            at="type",
            hint="remove the step, or allow scripts there",
        )
        return None
    if not scripting.allowed:
        node.error(
            "E311",
            f"the script of the step `{node.text('name')}` is not allowed to run",
            at="type",
            hint="it is code that runs on the server: read it, then use --allow-scripts",
        )
        return None
    found = _files(node, scripting, language)
    if found is None:
        return None
    return Script(
        name=node.text("name"),
        language=language,
        files=found,
        seconds=_limit(settings, "timeout", TIMEOUT) / 1000,
        statements=_limit(settings, "statementLimit", STATEMENTS),
        context=_context(node, values),
    )


def _language(
    node: Node, settings: Node | None
) -> Literal["python", "javascript"] | None:
    written = node.text("language")
    if not written and settings is not None:
        written = settings.text("defaultLanguage")
    if not written:
        node.error("E313", "the step does not say its language", hint="add `language`")
        return None
    at = "language" if node.has("language") else None
    language = _LANGUAGES.get(written)
    if language is None:
        if written == "groovy" or not node.flawed():
            hint = "write it in `python` or `javascript`"
            node.error("E312", f"`{written}` scripts cannot run", at=at, hint=hint)
        return None
    allowed = None if settings is None else settings.child("allowedLanguages").value
    names = allowed if isinstance(allowed, list) else []
    if names and language not in [_LANGUAGES.get(str(name)) for name in names]:
        node.error(
            "E313",
            f"the control adapter does not allow scripts in `{written}`",
            at=at,
            hint=f"allowed: {', '.join(map(str, names))}",
        )
        return None
    return language


def _limit(settings: Node | None, key: str, default: int) -> int:
    value = None if settings is None else settings.child(key).value
    valid = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return value if valid and isinstance(value, int) else default


def _files(
    node: Node, scripting: Scripting, language: str
) -> tuple[tuple[str, bytes], ...] | None:
    """The dependencies and the script; None after one of them was refused."""
    holder, key = node, "location"
    if not node.has(key) and scripting.settings is not None:
        holder, key = scripting.settings, "defaultLocation"
    location = holder.text(key)
    if not location:
        node.error(
            "E313", "the step does not say where its script is", hint="add `location`"
        )
        return None
    if scripting.files is None or not node.text("file"):
        return None
    files = scripting.files.at(holder.folder())
    written = node.child("dependencies")
    parts = range(len(written.value)) if isinstance(written.value, list) else ()
    names = [*(written.child(index) for index in parts), node.child("file")]
    found: list[tuple[str, bytes]] = []
    for name in names:
        if not isinstance(name.value, str):
            continue
        try:
            path, content = _read(files, location, name.value)
        except Unusable as problem:
            hint = problem.hint
            node.report.add("E241", problem.message, name.span(), hint)
            return None
        if not _parses(node, files, path, content, language):
            return None
        found.append((f"{files.prefix}{path}".replace("../", "").lstrip("/"), content))
    return tuple(found)


def _read(files: Files, location: str, name: str) -> tuple[str, bytes]:
    folder = files.locate(location)
    path = f"{folder}/{name}" if folder else name
    if not _SEGMENTS.fullmatch(path) or ".." in path.split("/"):
        raise Unusable(
            f"`{path}` cannot be the path of a script",
            "use letters, digits, dots, hyphens and underscores",
        )
    try:
        return path, files.read(path)
    except Unusable as problem:
        inside = files.base / folder
        names = os.listdir(inside) if os.path.isdir(inside) else []
        near = closest(name, names)
        if near is not None and near != name:
            raise Unusable(problem.message, f"did you mean `{near}`?") from None
        raise


def _parses(node: Node, files: Files, path: str, content: bytes, language: str) -> bool:
    """Whether a script can be parsed; a problem is reported in it."""
    spec = os.path.dirname(node.source.file)
    file = os.path.join(spec, files.prefix, path)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        _report(node.report, file, "the script is not UTF-8", 1, 1)
        return False
    node.report.texts[file] = text
    problem = _python(text) if language == "python" else _javascript(text)
    if problem is not None:
        _report(node.report, file, *problem)
    return problem is None


def _report(report: Report, file: str, message: str, line: int, column: int) -> None:
    place = Position(max(line, 1), max(column, 1))
    report.add("E314", message, Span(file, place, place))


def _python(text: str) -> tuple[str, int, int] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
            compile(text, "script", "exec", dont_inherit=True)
    except SyntaxError as error:
        return f"not Python: {error.msg}", error.lineno or 1, error.offset or 1
    except (ValueError, RecursionError, MemoryError) as error:
        return f"not Python: {error}", 1, 1
    return None


def _javascript(text: str) -> tuple[str, int, int] | None:
    try:
        import quickjs  # type: ignore[import-untyped]
    except ImportError:
        return "JavaScript needs `pip install naftiko-gen[javascript]`", 1, 1
    engine = quickjs.Context()
    engine.set_time_limit(5)
    engine.set_memory_limit(256 * 1024 * 1024)
    engine.set("source", text)
    try:
        # Parsed as the body of a function that is never called: nothing of it runs.
        engine.eval("new Function(source)")
    except quickjs.JSException as error:
        message = str(error)
        place = _PLACE.search(message)
        line, column = (int(place[1]) - _HEAD, int(place[2])) if place else (1, 1)
        return f"not JavaScript: {message.partition(chr(10))[0]}", line, column
    return None


def _context(node: Node, values: StepValues) -> dict[str, ir.Argument | Draft]:
    """What the script sees: inputs, then results of steps, then its own ``with``."""
    found: dict[str, ir.Argument | Draft] = {}
    for name in values.declared:
        found[name] = values.caller(name)
    for name, alias in values.aliases.items():
        values.used.add(name)
        found[name] = alias
    for name, ident in values.results.items():
        found[name] = Draft((ir.Found(name, ident),))
    for name, value in node.members("with"):
        target = ir.Parameter(name, "", "variable", "json", False, {})
        found[name] = values.read(value, target)
    for given in found.values():
        values.feed(given, "json", False)
    return found
