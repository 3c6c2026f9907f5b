"""W145: the files of a skill lie on the author's machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from naftiko_gen.source import Source

from .places import adapters, entries, text_of
from .rule import Finding, Rule, without

_SCHEME = "file:///"
#: Folders of the system, which nobody keeps beside a capability.
_SYSTEM = ("opt", "etc", "usr", "var", "srv", "home", "mnt", "root", "Users", "app")


def _find(source: Source) -> Iterator[Finding]:
    for adapter in adapters(source.data, "skill"):
        for path, skill in entries(adapter, "skills"):
            location = text_of(skill, "location")
            folder = location.removeprefix(_SCHEME)
            if folder == location or folder.partition("/")[0] not in _SYSTEM:
                continue
            tools = entries((path, skill), "tools")
            if any("instruction" in tool for _, tool in tools):
                continue
            if (Path(source.file).parent / folder).exists():
                continue
            yield Finding(
                (*path, "location"),
                f"`{location}` is a folder of another machine: the skill is described "
                "by what stands here",
                "keep the files of a skill beside the capability to ship them",
                edits=(without(path, "location"),),
            )


RULE = Rule(
    "W145",
    _find,
    """\
capability:
  exposes:
    - {type: skill, skills: [{name: orders, location: 'file:///opt/skills/orders'}]}
""",
    """\
capability:
  exposes:
    - {type: skill, skills: [{name: orders}]}
""",
)
