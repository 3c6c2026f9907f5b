"""One escaper for each kind of text file that is emitted and is not Python."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping

_PLAIN = re.compile(r"[A-Za-z0-9_.:/@+=-]*")
# Characters that TOML or YAML refuse inside quotes although JSON allows them.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|&~$])")
_MARKDOWN_START = re.compile(r"^([#+=-]|\d+(?=[.)]))")


class Escaped(str):
    """Text in the notation of the file that it goes into."""

    __slots__ = ()

    def __html__(self) -> str:
        """What Jinja's autoescape takes for text that needs no escape."""
        return str.__str__(self)


def json_text(value: object, indent: int | None = None) -> Escaped:
    """``value`` as JSON. Raises ValueError for numbers and text that JSON files cannot hold."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    text.encode("utf-8")
    return Escaped(text)


def quoted(value: object) -> Escaped:
    """``value`` as a JSON value that is valid YAML and, for texts, numbers and lists, TOML too."""
    return Escaped(
        _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", json_text(value))
    )


def toml(value: object) -> Escaped:
    """A text, number, truth value or list as TOML. Raises TypeError for what TOML lacks here."""
    if value is None or isinstance(value, Mapping):
        raise TypeError(f"no TOML value for a {type(value).__name__}")
    return quoted(value)


def comment(text: str) -> Escaped:
    """``text`` as one line behind a comment sign, or of any file that is only read by people."""
    return Escaped(" ".join(_visible(text).split()))


def markdown(text: str) -> Escaped:
    """``text`` as one line of literal Markdown, also inside a table cell."""
    line = " ".join(_visible(text).split())
    escaped = _MARKDOWN.sub(r"\\\1", line)
    return Escaped(
        _MARKDOWN_START.sub(
            lambda match: (
                f"\\{match.group()}"
                if not match.group().isdigit()
                else f"{match.group()}\\"
            ),
            escaped,
        )
    )


def markdown_code(text: str) -> Escaped:
    """``text`` as a Markdown code span, also inside a table cell."""
    line = " ".join(_visible(text).split()).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    space = " " if line.startswith("`") or line.endswith("`") or not line else ""
    return Escaped(f"{fence}{space}{line}{space}{fence}")


def shell(text: str) -> Escaped:
    """``text`` as one word of a POSIX shell. Raises ValueError for text with a NUL."""
    if "\0" in text:
        raise ValueError("no shell word holds a NUL")
    return Escaped(shlex.quote(text))


def plain(text: str) -> Escaped:
    """A name, path or address that means itself in every notation; ValueError for other text."""
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"not a plain word: {text!r}")
    return Escaped(text)


def means_itself(value: object) -> bool:
    """True for escaped text, whole numbers, and words that need no escape in any notation."""
    if isinstance(value, str):
        return isinstance(value, Escaped) or _PLAIN.fullmatch(value) is not None
    return isinstance(value, int) and not isinstance(value, bool)


def _visible(text: str) -> str:
    """``text`` with U+FFFD for characters that show nothing or turn the direction of text."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in text)


ESCAPERS: Mapping[str, Callable[..., Escaped]] = {
    "json": json_text,
    "yaml": quoted,
    "toml": toml,
    "comment": comment,
    "md": markdown,
    "mdcode": markdown_code,
    "shell": shell,
    "plain": plain,
}
