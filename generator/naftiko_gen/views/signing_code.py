"""The lines of one emitted signer while they are written: variables, fields, imports."""

from __future__ import annotations

from dataclasses import dataclass

from naftiko_gen.names import identifier
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    code,
    formatted,
    ident,
    joined,
    literal,
    statement,
)

_MARGIN = 8
_STEP = 4
_EMBEDDABLE = frozenset("\"'\\{}#")
#: What ``sign`` takes and what the lines themselves call.
_TAKEN = (
    "self",
    "method",
    "target",
    "headers",
    "body",
    "nonce",
    "path",
    "query",
    "now",
    "time",
    "content",
    "mac",
    "signature",
    "output",
    "hmac",
    "signed",
    "token",
    # What the emitted module imports.
    "address",
    "b64decode",
    "base64_text",
    "base64url_text",
    "form_content",
    "form_with",
    "header_value",
    "json_bytes",
    "json_content",
    "jwt_input",
    "jwt_text",
    "md5",
    "members_of",
    "params",
    "percent",
    "sha1",
    "sha256",
    "sha384",
    "sha512",
    "sorted_query",
    "time_ns",
    "with_field",
    "with_fields",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression that is a text or bytes; ``constant`` when it is one known now."""

    code: Code
    binary: bool = False
    constant: str | None = None

    @property
    def embeddable(self) -> bool:
        """Whether it can stand inside an f-string."""
        return not _EMBEDDABLE & set(self.code)


def constant(text: str) -> Piece:
    """A text of the scheme."""
    return Piece(literal(text), constant=text)


class Writer:
    """The body of ``sign``, and what the rest of the module has to define for it."""

    def __init__(self) -> None:
        self.lines: list[Code] = []
        self.imports: set[tuple[str, str]] = set()
        self.depth = 0
        self._names = set(_TAKEN)

    def imported(self, module: str, name: str) -> Code:
        """``name`` of ``module``, which the file then imports."""
        self.imports.add((module, name))
        return ident(name)

    def put(self, line: Code) -> None:
        """One statement."""
        self.lines.append(joined(_pad(self.depth), line))

    def assign(self, name: Code, value: Value) -> None:
        """``name = value``."""
        indent = _MARGIN + _STEP * self.depth
        self.put(statement(joined(name, code(" =")), value, indent))

    def name(self, hint: str) -> Code:
        """A name that is not taken."""
        wanted = identifier(hint, fallback="part")
        found, number = wanted, 1
        while found in self._names:
            number += 1
            found = f"{wanted}_{number}"
        self._names.add(found)
        return ident(found)

    def variable(self, hint: str, value: Value) -> Code:
        """A new variable that holds ``value``."""
        name = self.name(hint)
        self.assign(name, value)
        return name

    def text(self, pieces: list[Piece]) -> Piece:
        """Texts in a row as one expression."""
        pieces = _merged(pieces)
        if not pieces:
            return constant("")
        if len(pieces) == 1:
            return pieces[0]
        parts: list[str] = []
        for piece in pieces:
            if piece.constant is not None:
                parts.append(piece.constant)
            elif piece.embeddable:
                parts.append(piece.code)
            else:
                parts.append(self.variable("part", piece.code))
        return Piece(formatted(parts))

    def together(self, pieces: list[Piece], hint: str) -> Piece:
        """Texts and bytes in a row: a text when all are, else bytes."""
        if not any(piece.binary for piece in pieces):
            return self.text(pieces)
        parts = [self.binary(piece) for piece in self._runs(pieces)]
        if len(parts) == 1:
            return Piece(parts[0], binary=True)
        call = Call(code('b"".join'), (tuple(parts),))
        return Piece(self.variable(hint, call), binary=True)

    def _runs(self, pieces: list[Piece]) -> list[Piece]:
        runs: list[Piece] = []
        texts: list[Piece] = []
        for piece in pieces:
            if not piece.binary:
                texts.append(piece)
                continue
            runs += [self.text(texts)] if _merged(texts) else []
            runs.append(piece)
            texts = []
        return [*runs, self.text(texts)] if _merged(texts) else runs

    def binary(self, piece: Piece) -> Code:
        """``piece`` as bytes."""
        if piece.binary:
            return piece.code
        if piece.constant is not None and piece.constant.isascii():
            return literal(piece.constant.encode())
        return joined(piece.code, code(".encode()"))


def _pad(depth: int) -> Code:
    return joined(*[code("    ")] * (depth + 2))


def _merged(pieces: list[Piece]) -> list[Piece]:
    """The pieces with neighbouring constants as one, and without empty ones."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.constant == "":
            continue
        last = found[-1] if found else None
        if piece.constant is not None and last and last.constant is not None:
            found[-1] = constant(last.constant + piece.constant)
        else:
            found.append(piece)
    return found
