"""``exposes`` of type skill: catalogues of skills, with the files of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from naftiko_gen import ir
from naftiko_gen.diagnostics import closest
from naftiko_gen.files import Files, Unusable

from .access import lower_access
from .node import Node
from .skill_text import skill_text
from .templates import Settings

MAIN = "SKILL.md"


@dataclass(frozen=True, slots=True)
class Target:
    """An adapter that tools of skills may stand for, and what can be asked of it."""

    mode: str
    actions: tuple[str, ...]


def targets(nodes: Sequence[Node]) -> Mapping[str, Target]:
    """The REST and MCP adapters among ``nodes``, as they are written, by namespace."""
    found: dict[str, Target] = {}
    for node in nodes:
        names: list[str] = []
        if node.text("type") == "mcp":
            for key in ("tools", "resources", "prompts"):
                names += [item.text("name") for item in node.items(key)]
        elif node.text("type") == "rest":
            for resource in node.items("resources"):
                for operation in resource.items("operations"):
                    method = operation.text("method", "GET")
                    names.append(f"{method} {resource.text('path')}")
                    names.append(operation.text("name"))
        else:
            continue
        actions = tuple(name for name in names if name)
        found.setdefault(node.text("namespace"), Target(node.text("type"), actions))
    return found


def lower_skill(
    node: Node,
    ident: str,
    siblings: Mapping[str, Target],
    files: Files,
    settings: Settings,
) -> ir.SkillAdapter:
    """One catalogue of skills."""
    skills: list[ir.Skill] = []
    seen: dict[str, int] = {}
    for item in node.items("skills"):
        if _once(item, seen, "skill"):
            skills.append(_skill(item, siblings, files))
    port = node.child("port").value
    return ir.SkillAdapter(
        namespace=node.text("namespace"),
        ident=ident,
        address=node.text("address", "127.0.0.1"),
        port=port if isinstance(port, int) else 0,
        description=node.text("description"),
        skills=tuple(skills),
        access=lower_access(node, settings),
    )


def _once(item: Node, seen: dict[str, int], what: str) -> bool:
    name = item.text("name")
    if name in seen:
        item.error(
            "E271",
            f"the {what} `{name}` is already declared at line {seen[name]}",
            at="name",
        )
        return False
    seen[name] = item.span("name").start.line
    return True


def _skill(node: Node, siblings: Mapping[str, Target], files: Files) -> ir.Skill:
    found = _files(node, files)
    tools: list[ir.SkillTool] = []
    seen: dict[str, int] = {}
    for item in node.items("tools"):
        if not _once(item, seen, "tool"):
            continue
        if item.has("from"):
            tools.append(_derived(item, siblings))
        elif item.has("instruction"):
            tools.append(_instruction(item, node, found))
    skill = ir.Skill(
        name=node.text("name"),
        description=node.text("description"),
        license=node.text("license"),
        compatibility=node.text("compatibility"),
        argument_hint=node.text("argument-hint"),
        allowed_tools=node.text("allowed-tools"),
        user_invocable=node.flag("user-invocable"),
        disable_model_invocation=node.flag("disable-model-invocation"),
        metadata=tuple(
            (name, item.value)
            for name, item in node.members("metadata")
            if isinstance(item.value, str)
        ),
        tools=tuple(tools),
        files=None if found is None else tuple(found.items()),
        generated=None,
    )
    if found is not None and MAIN in found:
        return skill
    return replace(skill, generated=skill_text(skill).encode())


def _files(node: Node, files: Files) -> dict[str, bytes] | None:
    """The files of a skill; None when it names no folder, or none that can be used."""
    location = node.text("location")
    if not location:
        return None
    files = files.at(node.folder())
    try:
        found = files.walk(files.locate(location))
    except Unusable as problem:
        node.report.add("E241", problem.message, node.span("location"), problem.hint)
        return None
    if not found:
        node.error(
            "E241",
            f"the folder `{location}` holds no file",
            at="location",
            hint="add the files of the skill, or leave out `location`",
        )
    return found


def _derived(item: Node, siblings: Mapping[str, Target]) -> ir.SkillTool:
    source = item.child("from")
    namespace, action = source.text("sourceNamespace"), source.text("action")
    target = siblings.get(namespace)
    if target is None:
        if namespace:
            near = closest(namespace, list(siblings))
            source.error(
                "E272",
                f"no REST or MCP adapter has the namespace `{namespace}`",
                at="sourceNamespace",
                hint=f"did you mean `{near}`?" if near else _known(list(siblings)),
            )
        mode = ""
    else:
        mode = target.mode
        if action and action not in target.actions:
            near = closest(action, target.actions)
            what = "tool" if mode == "mcp" else "operation"
            source.error(
                "E272",
                f"the adapter `{namespace}` has no {what} `{action}`",
                at="action",
                hint=f"did you mean `{near}`?" if near else _known(target.actions),
            )
    return ir.SkillTool(
        name=item.text("name"),
        description=item.text("description"),
        namespace=namespace,
        action=action,
        mode="rest" if mode == "rest" else "mcp",
    )


def _known(names: Sequence[str]) -> str:
    if not names:
        return "there is none in this capability"
    return f"there is {', '.join(f'`{name}`' for name in names[:8])}"


def _instruction(
    item: Node, skill: Node, files: dict[str, bytes] | None
) -> ir.SkillTool:
    written = item.text("instruction")
    if not skill.has("location"):
        item.error(
            "E273",
            f"the skill `{skill.text('name')}` has no files to read `{written}` from",
            at="instruction",
            hint="give the skill a `location`",
        )
    elif files is not None and written.removeprefix("./") not in files:
        near = closest(written, list(files))
        item.error(
            "E273",
            f"the skill's folder has no file `{written}`",
            at="instruction",
            hint=f"did you mean `{near}`?" if near else _known(list(files)),
        )
    return ir.SkillTool(
        name=item.text("name"),
        description=item.text("description"),
        instruction=written,
    )
