"""``skill.py``: the catalogues of skills; and the files that they hand out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    annotation,
    assign,
    code,
    docstring,
    from_import,
    ident,
)

if TYPE_CHECKING:
    from naftiko_gen.contexts.serving import Skill

#: The folder of the project that holds a folder for each adapter, with one for each skill.
FOLDER = "skills"


def view(capability: ir.Capability) -> Skill:
    """The context of the template."""
    tools = [t for a in capability.skill for s in a.skills for t in s.tools]
    guarded = any(adapter.access for adapter in capability.skill)
    support = ["Skill", "build_skill_app", "read_folder"]
    support += ["Instruction"] if any(tool.instruction for tool in tools) else []
    support += ["Derived"] if any(not tool.instruction for tool in tools) else []
    return {
        "guarded": guarded,
        "made": code("app =") if guarded else code("return"),
        "doc": docstring(f"The catalogues of skills of {capability.label}.", 0),
        "observed": capability.observability is not None,
        "writes": any(tool.writes for tool in tools),
        "support": from_import(code(".skill_support"), sorted(support)),
        "adapters": [_adapter(adapter) for adapter in capability.skill],
        "table": assign(
            "ADAPTERS",
            {a.namespace: ident(a.ident.upper()) for a in capability.skill},
            annotation=annotation("dict[str, tuple[Skill, ...]]"),
        ),
    }


def files(capability: ir.Capability) -> dict[str, bytes]:
    """Every file of every skill by its path in the project."""
    found: dict[str, bytes] = {}
    for adapter in capability.skill:
        for skill in adapter.skills:
            folder = f"{FOLDER}/{adapter.namespace}/{skill.name}"
            for name, content in skill.files or ():
                found[f"{folder}/{name}"] = content
            if skill.generated is not None:
                found[f"{folder}/SKILL.md"] = skill.generated
    return found


def _adapter(adapter: ir.SkillAdapter) -> Code:
    skills = tuple(_skill(skill) for skill in adapter.skills)
    kind = annotation("tuple[Skill, ...]")
    return assign(adapter.ident.upper(), skills, annotation=kind)


def _skill(skill: ir.Skill) -> Call:
    keywords: list[tuple[str, Value]] = [
        ("name", skill.name),
        ("description", skill.description),
    ]
    texts = (
        ("license", skill.license),
        ("compatibility", skill.compatibility),
        ("argument_hint", skill.argument_hint),
        ("allowed_tools", skill.allowed_tools),
    )
    keywords += [(name, text) for name, text in texts if text]
    flags = (
        ("user_invocable", skill.user_invocable),
        ("disable_model_invocation", skill.disable_model_invocation),
    )
    keywords += [(name, flag) for name, flag in flags if flag is not None]
    if skill.metadata:
        keywords.append(("metadata", dict(skill.metadata)))
    if skill.tools:
        keywords.append(("tools", tuple(_tool(tool) for tool in skill.tools)))
    if skill.files is not None:
        keywords.append(("files", tuple(name for name, _ in skill.files)))
    if skill.generated is not None:
        keywords.append(("generated", True))
    return Call(code("Skill"), (), tuple(keywords))


def _tool(tool: ir.SkillTool) -> Call:
    if tool.instruction:
        told: tuple[Value, ...] = (tool.name, tool.description, tool.instruction)
        return Call(code("Instruction"), told)
    told = (tool.name, tool.description, tool.namespace, tool.action, tool.mode)
    writes: tuple[tuple[str, Value], ...] = (("writes", True),) if tool.writes else ()
    return Call(code("Derived"), told, writes)
