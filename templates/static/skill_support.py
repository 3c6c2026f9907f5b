"""The part of a catalogue of skills that is the same for every capability.

It tells agents which skills there are and hands out their files; it runs nothing. What
it may hand out is a closed list, so that no path of a request reaches the disk.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from mimetypes import MimeTypes
from pathlib import Path
from typing import Final, Literal, TypeAlias, TypeGuard

from aiohttp import web

from .errors import CallError
from .reply import JsonObject, JsonValue, Reply
from .rest_support import JSON_TYPE, Endpoints, Handler, Obstacle, assemble, guard

MAIN: Final = "SKILL.md"

_segment = re.compile(r"[A-Za-z0-9._-]+").fullmatch
# Not those of the machine, or one file would have other types on other machines.
_types = MimeTypes()
for _ending, _kind in (
    (".md", "text/markdown"),
    (".yaml", "application/yaml"),
    (".yml", "application/yaml"),
):
    _types.add_type(_kind, _ending)


@dataclass(frozen=True, slots=True)
class Derived:
    """A tool that is an action of another adapter; `writes` is one that changes something."""

    name: str
    description: str
    namespace: str
    action: str
    mode: Literal["rest", "mcp"]
    writes: bool = False

    @property
    def use(self) -> str:
        """How a SKILL.md that is not the author's says what to use."""
        kind = "tool" if self.mode == "mcp" else "operation"
        server = f"{self.mode.upper()} server `{self.namespace}`"
        return f"Use the {kind} `{self.action}` of the {server}."


@dataclass(frozen=True, slots=True)
class Instruction:
    """A tool that is a text to read: `path` among the files of the skill."""

    name: str
    description: str
    path: str


Tool: TypeAlias = Derived | Instruction


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill; `files` is None for one without a folder.

    `generated` tells that its SKILL.md is not the author's: it is in the download, and
    not among the contents.
    """

    name: str
    description: str
    license: str | None = None
    compatibility: str | None = None
    argument_hint: str | None = None
    allowed_tools: str | None = None
    user_invocable: bool | None = None
    disable_model_invocation: bool | None = None
    metadata: Mapping[str, str] | None = None
    tools: tuple[Tool, ...] = ()
    files: tuple[str, ...] | None = None
    generated: bool = False


class _Answers:
    """What is answered about one skill, made when the server starts."""

    def __init__(self, skill: Skill, folder: Path, left_out: Sequence[Derived]) -> None:
        self.name = skill.name
        names = skill.files or ()
        self.files = {name: (folder / name).read_bytes() for name in names}
        packed = dict(self.files)
        if skill.generated:
            packed[MAIN] = _without(left_out, (folder / MAIN).read_text("utf-8"))
        self.detail = _encode(_detail(skill))
        self.contents = None if skill.files is None else _encode(self._listed())
        self.archive = _packed(packed)

    def _listed(self) -> JsonObject:
        files: list[JsonValue] = [
            {"path": name, "size": len(content), "type": media_type(name)}
            for name, content in sorted(self.files.items())
        ]
        return {"name": self.name, "files": files}


def build_skill_app(
    skills: Sequence[Skill],
    folder: Path,
    *,
    access_log: bool,
    obstacle: Obstacle,
    observe: Callable[[str, Handler[None]], Handler[None]] | None = None,
    read_only: bool = False,
) -> web.Application:
    """An application of the five routes of a catalogue, and the health routes.

    `folder` holds a folder for each skill; `observe` wraps the handler of a path. With
    `read_only`, tools that change something are left out, since nobody serves them. Raises
    OSError when a file is missing.
    """
    by_name: dict[str, _Answers] = {}
    served: list[Skill] = []
    for skill in skills:
        left_out = [t for t in skill.tools if read_only and _writes(t)]
        tools = tuple(tool for tool in skill.tools if tool not in left_out)
        served.append(replace(skill, tools=tools))
        by_name[skill.name] = _Answers(served[-1], folder / skill.name, left_out)
    catalogue = _encode(_catalogue(served))

    async def every(request: web.Request, _: None) -> Reply:
        return Reply(200, catalogue, JSON_TYPE)

    def asked(request: web.Request) -> _Answers:
        name = request.match_info["name"]
        found = by_name.get(name)
        if found is None:
            raise _missing(f"Skill not found: {name}")
        return found

    async def detail(request: web.Request, _: None) -> Reply:
        return Reply(200, asked(request).detail, JSON_TYPE)

    async def contents(request: web.Request, _: None) -> Reply:
        found = asked(request)
        if found.contents is None:
            raise _missing(f"No location configured for skill: {found.name}")
        return Reply(200, found.contents, JSON_TYPE)

    async def file(request: web.Request, _: None) -> Reply:
        found, path = asked(request), request.match_info["file"]
        if found.contents is None:
            raise _missing(f"No location configured for skill: {found.name}")
        parts = path.split("/")
        if not all(map(_segment, parts)) or ".." in parts or "." in parts:
            raise CallError(400, "unsafe_path", "the path is not one of a file here")
        content = found.files.get(path)
        if content is None:
            raise _missing(f"File not found: {path}")
        return Reply(200, content, media_type(path))

    async def download(request: web.Request, _: None) -> Reply:
        return Reply(200, asked(request).archive, "application/zip")

    handlers: dict[str, Handler[None]] = {
        "/skills": every,
        "/skills/{name}": detail,
        "/skills/{name}/contents": contents,
        "/skills/{name}/contents/{file:.+}": file,
        "/skills/{name}/download": download,
    }
    endpoints: Endpoints = {}
    for path, handler in handlers.items():
        if observe is not None:
            handler = observe(path, handler)
        endpoints[path] = {"GET": guard("GET", path, handler, None, access_log)}
    return assemble(endpoints, obstacle, body_limit=1, access_log=access_log)


def media_type(name: str) -> str:
    """The media type of a file by the ending of its name."""
    return _types.guess_type(name)[0] or "application/octet-stream"


def read_folder(name: str) -> Path:
    """The folder `name`: inside the package in a wheel, beside it in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / name
    return inside if inside.exists() else here.parent / name


