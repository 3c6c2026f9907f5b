"""W142: a call spells the operation in another way."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from naftiko_gen.names import plain
from naftiko_gen.source import Source

from .places import called, callers, text_of
from .rule import Finding, Rule, replaced

#: How much of two names is the same when one of them is a slip: `pages` for `page`.
_SLIP = 0.85


def _find(source: Source) -> Iterator[Finding]:
    known = called(source.data)
    alike: dict[str, list[str]] = {}
    for name in known:
        alike.setdefault(plain(name), []).append(name)
    for path, node in callers(source.data):
        call = text_of(node, "call")
        meant = _meant(call, known, alike)
        if meant is not None:
            yield Finding(
                (*path, "call"),
                f"no operation is called `{call}`: `{meant}` is called",
                at_key=False,
                edits=(replaced((*path, "call"), meant),),
            )


def _meant(
    call: str, known: Mapping[str, object], alike: Mapping[str, list[str]]
) -> str | None:
    if call in known:
        return None
    found = alike.get(plain(call), [])
    return found[0] if len(found) == 1 else None


def misspelt(word: str, known: Iterable[str]) -> bool:
    """Whether ``word`` is so near to one of ``known`` that it is a slip of the hand."""
    return bool(difflib.get_close_matches(word, sorted(known), n=1, cutoff=_SLIP))


RULE = Rule(
    "W142",
    _find,
    """\
capability:
  consumes:
    - {namespace: shop, resources: [{operations: [{name: list-orders}]}]}
  exposes:
    - {type: mcp, tools: [{call: shop.listOrders}]}
""",
    """\
capability:
  consumes:
    - {namespace: shop, resources: [{operations: [{name: list-orders}]}]}
  exposes:
    - {type: mcp, tools: [{call: shop.list-orders}]}
""",
)
