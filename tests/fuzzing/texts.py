"""Changes of a document's text: what editors, disks and networks do to files."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from .edits import Draw
from .values import RAWS, TEXTS

_BITS = (
    *(
        "\t",
        "\n",
        "\r",
        "\r\n",
        " ",
        "  ",
        ":",
        ": ",
        "- ",
        "#",
        "'",
        '"',
        "{",
        "}",
        "[",
        "]",
    ),
    *(
        ",",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        "? ",
        "\\",
        "---\n",
        "...\n",
        "<<: ",
    ),
    *(
        "\x00",
        "\x0b",
        "\x1b",
        "\x7f",
        "\x85",
        "\xa0",
        "\u2028",
        "\ufeff",
        "\ufffe",
        "😀",
    ),
    *(
        "\n\n",
        "\n  ",
        "\n- ",
        "\nx: ",
        "\n? x\n: ",
        "\n---\n",
        "\n...\n",
        "\n%TAG ! x\n",
    ),
    *("# --- truncated at 32 KB (56 KB total) ---\n", "{{", "}}", "$", "\ud800"),
)


def damaged(draw: Draw, text: str) -> str:
    """``text`` with one change at a place of it."""
    return draw(st.sampled_from(_CHANGES))(draw, text)


def _insert(draw: Draw, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(_BITS)) + text[at:]


def _replace(draw: Draw, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    end = at + draw(st.integers(0, 12))
    return text[:at] + draw(st.sampled_from([*_BITS, *RAWS, *TEXTS])) + text[end:]


def _cut(draw: Draw, text: str) -> str:
    return text[: draw(st.integers(0, len(text)))]


def _behead(draw: Draw, text: str) -> str:
    return text[draw(st.integers(0, len(text))) :]


def _without(draw: Draw, text: str) -> str:
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    return text[:start] + text[end:]


def _lines(draw: Draw, text: str) -> str:
    """A line is lost, doubled, moved, indented, or made a comment or a tab's."""
    lines = text.split("\n")
    at, to = draw(st.tuples(*[st.integers(0, len(lines) - 1)] * 2))
    line = lines[at]
    kind = draw(st.integers(0, 7))
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, line)
    elif kind == 2:
        lines[at], lines[to] = lines[to], line
    elif kind == 3:
        lines[at] = f"  {line}"
    elif kind == 4:
        lines[at] = line[1:] if line.startswith(" ") else f"# {line}"
    elif kind == 5:
        lines[at] = line.replace("  ", "\t", 1)
    elif kind == 6:
        lines[at] = line.replace("- ", "-", 1).replace(": ", ":", 1)
    else:
        lines[at] = line + " " * draw(st.sampled_from([1, 5_000])) + "# c"
    return "\n".join(lines)


def _again(draw: Draw, text: str) -> str:
    return text + draw(st.sampled_from(["---\n", "...\n", "--- |\n", ""])) + text


def _shifted(draw: Draw, text: str) -> str:
    """All of it deeper, under a key or in a list."""
    lead, pad = draw(st.sampled_from([("x:\n", "  "), ("- x\n", ""), ("x:\n", "\t")]))
    return str(lead) + "\n".join(f"{pad}{line}" for line in text.split("\n"))


_CHANGES: tuple[Callable[[Draw, str], str], ...] = (
    *(_insert, _insert, _replace, _replace, _cut, _behead, _without, _lines, _lines),
    *(_lines, _again, _shifted),
)


def encoded(draw: Draw, text: str) -> bytes:
    """The bytes of ``text``, as most files have them or not."""
    kind = draw(st.sampled_from([0] * 30 + [1, 2, 3, 4, 5, 6, 7]))
    if kind == 1:
        text = text.replace("\n", "\r\n")
    elif kind == 2:
        text = text.replace("\n", "\r")
    elif kind == 3:
        text = "\ufeff" + text
    elif kind == 4:
        text = "%YAML 1.1\n---\n" + text
    elif kind == 5:
        return text.encode("utf-16", "surrogatepass")
    elif kind == 6:
        return text.encode("latin-1", "replace")
    raw = text.encode("utf-8", "surrogatepass")
    if kind == 7:
        at = draw(st.integers(0, len(raw)))
        raw = raw[:at] + draw(st.binary(min_size=1, max_size=4)) + raw[at:]
    return raw
