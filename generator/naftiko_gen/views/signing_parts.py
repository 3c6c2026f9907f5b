"""The parts of a signature as Python expressions."""

from __future__ import annotations

from naftiko_gen import ir_scheme as s
from naftiko_gen.names import identifier
from naftiko_gen.pycode import Call, Code, Value, code, ident, joined, literal

from .signing_code import Piece, Writer, constant

_REQUEST = "signing_request"


class Parts:
    """Writes the parts of one scheme; ``fields`` are the attributes that it uses."""

    def __init__(self, scheme: s.Scheme, writer: Writer) -> None:
        self.scheme = scheme
        self.writer = writer
        self.fields: set[str] = set()
        self.names: dict[str, Piece] = {}
        self.data = Piece(code("data"), binary=True)

    def field(self, name: str) -> Code:
        """``self._name``, which the constructor then sets."""
        self.fields.add(name)
        return joined(code("self._"), ident(name))

    def piece(self, part: s.Part, hint: str = "part") -> Piece:
        """``part`` as one expression."""
        return self.writer.together(self.pieces(part, hint), hint)

    def value(self, part: s.Part, hint: str) -> Code:
        """``part`` as a text that can be an argument."""
        return self.piece(part, hint).code

    def pieces(self, part: s.Part, hint: str) -> list[Piece]:
        """``part`` as expressions to be put in a row."""
        if isinstance(part, s.Template):
            return [
                piece
                for item in part.parts
                for piece in (
                    [constant(item)]
                    if isinstance(item, str)
                    else self.pieces(item, hint)
                )
            ]
        if isinstance(part, s.Joined):
            return self.row(part.parts, part.separator, hint)
        return [self._single(part, hint)]

    def row(self, parts: tuple[s.Part, ...], separator: str, hint: str) -> list[Piece]:
        """Several parts with a separator in between."""
        found: list[Piece] = []
        for index, part in enumerate(parts):
            if index and separator:
                found.append(constant(separator))
            found += self.pieces(part, hint)
        return found

    def binary(self, part: s.Part, hint: str) -> Code:
        """``part`` as bytes."""
        return self.writer.binary(self.piece(part, hint))

    def _single(self, part: s.Part, hint: str) -> Piece:
        match part:
            case s.Source(name):
                return self._source(name)
            case s.Role(name):
                return Piece(self.field(identifier(name)))
            case s.Name(name):
                return self.names[name]
            case s.Header(name):
                return self._header(name)
            case s.Hash() | s.Mac():
                return Piece(self._digest(part, "digest", hint), binary=True)
            case s.Encoded():
                return self._encoded(part, hint)
            case s.Stripped(prefix, of):
                inner = self.value(of, hint)
                call = Call(joined(inner, code(".removeprefix")), (prefix,))
                return Piece(self.writer.variable(hint, call))
            case s.Truncated(size, of):
                inner = self.binary(of, hint)
                sliced = joined(inner, code("[:"), literal(size), code("]"))
                return Piece(sliced, binary=True)
            case s.Params():
                return self._params(part, hint)
            case s.Chosen():
                return self._chosen(part, hint)
            case _:
                raise TypeError(f"no expression for {part!r}")

    def _source(self, name: s.SourceName) -> Piece:
        match name:
            case "body":
                return self.data
            case "pathQuery":
                return Piece(code("target"))
            case "?query":
                return Piece(
                    self.writer.variable("suffix", code('f"?{query}" if query else ""'))
                )
            case "scheme" | "host":
                return Piece(self.field(name))
            case "keyFingerprint":
                return Piece(self.field("fingerprint"))
            case "resourceType" | "resourceLink":
                kind = name == "resourceType"
                helper = "resource_type" if kind else "resource_link"
                call = Call(self.writer.imported(_REQUEST, helper), (code("path"),))
                return Piece(self.writer.variable("resource", call))
            case "url":
                url = joined(self.field("origin"), code(" + target"))
                return Piece(self.writer.variable("url", url))
            case _:
                return Piece(ident(name))

    def _header(self, name: str) -> Piece:
        if name == "content-type":
            return Piece(code("content.media_type"))
        helper = self.writer.imported(_REQUEST, "header_value")
        call = Call(helper, (code("headers"), name))
        return Piece(self.writer.variable(name, call))

    def _digest(self, part: s.Hash | s.Mac, form: str, hint: str) -> Code:
        """A digest in bytes (``digest``) or in hex (``hexdigest``)."""
        of = self.binary(part.of, hint)
        if isinstance(part, s.Hash):
            function = self.writer.imported("hashlib", part.algorithm)
            return joined(function, code("("), of, code(")."), ident(form), code("()"))
        self.writer.imports.add(("", "hmac"))
        key = self.field("private") if part.key is None else self.binary(part.key, hint)
        call: list[Code] = [code("hmac.digest("), key, code(", "), of, code(", ")]
        call += [literal(part.algorithm), code(")")]
        if form == "hexdigest":
            call.append(code(".hex()"))
        return joined(*call)

    def _encoded(self, part: s.Encoded, hint: str) -> Piece:
        if part.kind in ("hex", "HEX"):
            if isinstance(part.of, s.Hash | s.Mac):
                text = self._digest(part.of, "hexdigest", hint)
            else:
                text = joined(self.binary(part.of, hint), code(".hex()"))
            if part.kind == "HEX":
                text = joined(text, code(".upper()"))
            return self._kept(text, hint)
        if part.kind in ("base64", "base64url"):
            helper = self.writer.imported(_REQUEST, f"{part.kind}_text")
            inner = self.binary(part.of, hint)
            return self._kept(joined(helper, code("("), inner, code(")")), hint)
        if part.kind == "length":
            inner = self.binary(part.of, hint)
            return Piece(joined(code("str(len("), inner, code("))")))
        inner = self.value(part.of, hint)
        match part.kind:
            case "lower":
                return Piece(joined(inner, code(".lower()")))
            case "upper":
                return Piece(joined(inner, code(".upper()")))
            case "urlencode":
                helper = self.writer.imported(_REQUEST, "percent")
                return Piece(self.writer.variable(hint, Call(helper, (inner,))))
            case _:
                name = "from_hex" if part.kind == "unhex" else "from_base64"
                helper = self.writer.imported(_REQUEST, name)
                return Piece(joined(helper, code("("), inner, code(")")), binary=True)

    def _kept(self, text: Code, hint: str) -> Piece:
        """``text`` in a variable unless it can stand inside an f-string."""
        piece = Piece(text)
        return piece if piece.embeddable else Piece(self.writer.variable(hint, text))

    def _params(self, part: s.Params, hint: str) -> Piece:
        helper = self.writer.imported(_REQUEST, "params")
        source = code("query") if part.source == "query" else self.data.code
        keywords: list[tuple[str, Value]] = [
            (name, True) for name in ("sort", "decode", "encode") if getattr(part, name)
        ]
        if part.pair != "{k}={v}":
            keywords.append(("pair", part.pair))
        if part.separator != "&":
            keywords.append(("separator", part.separator))
        if part.omit:
            keywords.append(("omit", part.omit))
        call = Call(helper, (source,), tuple(keywords))
        return Piece(self.writer.variable(hint, call))

    def _chosen(self, part: s.Chosen, hint: str) -> Piece:
        writer = self.writer
        name = writer.name(hint)
        before = len(writer.lines)
        writer.put(joined(code("if "), self.condition(part.when), code(":")))
        binary = self._branch(part.then, name, hint)
        if part.otherwise is not None:
            writer.put(code("else:"))
            self._branch(part.otherwise, name, hint)
            return Piece(name, binary)
        writer.assign(name, b"" if binary else "")
        writer.lines.insert(before, writer.lines.pop())
        return Piece(name, binary)

    def _branch(self, part: s.Part, name: Code, hint: str) -> bool:
        """Assign ``part`` to ``name`` in a block; whether it is bytes."""
        self.writer.depth += 1
        piece = self.piece(part, hint)
        self.writer.assign(name, piece.code)
        self.writer.depth -= 1
        return piece.binary

    def condition(self, when: s.When) -> Code:
        """``when`` as an expression."""
        tests: list[Code] = []
        if len(when.methods) == 1:
            tests.append(joined(code("method == "), literal(when.methods[0])))
        elif when.methods:
            tests.append(joined(code("method in "), literal(when.methods)))
        for test, name in ((when.body, self.data.code), (when.query, code("query"))):
            if test is not None:
                tests.append(name if test else joined(code("not "), name))
        found = tests[0]
        for test_code in tests[1:]:
            found = joined(found, code(" and "), test_code)
        return found
