"""The SKILL.md of a skill whose author wrote none.

The form is that of agent skills: a YAML block of facts, then instructions in Markdown.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

from naftiko_gen import ir

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|])")


def generated(skill: ir.Skill) -> ir.Skill:
    """The skill with the SKILL.md that is made for it, if its author wrote none."""
    if skill.generated is None:
        return skill
    return replace(skill, generated=skill_text(skill).encode())


def skill_text(skill: ir.Skill) -> str:
    """The text of SKILL.md; every text of the capability is quoted in it."""
    lines = ["---", *_facts(skill), "---", "", f"# {_plain(skill.name)}", ""]
    lines += [_plain(skill.description), ""]
    if skill.tools:
        lines += ["## Tools", ""]
        lines += [_tool(tool) for tool in skill.tools]
        lines.append("")
    return "\n".join(lines)


def _facts(skill: ir.Skill) -> list[str]:
    # A text in the notation of JSON is a double-quoted scalar of YAML 1.2.
    texts = (
        ("name", skill.name),
        ("description", skill.description),
        ("license", skill.license),
        ("compatibility", skill.compatibility),
        ("argument-hint", skill.argument_hint),
        ("allowed-tools", skill.allowed_tools),
    )
    lines = [f"{key}: {_quoted(text)}" for key, text in texts if text]
    for key, flag in (
        ("user-invocable", skill.user_invocable),
        ("disable-model-invocation", skill.disable_model_invocation),
    ):
        if flag is not None:
            lines.append(f"{key}: {json.dumps(flag)}")
    if skill.metadata:
        lines.append("metadata:")
        lines += [f"  {_quoted(key)}: {_quoted(text)}" for key, text in skill.metadata]
    return lines


def _tool(tool: ir.SkillTool) -> str:
    said = f"- **{_plain(tool.name)}**: {_plain(tool.description)}"
    if not tool.mode:
        return f"{said} Read `{_code(tool.instruction)}`."
    kind = "tool" if tool.mode == "mcp" else "operation"
    kinds = {"mcp": "MCP", "rest": "REST"}
    return (
        f"{said} Use the {kind} `{_code(tool.action)}` of the "
        f"{kinds[tool.mode]} server `{_code(tool.namespace)}`."
    )


def _quoted(text: str) -> str:
    return json.dumps(text)


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _code(text: str) -> str:
    return " ".join(text.replace("`", "'").split())
