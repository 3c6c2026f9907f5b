"""W164: a key that describes, and that the format does not have at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from naftiko_gen.names import plain
from naftiko_gen.source import JsonValue, Source

from .rule import Finding, Rule
from .structure import At, Reading

_KEYS = frozenset(
    [
        "title",
        "label",
        "name",
        "displayname",
        "id",
        "description",
        "summary",
        "desc",
        "details",
        "notes",
        "note",
        "comment",
        "comments",
        "tags",
        "tag",
        "labels",
        "keywords",
        "category",
        "categories",
        "domain",
        "version",
        "apiversion",
        "status",
        "stability",
        "deprecated",
        "created",
        "createdat",
        "modified",
        "updated",
        "updatedat",
        "author",
        "authors",
        "owner",
        "owners",
        "maintainer",
        "maintainers",
        "provider",
        "vendor",
        "team",
        "contact",
        "contacts",
        "personas",
        "persona",
        "stakeholders",
        "audience",
        "license",
        "copyright",
        "termsofservice",
        "documentation",
        "docs",
        "docsurl",
        "externaldocs",
        "homepage",
        "website",
        "logo",
        "icon",
        "repository",
        "source",
        "references",
        "metadata",
        "annotations",
        "usecase",
        "usecases",
        "example",
        "examples",
        "format",
        "operationid",
        "schema",
    ]
)
_MARKS = ("x-", "X-", "$")


class _Descriptive(Reading):
    leaves = False

    def keys(self, node: dict[str, JsonValue], at: At) -> Mapping[str, str | None]:
        if not at.kind.closed or not _official(at):
            return {}
        found: dict[str, str | None] = {}
        for key in node:
            if key in at.kind.keys:
                continue
            if plain(key) in _KEYS or key.startswith(_MARKS) and key != "$ref":
                found[key] = None
                message = f"`{key}` of this {at.kind.title} describes: it is not read"
                self.say((*at.before, key), message)
        return found


def _official(at: At) -> bool:
    """Whether the mapping is one of the format, where a description can stand."""
    name = at.kind.name
    auth = name.startswith(("Auth", "Import"))
    return bool(name) and not auth or not at.before


def _find(source: Source) -> Iterator[Finding]:
    return _Descriptive(source).found()


RULE = Rule(
    "W164",
    _find,
    """\
consumes:
  - {namespace: shop, version: '2', baseUri: https://shop.example}
""",
    """\
consumes:
  - {namespace: shop, baseUri: https://shop.example}
""",
)
