"""What is consumed: addresses, paths, descriptions."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue

from .places import consumes, items, text, titled
from .rule import Offence, Rule, quoted


def _trailing_slash(data: JsonValue) -> Iterator[Offence]:
    for place in consumes(data):
        uri = text(place, "baseUri")
        if uri and uri.endswith("/"):
            yield Offence(
                (*place[0], "baseUri"),
                f"the base URI {quoted(uri)} ends with `/`",
                "paths start with one: remove this one",
            )


def _query(data: JsonValue) -> Iterator[Offence]:
    for place in consumes(data):
        if place[1].get("type", "http") != "http":
            continue
        for resource in items(place, "resources"):
            path = text(resource, "path")
            if path and "?" in path:
                yield Offence(
                    (*resource[0], "path"),
                    f"the consumed path {quoted(path)} has a query",
                    "declare input parameters with `in: query`",
                )


def _description(data: JsonValue) -> Iterator[Offence]:
    for place in consumes(data):
        if not text(place, "description"):
            key = "namespace" if "namespace" in place[1] else "import"
            yield Offence(
                place[0],
                f"{titled(place, 'consumes entry', key)} has no `description`",
                at_key=True,
            )


def _example(data: JsonValue) -> Iterator[Offence]:
    for place in consumes(data):
        uri = text(place, "baseUri")
        if uri and "example.com" in uri:
            yield Offence(
                (*place[0], "baseUri"),
                f"the base URI {quoted(uri)} is a placeholder",
                "name the host of the provider",
            )


RULES = (
    Rule("consumes-baseuri-no-trailing-slash", "W302", _trailing_slash),
    Rule("consumed-resource-no-query-in-path", "W303", _query),
    Rule("consumes-description", "W314", _description),
    Rule("baseuri-not-example", "W320", _example, recommended=False),
)
