"""Which branch of a union a part of a document means.

A JSON Schema validator tries every branch of a `oneOf` and reports all of them when
none fits. Here every union of the published schema has an entry in `CHOICES` that
names the branch by a key's value or by a key's presence, as a reader would. Only that
branch is checked, so that the message is about what the author wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from naftiko_gen.diagnostics import closest

if TYPE_CHECKING:
    from naftiko_gen.source import JsonValue


@dataclass(frozen=True, slots=True)
class ByValue:
    """The text at `key` names the branch."""

    key: str
    branches: Mapping[str, str]
    default: str | None = None  # what an absent key means
    plain: str | None = None  # branch of text that stands where a mapping may stand


@dataclass(frozen=True, slots=True)
class ByPresence:
    """The keys that are there name the branch; None means no further schema."""

    branches: Mapping[str, str | None]
    exclusive: bool = (
        True  # no two of them together; else the first one listed names it
    )
    otherwise: str | None = None  # branch when none is there
    fixed: str | None = None  # branch when none is there and the outputs are fixed
    plain: str | None = None  # branch of text that stands where a mapping may stand


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why no branch can be chosen. `key` is the offending key of the object, if any."""

    code: str
    message: str
    key: str | None = None
    at_value: bool = False  # point at the key's value instead of the key
    hint: str | None = None
    lacking: tuple[str, ...] = ()  # keys of which any would have been enough


Choice = ByValue | ByPresence

UNIT: Mapping[str, str | None] = {
    "call": "CallOutputs",
    "steps": "StepsOutputs",
    "ref": "RefOutputs",
}
_MAPPED_SCALAR = ByPresence({"mapping": None, "value": None})

CHOICES: Mapping[str, Choice] = {
    "": ByPresence({"capability": None, "consumes": None}),
    "Capability": ByPresence({"exposes": None, "consumes": None}, exclusive=False),
    "Consumed": ByPresence(
        {"location": "ImportedConsumesHttp", "import": "ImportedConsumesHttp"},
        exclusive=False,
        otherwise="ConsumesHttp",
    ),
    "RequestBody": ByValue(
        "type",
        {
            "json": "RequestBodyJson",
            "text": "RequestBodyText",
            "xml": "RequestBodyText",
            "sparql": "RequestBodyText",
            "formUrlEncoded": "RequestBodyFormUrlEncoded",
            "multipartForm": "RequestBodyMultipartForm",
        },
        plain="RequestBodyRaw",
    ),
    "OperationSigning": ByPresence({}, otherwise="Signing", plain="NoSigning"),
    "Authentication": ByValue(
        "type",
        {
            "basic": "AuthBasic",
            "apikey": "AuthApiKey",
            "bearer": "AuthBearer",
            "digest": "AuthDigest",
            "oauth2": "AuthOAuth2",
        },
    ),
    "Adapter": ByValue(
        "type",
        {
            "rest": "ExposesRest",
            "mcp": "ExposesMcp",
            "skill": "ExposesSkill",
            "control": "ExposesControl",
        },
    ),
    "ExposesMcp": ByValue(
        "transport",
        {"http": "McpOverHttp", "stdio": "McpOverStdio"},
        default="http",
    ),
    "McpTool": ByPresence(UNIT, fixed="MockOutputs"),
    "ExposedOperation": ByPresence(
        {**UNIT, "steps": "OperationSteps"}, fixed="FixedOutputs"
    ),
    "AggregateFunction": ByPresence(
        {"call": "CallOutputs", "steps": "StepsOutputs"}, fixed="MockOutputs"
    ),
    "McpResource": ByPresence(
        {"call": "ResourceCall", "steps": "ResourceSteps", "location": "ResourceFile"}
    ),
    "McpPrompt": ByPresence({"template": None, "location": None}),
    "ExposedResource": ByPresence(
        {"operations": None, "forward": None}, exclusive=False
    ),
    "SkillTool": ByPresence({"from": None, "instruction": None}),
    "MappedOutputParameter": ByValue(
        "type",
        {
            "string": "MappedOutputParameterString",
            "number": "MappedOutputParameterNumber",
            "boolean": "MappedOutputParameterBoolean",
            "object": "MappedOutputParameterObject",
            "array": "MappedOutputParameterArray",
        },
    ),
    "MappedOutputParameterString": _MAPPED_SCALAR,
    "MappedOutputParameterNumber": _MAPPED_SCALAR,
    "MappedOutputParameterBoolean": _MAPPED_SCALAR,
    "MappedOutputParameterObject": ByPresence(
        {"properties": None, "mapping": None}, exclusive=False
    ),
    "MappedOutputParameterArray": ByPresence(
        {"items": None, "mapping": None}, exclusive=False
    ),
    "OrchestratedOutputParameter": ByValue(
        "type",
        {
            "string": "OrchestratedOutputParameterScalar",
            "number": "OrchestratedOutputParameterScalar",
            "boolean": "OrchestratedOutputParameterScalar",
            "array": "OrchestratedOutputParameterArray",
            "object": "OrchestratedOutputParameterObject",
        },
    ),
    "FixedOutputParameter": ByPresence(
        {"name": "MockOutputParameter"}, otherwise="MappedOutputParameter"
    ),
    "OperationStep": ByValue(
        "type",
        {
            "call": "OperationStepCall",
            "lookup": "OperationStepLookup",
            "script": "OperationStepScript",
        },
    ),
}


