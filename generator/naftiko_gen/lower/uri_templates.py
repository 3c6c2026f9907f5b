"""URIs of resources: fixed ones, and templates of level 1 (RFC 6570): ``shop://orders/{id}``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
#: What a URI may hold (RFC 3986, section 2), percent-encoded octets among it.
_TEXT = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*")
_VARIABLE = re.compile(r"[A-Za-z0-9_]+")
_LONGEST = 2000


class BadUri(ValueError):
    """Why a text is no URI of a resource: a message and a hint."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class UriTemplate:
    """The texts around the variables: one more than there are variables."""

    literals: tuple[str, ...]
    variables: tuple[str, ...]

    @property
    def shape(self) -> tuple[str, ...]:
        """Two templates with one shape match the same URIs."""
        return self.literals


def parse(uri: str) -> UriTemplate:
    """The template that ``uri`` is. Raises BadUri."""
    if len(uri) > _LONGEST:
        raise BadUri(f"a URI of {len(uri)} characters", f"at most {_LONGEST} are read")
    if not _SCHEME.match(uri):
        raise BadUri(
            f"`{uri}` has no scheme",
            "write an absolute URI, for example `shop://orders/{id}`",
        )
    literals: list[str] = []
    variables: list[str] = []
    rest = uri
    while True:
        literal, brace, rest = rest.partition("{")
        _check_literal(literal)
        literals.append(literal)
        if not brace:
            return UriTemplate(tuple(literals), tuple(variables))
        name, brace, rest = rest.partition("}")
        if not brace:
            raise BadUri("a `{` is never closed", "write `{name}`")
        _check_variable(name, variables)
        if len(literals) > 1 and not literals[-1]:
            raise BadUri(
                f"nothing stands between `{{{variables[-1]}}}` and `{{{name}}}`",
                "no URI would tell where one value ends and the next one starts",
            )
        variables.append(name)


def _check_literal(text: str) -> None:
    if not _TEXT.fullmatch(text):
        raise BadUri(
            f"`{text}` holds what no URI can",
            "percent-encode it as UTF-8 (RFC 3986, section 2.1); variables are `{name}`",
        )


def _check_variable(name: str, before: list[str]) -> None:
    if not _VARIABLE.fullmatch(name):
        raise BadUri(
            f"`{{{name}}}` is no simple variable",
            "a variable is `{name}` of letters, digits and underscores, without operators "
            "(RFC 6570, level 1)",
        )
    if name in before:
        raise BadUri(f"the variable `{name}` stands twice", "rename one of them")
