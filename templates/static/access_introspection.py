"""Access tokens that only their issuer can read (RFC 7662)."""

from __future__ import annotations

import base64
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote_plus

from .access_issuer import Issuer
from .access_tokens import BadToken
from .environment import Secret
from .reply import JsonValue

#: Seconds that an answer is believed: a token that is withdrawn is good for so long.
BELIEVED: Final = 30.0
#: Seconds that the place of the endpoint is believed.
KNOWN: Final = 600.0
MAX_ANSWERS: Final = 10_000


class IntrospectionVerifier:
    """Asks the issuer about each token, as the client `user` with its secret."""

    def __init__(
        self,
        issuer: Issuer,
        user: Secret,
        password: Secret,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._issuer, self._clock = issuer, clock
        # Both are form-encoded before anything else (RFC 6749, section 2.3.1).
        pair = ":".join(quote_plus(text.reveal()) for text in (user, password))
        encoded = base64.b64encode(pair.encode()).decode()
        self._headers = {"Authorization": f"Basic {encoded}"}
        self._endpoint: tuple[float, str] = (0.0, "")
        self._answers: OrderedDict[bytes, tuple[float, Mapping[str, JsonValue]]] = (
            OrderedDict()
        )

    async def claims(self, token: str) -> Mapping[str, JsonValue]:
        """See `Verifier.claims`."""
        key = hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
        asked, answer = self._answers.get(key, (float("-inf"), {}))
        if self._clock() - asked > BELIEVED:
            answer = await self._ask(token)
            self._answers[key] = (self._clock(), answer)
            if len(self._answers) > MAX_ANSWERS:
                self._answers.popitem(last=False)
        if answer.get("active") is not True:
            raise BadToken("the token is not active")
        for name, late in (("exp", True), ("nbf", False)):
            moment = answer.get(name)
            if not isinstance(moment, int | float) or isinstance(moment, bool):
                continue
            if (self._clock() > moment) is late:
                raise BadToken("the token is not active")
        # It is the issuer who says so, even if it does not say its name.
        return {"iss": self._issuer.address, **answer}

    async def _ask(self, token: str) -> Mapping[str, JsonValue]:
        asked, url = self._endpoint
        if not url or self._clock() - asked > KNOWN:
            url = await self._issuer.endpoint("introspection_endpoint")
            self._endpoint = (self._clock(), url)
        form = {"token": token, "token_type_hint": "access_token"}
        document = await self._issuer.fetch(
            "POST", url, form=form, headers=self._headers
        )
        return document or {}

    async def close(self) -> None:
        await self._issuer.close()
