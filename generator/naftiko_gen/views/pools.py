"""Keys of which an operator may have several: where nonces count, each has its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Code,
    Parameter,
    Value,
    annotation,
    code,
    joined,
    signature,
    statement,
)
from naftiko_gen.pycode import ident as name_of

from . import nonces
from . import signing as signers
from .credentials import credentials_beside

if TYPE_CHECKING:
    from naftiko_gen.contexts.project import Pool
    from naftiko_gen.contexts.running import Signer

#: The static modules of a pool; those of leases and states are imported when their variables are set.
MODULES = (
    "key_pool",
    "nonce_lease",
    "nonce_scripts",
    "nonce_state",
    "numbered_keys",
)
#: The client of the server that nonces can be kept on, an extra of such a package.
REDIS = "redis>=5.2,<9"


def pools(capability: ir.Capability) -> list[ir.Upstream]:
    """The upstreams whose keys can be several.

    Not so where something else needs one of the credentials, or has a name like a number of it,
    nor for private keys, which are files.
    """
    return [u for u in capability.upstreams if pooled(capability, u)]


def pooled(capability: ir.Capability, upstream: ir.Upstream) -> bool:
    """Whether the keys of ``upstream`` can be several."""
    signing = upstream.signing
    if signing is None or not nonces.increasing(signing):
        return False
    if any(credential.decode == "pem" for credential in signing.credentials):
        return False
    own = {credential.variable for credential in signing.credentials}
    return not any(
        variable in own or re.sub(r"_[0-9]+$", "", variable) in own
        for variable in credentials_beside(capability, upstream)
    )


def told(capability: ir.Capability) -> Pool | None:
    """What the README says of several keys, by the example of the first that can be several."""
    for upstream in pools(capability):
        if upstream.signing is not None:
            names = [
                c.variable for c in _identity_first(upstream.signing) if c.required
            ]
            return {
                "module": signers.module_of(capability, upstream.signing.scheme),
                "serial": upstream.signing.delivery != "free",
                "tier": (
                    upstream.signing.tier_variable if upstream.signing.tiers else None
                ),
                "first": [f"{name}_1" for name in names],
                "second": [f"{name}_2" for name in names],
            }
    return None


def settings() -> list[tuple[str, str]]:
    """The variables of where nonces are kept, with what they mean."""
    return [
        (
            "SIGNING_STATE_DIR",
            "Folder that remembers the nonces of each key, for a clock that is put back between "
            "two starts",
        ),
        (
            "SIGNING_LEASE_URL",
            "Redis server (redis://, rediss://) by which processes and machines share a key",
        ),
    ]


def read_keys(signing: ir.Signing) -> Call:
    """How the settings read the keys."""
    found = _identity_first(signing)
    required: dict[str, Value] = {c.variable: c.decode for c in found if c.required}
    optional: dict[str, Value] = {c.variable: c.decode for c in found if not c.required}
    return Call(code("read_keys"), (code("environment"), required, optional))


def read_sharing(capability: ir.Capability) -> Call:
    """How the settings read where nonces are kept."""
    tiers = tuple(
        u.signing.tier_variable
        for u in pools(capability)
        if u.signing is not None and u.signing.tiers
    )
    return Call(
        code("read_sharing"), (code("environment"), *((tiers,) if tiers else ()))
    )


def signer(upstream: ir.Upstream, signing: ir.Signing) -> Signer:
    """The function that makes the signer of a key."""
    secrets: list[Value] = []
    for credential in signing.credentials:
        read = code("key.secret") if credential.required else code("key.optional")
        secrets.append(Call(read, (credential.variable,)))
    address = (code("base_uri"),) if signers.needs_address(signing) else ()
    name = name_of(signers.class_name(signing.scheme))
    made = Call(name, (*address, *secrets), signing.options)
    return {
        "signature": signature(
            joined(code("def "), signer_name(upstream)),
            (
                Parameter("key", annotation("Key")),
                Parameter("base_uri", annotation("str")),
            ),
            name,
        ),
        "body": statement(code("return"), made, 4),
    }


def signer_name(upstream: ir.Upstream) -> Code:
    """The name of that function."""
    return name_of(f"sign_{upstream.ident}")


def _identity_first(signing: ir.Signing) -> list[ir.Credential]:
    """The credentials, and before all others the one that is no secret."""
    secret = "secret" if signing.model is None else signing.model.secret
    roles = signing.roles if signing.model is None else signing.model.roles
    pairs = zip(roles, signing.credentials, strict=True)
    ordered = sorted(pairs, key=lambda pair: (not pair[1].required, pair[0] == secret))
    return [credential for _, credential in ordered]
