"""The files of an emitted package that sign calls, and that check the signatures."""

from __future__ import annotations

from collections.abc import Mapping

from . import ir, presets
from .ir_scheme import Scheme
from .json_file import json_bytes
from .signing_modules import MODULES
from .views import nonces, pools, settings, signing

_SIGNED = ("signed_upstream", "signer")
_VERIFIER = ("sandbox_credentials", "sandbox_scheme", "sandbox_signature")
_TOKEN_VERIFIER = ("sandbox_jwt",)
#: What compiled signers are made of.
_HELPERS = (
    "signing_jwt",
    "signing_keys",
    "signing_request",
    "signing_secrets",
    "signing_times",
)


def key_modules(capability: ir.Capability) -> dict[str, str]:
    """The static modules of keys of which there can be several, and of private keys."""
    names = pools.MODULES if pools.pools(capability) else ()
    private = ("key_settings",) if settings.private_keys(capability) else ()
    return {name: name for name in (*names, *private)}


def modules(capability: ir.Capability, found: ir.Signing) -> dict[str, str]:
    """The static modules of a scheme: emitted name to file."""
    names = {name: name for name in (*_SIGNED, *nonces.modules(found))}
    if found.model is None:
        module = MODULES[found.scheme]
        own = {signing.module_of(capability, found.scheme): module.module}
        more = (*module.helpers, module.verifier_module)
        return names | own | {name: name for name in more}
    used = {module for module, _ in signing.imports(found.model)} & set(_HELPERS)
    keys = ("sandbox_keys",) if found.model.form == "pem" else ()
    tokens = () if found.model.token is None else _TOKEN_VERIFIER
    return names | {name: name for name in (*used, *_VERIFIER, *tokens, *keys)}


def compiled(capability: ir.Capability) -> dict[str, Mapping[str, object]]:
    """The modules that are compiled from a scheme, with the context of the template."""
    models = [u.signing.model for u in capability.upstreams if u.signing]
    return {
        signing.module_of(capability, model.name): signing.view(model)
        for model in models
        if model is not None
    }


def vectors(capability: ir.Capability) -> bytes | None:
    """What the package's signers have to reproduce; None where nothing is known.

    Nothing is known of a preset with keys of the spec's own.
    """
    found: list[ir.JsonValue] = []
    names = signing.modules(capability)
    for module, signer in names.items():
        scheme = next(
            u.signing
            for u in capability.upstreams
            if u.signing and signing.class_name(u.signing.scheme) == signer
        )
        if scheme.model is None or _unchanged(scheme.model):
            given = presets.vectors(scheme.scheme)
            found += [{"module": module, "signer": signer, **one} for one in given]
    if not found:
        return None
    document = {"package": capability.package, "vectors": found}
    return json_bytes(document)


def _unchanged(model: Scheme) -> bool:
    known = presets.load(model.name) if model.name in presets.names() else {}
    return all(known.get(key) == value for key, value in model.document.items())