def choose(choice: Choice, node: JsonValue, title: str) -> str | Misfit | None:
    """Name the branch that `node` means; None when there is nothing more to check."""
    if isinstance(node, str):
        return choice.plain
    if isinstance(choice, ByValue):
        return _by_value(choice, node, title) if isinstance(node, dict) else None
    return _by_presence(choice, node, title) if isinstance(node, dict) else None


def _by_value(
    choice: ByValue, node: dict[str, JsonValue], title: str
) -> str | Misfit | None:
    value = node.get(choice.key, choice.default)
    if isinstance(value, str) and value in choice.branches:
        return choice.branches[value]
    if choice.default is not None:
        return None  # the key's own schema lists its values
    known = ", ".join(choice.branches)
    if choice.key not in node:
        meant = closest(choice.key, node)
        if meant is not None:
            return Misfit(
                "E102",
                f"unknown key `{meant}` in this {title}",
                key=meant,
                hint=f"did you mean `{choice.key}`?",
            )
        return Misfit(
            "E101",
            f"`{choice.key}` is missing in this {title}",
            hint=f"`{choice.key}` is one of: {known}",
        )
    if not isinstance(value, str):
        return Misfit(
            "E107",
            f"`{choice.key}` of this {title} must be one of: {known}",
            key=choice.key,
            at_value=True,
        )
    similar = closest(value, choice.branches) or closest(value.lower(), choice.branches)
    return Misfit(
        "E107",
        f"unknown {choice.key} `{value[:40]}` of this {title}",
        key=choice.key,
        at_value=True,
        hint=f"did you mean `{similar}`?" if similar else f"one of: {known}",
    )


def _by_presence(
    choice: ByPresence, node: dict[str, JsonValue], title: str
) -> str | Misfit | None:
    present = [key for key in choice.branches if key in node]
    if len(present) > 1 and choice.exclusive:
        present = [key for key in node if key in choice.branches]
        pair = f"`{present[0]}` and `{present[1]}`"
        return Misfit(
            "E108",
            f"{pair} cannot stand together in this {title}",
            key=present[1],
            hint="keep one of them",
        )
    if present:
        return choice.branches[present[0]]
    if choice.otherwise is not None:
        return choice.otherwise
    if choice.fixed is not None and _are_fixed(node.get("outputParameters")):
        return choice.fixed
    alternatives = tuple(choice.branches)
    listed = ", ".join(f"`{key}`" for key in alternatives[:-1])
    return Misfit(
        "E108",
        f"this {title} has neither {listed} nor `{alternatives[-1]}`",
        hint=(
            "without them every output parameter needs a fixed `value`"
            if choice.fixed is not None
            else None
        ),
        lacking=alternatives,
    )


def _are_fixed(outputs: JsonValue) -> bool:
    """Whether outputs carry their own values: there are some, and none is mapped."""
    items = list(outputs.values()) if isinstance(outputs, dict) else outputs
    return (
        isinstance(items, list)
        and len(items) > 0
        and not any(isinstance(item, dict) and "mapping" in item for item in items)
    )
