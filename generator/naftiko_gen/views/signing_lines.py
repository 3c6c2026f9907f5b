"""The body of a compiled signer: what ``sign`` does, statement by statement."""

from __future__ import annotations

from naftiko_gen import ir_scheme as s
from naftiko_gen.pycode import Call, Code, Value, call, code, joined, literal

from .signing_code import Piece, Writer
from .signing_parts import Parts
from .signing_token import write_token

_REQUEST = "signing_request"
_SECOND = 1_000_000_000
_UNITS = {"s": _SECOND, "ms": 1_000_000, "us": 1000, "ns": 1}
_TIMES = "signing_times"


def write(scheme: s.Scheme, writer: Writer, parts: Parts) -> None:
    """The body of ``sign``."""
    _time(scheme, writer, parts)
    uses_query = _inject(scheme, writer, parts)
    _content(scheme, writer, parts)
    for name, part in scheme.variables:
        piece = parts.piece(part, name)
        parts.names[name] = _named(writer, name, piece)
    if scheme.token is not None:
        parts.names["token"] = write_token(scheme, scheme.token, writer, parts)
    else:
        parts.names["signature"] = _signature(scheme, writer, parts)
    for name, part in scheme.post:
        parts.names[name] = _named(writer, name, parts.piece(part, name))
    _output(scheme, writer, parts)
    if scheme.carrier is not None:
        _drop(writer, "content")
    _split(writer, uses_query)


def _named(writer: Writer, name: str, piece: Piece) -> Piece:
    if piece.constant is not None or piece.code.isidentifier():
        return piece
    return Piece(writer.variable(name, piece.code), piece.binary)


def _time(scheme: s.Scheme, writer: Writer, parts: Parts) -> None:
    if scheme.time is None:
        return
    writer.imports.add(("time", "time_ns"))
    now = joined(parts.field("clock"), code("()"))
    if scheme.offset:
        now = joined(now, code(" + "), literal(scheme.offset * _SECOND))
    if scheme.time == "ns":
        text = joined(code("str("), now, code(")"))
    elif scheme.time in _UNITS:
        if scheme.offset:
            now = joined(code("("), now, code(")"))
        text = joined(code("str("), now, code(" // "), _grouped(_UNITS[scheme.time]))
        text = joined(text, code(")"))
    else:
        helper = writer.imported(_TIMES, scheme.time.replace("-", "_"))
        text = joined(helper, code("("), now, code(")"))
    writer.assign(code("time"), text)


def _grouped(number: int) -> Code:
    return {
        _SECOND: code("1_000_000_000"),
        1_000_000: code("1_000_000"),
        1000: code("1000"),
    }[number]


def _inject(scheme: s.Scheme, writer: Writer, parts: Parts) -> bool:
    """Add the scheme's own fields; whether the query is changed."""
    changed = scheme.sort_query
    for place in ("query", "body"):
        for group in _groups(scheme, place):
            when = group[0].when
            if when is not None:
                # The body has not been written yet: what the caller gave decides.
                data, parts.data = parts.data, Piece(code("body"), binary=True)
                condition = parts.condition(when)
                parts.data = data
                writer.put(joined(code("if "), condition, code(":")))
                writer.depth += 1
            if place == "query":
                changed = True
                _inject_query(group, writer, parts)
            else:
                _inject_body(group, writer, parts)
            if when is not None:
                writer.depth -= 1
    if scheme.sort_query:
        helper = writer.imported(_REQUEST, "sorted_query")
        writer.assign(code("query"), Call(helper, (code("query"),)))
    if changed:
        writer.assign(code("target"), code('f"{path}?{query}" if query else path'))
    return changed


def _groups(scheme: s.Scheme, place: str) -> list[list[s.Injection]]:
    """The fields for ``place``; neighbours with one condition and position together."""
    found: list[list[s.Injection]] = []
    for field in scheme.inject:
        if field.place != place:
            continue
        last = found[-1][0] if found else None
        if last and (last.when, last.first) == (field.when, field.first):
            found[-1].append(field)
        else:
            found.append([field])
    return found


def _inject_query(group: list[s.Injection], writer: Writer, parts: Parts) -> None:
    helper = writer.imported(_REQUEST, "with_field")
    fields = reversed(group) if group[0].first else group
    for field in fields:
        arguments = (code("query"), field.name, parts.value(field.value, field.name))
        keywords: tuple[tuple[str, Value], ...] = (
            (("first", True),) if field.first else ()
        )
        writer.assign(code("query"), Call(helper, arguments, keywords))


def _inject_body(group: list[s.Injection], writer: Writer, parts: Parts) -> None:
    helper = writer.imported(_REQUEST, "with_fields")
    fields: dict[str, Value] = {}
    for field in group:
        value = parts.value(field.value, field.name)
        if field.integer:
            value = joined(code("int("), value, code(")"))
        fields[field.name] = value
    keywords: tuple[tuple[str, Value], ...] = (
        (("first", True),) if group[0].first else ()
    )
    writer.assign(code("body"), Call(helper, (code("body"), fields), keywords))


def _content(scheme: s.Scheme, writer: Writer, parts: Parts) -> None:
    """The exact bytes of the body."""
    if scheme.carrier is not None:
        members = writer.imported(_REQUEST, "members_of")
        first = [
            joined(literal(name), code(": "), parts.value(part, name), code(", "))
            for name, part in scheme.carrier.first
        ]
        writer.assign(code("fields: JsonObject"), Call(members, (code("body"),)))
        writer.imports.add(("reply", "JsonObject"))
        envelope = joined(code("{"), *first, code("**fields}"))
        encode = writer.imported("encoding", "json_bytes")
        name = writer.variable("envelope", Call(encode, (envelope,)))
        parts.names["envelope"] = Piece(name, binary=True)
        writer.assign(code("content"), Call(code("Content"), (b"", "")))
        parts.data = Piece(code('b""'), binary=True)
        return
    helper = writer.imported(_REQUEST, f"{scheme.body}_content")
    writer.assign(code("content"), Call(helper, (code("body"),)))
    if scheme.empty_body:
        media = {
            "json": "application/json",
            "form": "application/x-www-form-urlencoded",
        }
        empty = Call(code("Content"), (scheme.empty_body.encode(), media[scheme.body]))
        writer.put(code("if not content.data:"))
        writer.depth += 1
        writer.assign(code("content"), empty)
        writer.depth -= 1
    parts.data = Piece(code("content.data"), binary=True)


