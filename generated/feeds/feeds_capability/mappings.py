"""What News feeds answers with."""

from __future__ import annotations

from .json_values import descendants, members
from .reply import JsonValue


def get_section(document: JsonValue) -> JsonValue:
    """The answer of GET /sections/{section}."""
    root = document if isinstance(document, dict) else {}
    channel = members(root.get("channel"))
    found = channel.get("item")
    articles: list[JsonValue] | None = None
    if isinstance(found, list):
        articles = []
        for entry in found:
            fields = entry if isinstance(entry, dict) else {}
            guid = members(fields.get("guid"))
            articles.append(
                {
                    "title": fields.get("title"),
                    "link": fields.get("link"),
                    "id": guid.get(""),
                    "is-link": guid.get("isPermaLink"),
                },
            )
    return {
        "title": channel.get("title"),
        "version": root.get("version"),
        "articles": articles,
    }


def list_headlines(document: JsonValue) -> JsonValue:
    """The answer of the tool list-headlines."""
    answer: list[JsonValue] | None = None
    if document is not None:
        nodes: list[JsonValue] = []
        for node in descendants(document):
            if isinstance(node, dict) and "item" in node:
                nodes.append(node["item"])
        answer = []
        for node_2 in nodes:
            for node_3 in descendants(node_2):
                if isinstance(node_3, dict) and "title" in node_3:
                    answer.append(node_3["title"])
    return answer
