"""What an operation answers: JSON, a format that is passed on as it comes, or bytes."""

from __future__ import annotations

import re

from naftiko_gen.ir import JsonValue
from naftiko_gen.lower.node import Node

from .media import JSON, essence, is_json, of_document
from .model import Answer
from .references import resolved
from .samples import sample
from .schemas import Inliner

_FORMATS = {
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/yaml": "yaml",
    "application/x-yaml": "yaml",
    "text/yaml": "yaml",
    "text/x-yaml": "yaml",
}
_CONCRETE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")


def read_answer(node: Node, inliner: Inliner, *, old: bool) -> Answer:
    """The answer of the operation ``node``."""
    responses = dict(node.members("responses"))
    good = [code for code in responses if code.startswith("2")] or ["default"]
    if good[0] not in responses:
        return Answer({}, ())
    response = resolved(responses[good[0]])
    if old:
        media = of_document(node, "produces")
        content: dict[str, Node] = {}
        if response.has("schema"):
            content = dict.fromkeys(media or [JSON], response)
    else:
        content = {essence(m): item for m, item in response.members("content")}
    if not content:
        return Answer({}, ())
    file = old and response.child("schema").text("type") == "file"
    chosen = next((m for m in (JSON, *content) if m in content and is_json(m)), None)
    if chosen is None or (file and chosen != JSON):
        return _written(list(content))
    item = content[chosen]
    schema = {}
    if item.has("schema"):
        schema = inliner.schema(item.child("schema"), sent=False)
    given = _given(item, chosen, old=old)
    return Answer(schema, given or ((sample(schema),) if schema else ()))


def _written(media: list[str]) -> Answer:
    """An answer that is no JSON, in the first format that is known, else as bytes."""
    for name in media:
        known = _FORMATS.get(name) or ("xml" if name.endswith("+xml") else "")
        # A picture is one for clients that show it, though it is written in XML.
        if known and name != "image/svg+xml":
            return Answer({}, (), known)
    concrete = next((name for name in media if _CONCRETE.fullmatch(name)), "")
    return Answer({}, (), "binary", concrete)


def _given(item: Node, media: str, *, old: bool) -> tuple[JsonValue, ...]:
    """The example that the document itself has."""
    if old:
        examples = item.child("examples")
        return (examples.value[media],) if examples.has(media) else ()
    if item.has("example"):
        return (item.value["example"],)
    for _, node in item.members("examples"):
        example = resolved(node)
        if example.has("value"):
            return (example.value["value"],)
    return ()