def _signature(scheme: s.Scheme, writer: Writer, parts: Parts) -> Piece:
    """The signature itself, encoded, in the variable ``signature``."""
    pieces = parts.row(scheme.payload, scheme.separator, "payload")
    payload = writer.together(pieces, "payload")
    if not payload.code.isidentifier():
        payload = Piece(writer.variable("payload", payload.code), payload.binary)
    data = writer.binary(payload)
    kind, _, name = scheme.algorithm.rpartition("-")
    digest: Code
    hexadecimal = scheme.encode in ("hex", "HEX")
    form = code("hexdigest") if hexadecimal else code("digest")
    if kind == "hmac" and scheme.key is None:
        writer.imports.add(("", "hmac"))
        writer.put(joined(code("mac = "), parts.field("keyed"), code(".copy()")))
        writer.put(call(code("mac.update"), (data,), indent=8))
        digest = joined(code("mac."), form, code("()"))
    elif kind == "hmac" and scheme.key is not None:
        writer.imports.add(("", "hmac"))
        key = parts.binary(scheme.key, "key")
        digest = joined(code("hmac.new("), key, code(", "), data, code(", "))
        digest = joined(digest, literal(name), code(")."), form, code("()"))
    elif scheme.form == "pem":
        key = parts.field("private")
        digest = joined(key, code("("), data, code(")"))
        if hexadecimal:
            digest = joined(digest, code(".hex()"))
    else:
        function = writer.imported("hashlib", name)
        digest = joined(function, code("("), data, code(")."), form, code("()"))
    if scheme.encode == "HEX":
        digest = joined(digest, code(".upper()"))
    if hexadecimal:
        writer.assign(code("signature"), digest)
    else:
        helper = writer.imported(_REQUEST, f"{scheme.encode}_text")
        if kind != "hmac" or scheme.key is not None:
            digest = writer.variable("digest", digest)
        writer.assign(code("signature"), Call(helper, (digest,)))
    return Piece(code("signature"))


def _output(scheme: s.Scheme, writer: Writer, parts: Parts) -> None:
    """The fields of the query and the body, the headers, and what is returned."""
    for output in scheme.output:
        if output.place == "header":
            continue
        if output.when is not None:
            writer.put(joined(code("if "), parts.condition(output.when), code(":")))
            writer.depth += 1
        value = parts.value(output.value, output.name)
        if output.place == "query":
            helper = writer.imported(_REQUEST, "with_field")
            changed = Call(helper, (code("query"), output.name, value))
            writer.assign(code("query"), changed)
            writer.assign(code("target"), code('f"{path}?{query}"'))
        else:
            helper = writer.imported(_REQUEST, "form_with")
            changed = Call(helper, (code("content"), output.name, value))
            writer.assign(code("content"), changed)
        if output.when is not None:
            writer.depth -= 1
    _headers(scheme, writer, parts)


def _headers(scheme: s.Scheme, writer: Writer, parts: Parts) -> None:
    outputs = [output for output in scheme.output if output.place == "header"]
    always = {
        output.name: parts.value(output.value, output.name)
        for output in outputs
        if output.when is None and not output.omit_empty
    }
    values: dict[str, Value] = dict(always)
    writer.assign(code("output: dict[str, str]"), values)
    if scheme.carrier is None:
        writer.put(code("if content.data:"))
        writer.depth += 1
        writer.put(code('output["Content-Type"] = content.media_type'))
        writer.depth -= 1
    before: s.When | None = None
    for output in outputs:
        if output.when is None and not output.omit_empty:
            continue
        value = parts.value(output.value, output.name)
        # Neighbours with one condition stand together.
        if output.when is None or output.when != before:
            test = parts.condition(output.when) if output.when else value
            writer.put(joined(code("if "), test, code(":")))
        before = output.when
        writer.depth += 1
        key = joined(code("output["), literal(output.name), code("]"))
        writer.assign(key, value)
        writer.depth -= 1
    data = code("None") if scheme.carrier else code("content.data or None")
    writer.put(joined(code("return Signed(target, "), data, code(", output)")))


def _split(writer: Writer, changed: bool) -> None:
    """``path`` and ``query`` in front of everything, where they are used."""
    text = "\n".join(writer.lines)
    names = set(_words(text))
    if not ({"path", "query"} & names):
        return
    path = code("path") if "path" in names else code("_")
    query = code("query") if "query" in names else code("_")
    target = code(' = target.partition("?")')
    line = joined(code("        "), path, code(", _, "), query, target)
    if "query" not in names:
        line = joined(code("        "), path, code(' = target.partition("?")[0]'))
    writer.lines.insert(0, line)


def _drop(writer: Writer, name: str) -> None:
    """Leave the assignment of ``name`` out when nothing else mentions it."""
    found = [line for line in writer.lines if name in _words(line)]
    if len(found) == 1:
        writer.lines.remove(found[0])


def _words(text: str) -> list[str]:
    word, found = "", []
    for character in text:
        if character.isalnum() or character == "_":
            word += character
        else:
            found.append(word)
            word = ""
    return [*found, word]
