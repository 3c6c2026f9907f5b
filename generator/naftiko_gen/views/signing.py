"""``signing.py``: the signer of a scheme as straight-line Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen import ir_scheme as s
from naftiko_gen.names import identifier, words
from naftiko_gen.pycode import (
    Code,
    Parameter,
    annotation,
    code,
    docstring,
    from_import,
    ident,
    joined,
    signature,
)
from naftiko_gen.signing_modules import MODULES

from .signing_code import Writer
from .signing_constructor import constructor
from .signing_lines import write
from .signing_parts import Parts

if TYPE_CHECKING:
    from naftiko_gen.contexts.calls import Signing


def class_name(scheme: str) -> str:
    """The name of the signer of ``scheme``: ``BybitV5Signer``."""
    return "".join(word.capitalize() for word in words(scheme)) + "Signer"


def modules(capability: ir.Capability) -> dict[str, str]:
    """The module of each scheme of the package, with the name of its signer."""
    schemes = dict.fromkeys(u.signing.scheme for u in capability.upstreams if u.signing)
    if len(schemes) == 1:
        return {"signing": class_name(next(iter(schemes)))}
    return {f"signing_{identifier(name)}": class_name(name) for name in schemes}


def module_of(capability: ir.Capability, scheme: str) -> str:
    """The module that signs with ``scheme``."""
    names = modules(capability)
    return next(module for module, name in names.items() if name == class_name(scheme))


def addressed(scheme: s.Scheme) -> bool:
    """Whether the signer has to know the address of the upstream."""
    parts = Parts(scheme, Writer())
    write(scheme, parts.writer, parts)
    return bool(parts.fields & {"scheme", "host", "origin"})


def needs_address(signing: ir.Signing) -> bool:
    """Whether the signer takes the base address of the upstream."""
    if signing.model is None:
        return MODULES[signing.scheme].addressed
    return addressed(signing.model)


def imports(scheme: s.Scheme) -> set[tuple[str, str]]:
    """What the signer imports: module and name."""
    parts = Parts(scheme, Writer())
    write(scheme, parts.writer, parts)
    constructor(scheme, parts, parts.writer)
    return parts.writer.imports


def view(scheme: s.Scheme) -> Signing:
    """The context of the template."""
    writer = Writer()
    parts = Parts(scheme, writer)
    write(scheme, writer, parts)
    made = constructor(scheme, parts, writer)
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
        "constructor": made[0],
        "fields": made[1:],
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
