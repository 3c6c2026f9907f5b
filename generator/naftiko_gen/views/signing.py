"""``signing.py``: the signer of a scheme as straight-line Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from naftiko_gen import ir
from naftiko_gen import ir_signing as s
from naftiko_gen.names import identifier, words
from naftiko_gen.pycode import (
    Call,
    Code,
    Parameter,
    Value,
    annotation,
    call,
    code,
    docstring,
    from_import,
    ident,
    joined,
    literal,
    signature,
    statement,
)

from .signing_code import Piece, Writer
from .signing_parts import Parts

_REQUEST = "signing_request"
_SECOND = 1_000_000_000
_UNITS = {"s": _SECOND, "ms": 1_000_000, "us": 1000, "ns": 1}
_TIMES = "signing_times"
_DECODERS = {
    "none": "text_secret",
    "base64": "base64_secret",
    "base64url": "base64url_secret",
    "hex": "hex_secret",
}


def class_name(scheme: str) -> str:
    """The name of the signer of ``scheme``: ``BybitV5Signer``."""
    return "".join(word.capitalize() for word in words(scheme)) + "Signer"


def modules(capability: ir.Capability) -> dict[str, str]:
    """The module of each scheme of the package, with the name of its signer."""
    schemes = dict.fromkeys(u.signing.scheme for u in capability.upstreams if u.signing)
    if len(schemes) == 1:
        return {"signing": class_name(name) for name in schemes}
    return {f"signing_{identifier(name)}": class_name(name) for name in schemes}


def module_of(capability: ir.Capability, scheme: str) -> str:
    """The module that signs with ``scheme``."""
    names = modules(capability)
    return next(module for module, name in names.items() if name == class_name(scheme))


def addressed(scheme: s.Scheme) -> bool:
    """Whether the signer has to know the address of the upstream."""
    parts = Parts(scheme, Writer())
    _write(scheme, parts.writer, parts)
    return bool(parts.fields & {"scheme", "host", "origin"})


def imports(scheme: s.Scheme) -> set[tuple[str, str]]:
    """What the signer imports: module and name."""
    parts = Parts(scheme, Writer())
    _write(scheme, parts.writer, parts)
    _constructor(scheme, parts, parts.writer)
    return parts.writer.imports


def view(scheme: s.Scheme) -> Mapping[str, object]:
    """The context of the template."""
    writer = Writer()
    parts = Parts(scheme, writer)
    _write(scheme, writer, parts)
    constructor = _constructor(scheme, parts, writer)
    name = class_name(scheme.name)
    sources = "".join(f"\n    {page}" for page in scheme.documentation)
    return {
        "doc": docstring(
            f"Signs requests: {scheme.title}."
            + (f"\n\nSource:{sources}" if sources else ""),
            0,
        ),
        "imports": _imports(writer),
        "head": joined(code("class "), ident(name), code(":")),
        "class_doc": docstring(_class_doc(scheme)),
        "constructor": constructor[0],
        "fields": constructor[1:],
        "signature": signature(
            code("def sign"),
            (
                code("self"),
                Parameter("method", annotation("str")),
                Parameter("target", annotation("str")),
                Parameter("headers", annotation("Mapping[str, str]")),
                Parameter("body", annotation("JsonValue | Content")),
                Parameter("nonce", annotation("str")),
            ),
            code("Signed"),
            indent=4,
        ),
        "lines": writer.lines,
    }


def _class_doc(scheme: s.Scheme) -> str:
    text = f"Signs with the scheme {scheme.name}; one for each key."
    if scheme.form != "none":
        text += (
            "\n\nRaises ValueError, without the value, for a secret of another form."
        )
    return text


def _imports(writer: Writer) -> list[list[Code]]:
    """The imports of the standard library, of other packages, and of ours."""
    ours = {
        ("encoding", "Content"),
        ("environment", "Secret"),
        ("reply", "JsonValue"),
        ("signer", "Signed"),
        *writer.imports,
    }
    modules: dict[str, list[str]] = {}
    plain: list[str] = []
    for module, name in sorted(ours):
        if module:
            modules.setdefault(module, []).append(name)
        else:
            plain.append(name)
    library = {"hashlib", "base64", "time", "collections.abc"}
    standard = [joined(code("import "), ident(name)) for name in plain]
    standard += [
        from_import(_dotted(module), names)
        for module, names in modules.items()
        if module in library
    ]
    local = [
        from_import(joined(code("."), ident(module)), names)
        for module, names in modules.items()
        if module not in library
    ]
    return [standard, local]


def _dotted(module: str) -> Code:
    parts = [ident(part) for part in module.split(".")]
    found = parts[0]
    for part in parts[1:]:
        found = joined(found, code("."), part)
    return found


def _write(scheme: s.Scheme, writer: Writer, parts: Parts) -> None:
    """The body of ``sign``."""
    _time(scheme, writer, parts)
    uses_query = _inject(scheme, writer, parts)
    _content(scheme, writer, parts)
    for name, part in scheme.variables:
        piece = parts.piece(part, name)
        parts.names[name] = _named(writer, name, piece)
    result = _signature(scheme, writer, parts)
    parts.names["signature"] = result
    for name, part in scheme.post:
        parts.names[name] = _named(writer, name, parts.piece(part, name))
    _output(scheme, writer, parts)
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
        first: dict[str, Value] = {
            name: parts.value(part, name) for name, part in scheme.carrier.first
        }
        writer.assign(code("fields: JsonObject"), Call(members, (code("body"),)))
        writer.imports.add(("reply", "JsonObject"))
        envelope = joined(code("{**"), literal(first), code(", **fields}"))
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
    elif kind == "rsa" or name == "ed25519":
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
    for output in outputs:
        if output.when is None and not output.omit_empty:
            continue
        value = parts.value(output.value, output.name)
        test = parts.condition(output.when) if output.when else value
        writer.put(joined(code("if "), test, code(":")))
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


def _words(text: str) -> list[str]:
    word, found = "", []
    for character in text:
        if character.isalnum() or character == "_":
            word += character
        else:
            found.append(word)
            word = ""
    return [*found, word]


def _constructor(scheme: s.Scheme, parts: Parts, writer: Writer) -> list[Code]:
    """``__init__``: the secrets, absorbed once."""
    parameters: list[Parameter | Code] = [code("self")]
    addressed = [name for name in ("scheme", "host", "origin") if name in parts.fields]
    if addressed:
        parameters.append(Parameter("base_uri", annotation("str")))
    parameters += [
        Parameter(identifier(role), annotation("Secret")) for role in scheme.roles
    ]
    if "clock" in parts.fields:
        writer.imports.add(("signer", "Clock"))
        clock = Parameter("clock", annotation("Clock"), code("time_ns"))
        parameters += [code("*"), clock]
    writer.imports.add(("collections.abc", "Mapping"))
    lines = [signature(code("def __init__"), parameters, code("None"), indent=4)]

    def put(name: str, value: Value) -> None:
        head = joined(code("self._"), ident(name), code(" ="))
        lines.append(joined(code("        "), statement(head, value, 8)))

    if addressed:
        writer.imports.add(("signing_secrets", "Address"))
        lines.append(code("        address = Address(base_uri)"))
    for name in addressed:
        put(name, joined(code("address."), ident(name)))
    for role in scheme.roles:
        name = identifier(role)
        if name in parts.fields:
            put(name, Call(joined(ident(name), code(".reveal"))))
    _secret(scheme, parts, writer, lines, put)
    if "clock" in parts.fields:
        put("clock", code("clock"))
    return lines


def _secret(
    scheme: s.Scheme,
    parts: Parts,
    writer: Writer,
    lines: list[Code],
    put: Callable[[str, Value], None],
) -> None:
    """The fields that are made of the secret, which is decoded once."""
    private, keyed = "private" in parts.fields, "keyed" in parts.fields
    if not private and not keyed:
        return
    if scheme.form == "pem":
        helper = writer.imported("signing_keys", identifier(scheme.algorithm))
        put("private", Call(helper, (ident(identifier(scheme.secret)),)))
        return
    helper = writer.imported("signing_secrets", _DECODERS[scheme.form])
    secret: Value = Call(helper, (ident(identifier(scheme.secret)),))
    if private and keyed:
        head = code("private =")
        lines.append(joined(code("        "), statement(head, secret, 8)))
        secret = code("private")
    if private:
        put("private", secret)
    if keyed:
        # Absorbs the key once: a copy for each signature skips that work.
        digest = scheme.algorithm.rpartition("-")[2]
        put("keyed", Call(code("hmac.new"), (secret,), (("digestmod", digest),)))
