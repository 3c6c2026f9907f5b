"""Settings read from environment variables, with every problem told at once."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NoReturn, TypeVar
from urllib.parse import urlsplit

NumberT = TypeVar("NumberT", int, float)

_FLAGS = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}
# What may be filled into a base URL: no user, no query, no fragment.
_ADDRESS = re.compile(r"[A-Za-z0-9._~:/-]+")

Form = Literal["none", "base64", "base64url", "hex", "pem"]


def _base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _base64url(text: str) -> bytes:
    text = text.rstrip("=").replace("-", "+").replace("_", "/")
    return _base64(text + "=" * (-len(text) % 4))


#: Each raises ValueError (which binascii.Error is) for a text that is not of its form.
_DECODERS: dict[str, Callable[[str], bytes]] = {
    "base64": _base64,
    "base64url": _base64url,
    "hex": bytes.fromhex,
}


class Secret:
    """A text that only `reveal()` shows: not `repr`, not `str`, not a format."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself; keep it out of logs, errors and exceptions."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(...)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a Secret is not written to files or to other processes")


class SettingsError(Exception):
    """Settings that cannot be used; `problems` name variables, never values."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


class Environment:
    """Reads typed settings from a mapping of environment variables.

    Spaces around a value are dropped, and an empty value counts as not set, which
    is what a bare `NAME=` line of an env file means. Problems are collected, and a
    usable stand-in is returned, so that `finish()` can report all of them. `own` are
    the variables themselves, where files complete them.
    """

    def __init__(
        self, values: Mapping[str, str], own: Mapping[str, str] | None = None
    ) -> None:
        self._values = values
        self.own = values if own is None else own
        self._problems: list[str] = []

    def finish(self) -> None:
        """Raise SettingsError when anything that was read had a problem."""
        if self._problems:
            # A variable that is used twice has its problem once.
            raise SettingsError(tuple(dict.fromkeys(self._problems)))

    def note(self, problem: str) -> None:
        """Add a problem that was found elsewhere; it names variables, never values."""
        self._problems.append(problem)

    def text(self, name: str, default: str) -> str:
        return self._get(name) or default

    def secret(self, name: str, decode: Form = "none") -> Secret:
        """A secret that must be set; see `optional_secret` for `decode`."""
        if not self._values.get(name, "").strip():
            self._problems.append(f"{name} is not set")
        return self.optional_secret(name, decode) or Secret("")

    def optional_secret(self, name: str, decode: Form = "none") -> Secret | None:
        """A secret, or None when not set.

        With another form the text must be bytes written that way: standard base64 or
        that of URLs (RFC 4648, sections 4 and 5), hexadecimal digits. A "pem" may have
        several lines, whose ends may be written as backslash and n. The secret still
        holds the text as it was given.
        """
        text = self._lines(name) if decode == "pem" else self._get(name)
        if text is None:
            return None
        if not text.isascii():
            # It ends up in a header or in a key: never a character that needs a
            # charset, and often a sign of a quotation mark pasted along.
            self._problems.append(f"{name} holds characters that are not ASCII")
        elif decode in ("base64", "base64url", "hex"):
            try:
                _DECODERS[decode](text)
            except ValueError:
                self._problems.append(f"{name} is not valid {decode}")
        return Secret(text)

    def _lines(self, name: str) -> str | None:
        return self._values.get(name, "").strip().replace("\\n", "\n") or None

    def number(
        self,
        name: str,
        default: float,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
    ) -> float:
        return self._bounded(name, default, float, "a number", minimum, maximum)

    def integer(
        self,
        name: str,
        default: int,
        *,
        minimum: int | None = None,
        maximum: int | None = None,
    ) -> int:
        return self._bounded(name, default, int, "a whole number", minimum, maximum)

    def choice(self, name: str, allowed: Sequence[str]) -> str | None:
        """One of `allowed`, whatever its case; None when not set."""
        text = self._get(name)
        if text is None:
            return None
        for word in allowed:
            if word.lower() == text.lower():
                return word
        self._problems.append(f"{name} must be one of {', '.join(allowed)}")
        return None

    def flag(self, name: str, default: bool) -> bool:
        text = self._get(name)
        if text is None:
            return default
        value = _FLAGS.get(text.lower())
        if value is None:
            self._problems.append(f"{name} must be true or false")
            return default
        return value

    def url(self, name: str, default: str) -> str:
        """A base URL of http or https, without its trailing slashes.

        Credentials, a query and a fragment are refused: a base URL is logged and
        joined with paths, and none of them would survive either.
        """
        text = self._get(name)
        if text is None:
            return default.rstrip("/")
        problem = _url_problem(text)
        if problem:
            self._problems.append(f"{name} {problem}")
        return text.rstrip("/")

    def address(self, name: str, template: str, variables: Sequence[str]) -> str:
        """`template` with the value of a variable for each `{}`, for `url(name, ...)`.

        The variables must be set, unless `name` is and makes them needless.
        """
        if self._get(name) is not None:
            return ""
        values = []
        for variable in variables:
            text = self._get(variable)
            if text is None:
                self._problems.append(f"{variable} is not set")
            elif not _ADDRESS.fullmatch(text):
                self._problems.append(f"{variable} cannot be a part of a URL")
            values.append(text or "x")
        address = template.format(*values)
        if not self._problems and (problem := _url_problem(address)):
            self._problems.append(f"{' and '.join(variables)}: the address {problem}")
        return address

    def words(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """A comma-separated list; empty items are dropped."""
        text = self._get(name)
        if text is None:
            return default
        return tuple(word for part in text.split(",") if (word := part.strip()))

    def _get(self, name: str) -> str | None:
        text = self._values.get(name, "").strip()
        if any(ord(character) < 32 or ord(character) == 127 for character in text):
            self._problems.append(f"{name} holds a control character")
            return None
        return text or None

    def _bounded(
        self,
        name: str,
        default: NumberT,
        read: Callable[[str], NumberT],
        expected: str,
        minimum: NumberT | None,
        maximum: NumberT | None,
    ) -> NumberT:
        text = self._get(name)
        if text is None:
            return default
        try:
            value = read(text)
        except ValueError:
            self._problems.append(f"{name} must be {expected}")
            return default
        too_low = minimum is not None and value < minimum
        too_high = maximum is not None and value > maximum
        if too_low or too_high or not math.isfinite(value):
            bounds = [expected]
            bounds += [f"at least {minimum}"] if minimum is not None else []
            bounds += [f"at most {maximum}"] if maximum is not None else []
            self._problems.append(f"{name} must be {', '.join(bounds)}")
            return default
        return value


def _url_problem(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  # reading it is what checks it
    except ValueError:
        return "is not a valid URL"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "must be a URL that starts with http:// or https://"
    if " " in text or "\\" in text:
        return "is not a valid URL"
    if parts.username is not None or parts.password is not None:
        return "must not contain credentials"
    if "?" in text or "#" in text:
        return "must not contain a query or a fragment"
    return None