def _writes(tool: Tool) -> TypeGuard[Derived]:
    return isinstance(tool, Derived) and tool.writes


def _without(tools: Sequence[Derived], text: str) -> bytes:
    """A SKILL.md that is not the author's, without what it says of these tools."""
    ends = tuple(tool.use for tool in tools)
    lines = text.split("\n")
    return "\n".join(line for line in lines if not line.endswith(ends)).encode()


def _catalogue(skills: Sequence[Skill]) -> JsonObject:
    listed: list[JsonValue] = []
    for skill in skills:
        shown: JsonObject = {"name": skill.name, "description": skill.description}
        if skill.license is not None:
            shown["license"] = skill.license
        shown["tools"] = [tool.name for tool in skill.tools]
        listed.append(shown)
    return {"count": len(listed), "skills": listed}


def _detail(skill: Skill) -> JsonObject:
    metadata: JsonObject | None = dict(skill.metadata) if skill.metadata else None
    facts: tuple[tuple[str, JsonValue], ...] = (
        ("license", skill.license),
        ("compatibility", skill.compatibility),
        ("argument-hint", skill.argument_hint),
        ("allowed-tools", skill.allowed_tools),
        ("user-invocable", skill.user_invocable),
        ("disable-model-invocation", skill.disable_model_invocation),
        ("metadata", metadata),
    )
    return {
        "name": skill.name,
        "description": skill.description,
        **{key: value for key, value in facts if value is not None},
        "tools": [_told(tool) for tool in skill.tools],
    }


def _told(tool: Tool) -> JsonObject:
    told: JsonObject = {"name": tool.name, "description": tool.description}
    if isinstance(tool, Instruction):
        return {**told, "type": "instruction", "instruction": tool.path}
    reference: JsonObject = {
        "targetNamespace": tool.namespace,
        "action": tool.action,
        "mode": tool.mode,
    }
    return {**told, "type": "derived", "invocationRef": reference}


def _packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of the files, the same bytes at each start."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            # The earliest time that the format knows.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def _encode(document: JsonObject) -> bytes:
    return json.dumps(document, separators=(",", ":")).encode()


def _missing(message: str) -> CallError:
    return CallError(404, "not_found", message)
