"""Access tokens that are signed (RFC 7519, RFC 9068)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import jwt

from .access_keys import ALGORITHMS, Keys
from .access_tokens import BadToken
from .reply import JsonValue

#: Seconds that two clocks may differ.
LEEWAY: Final = 30


class JwtVerifier:
    """Checks the signature, and that a token is good now."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def claims(self, token: str) -> Mapping[str, JsonValue]:
        """See `Verifier.claims`."""
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError:
            raise BadToken("the token is not a signed JWT") from None
        algorithm, name = str(header.get("alg")), header.get("kid")
        if algorithm not in ALGORITHMS or "crit" in header:
            raise BadToken("the token is not signed as it must be")
        found = await self._keys.find(
            name if isinstance(name, str) else None, algorithm
        )
        for key in found:
            try:
                claims: Mapping[str, JsonValue] = jwt.decode(
                    token,
                    key.key,
                    algorithms=[algorithm],
                    leeway=LEEWAY,
                    # Issuer and audience are compared where all tokens are.
                    options={"require": ["exp"], "verify_aud": False},
                )
                return claims
            except jwt.InvalidSignatureError:
                continue
            except jwt.ExpiredSignatureError:
                raise BadToken("the token has expired") from None
            except (jwt.ImmatureSignatureError, jwt.InvalidIssuedAtError):
                raise BadToken("the token is not good yet") from None
            except jwt.MissingRequiredClaimError:
                raise BadToken("the token does not say when it expires") from None
            except (jwt.PyJWTError, ValueError, TypeError):
                raise BadToken("the token is not valid") from None
        raise BadToken("the token's signature is not of the issuer")

    async def close(self) -> None:
        await self._keys.close()
