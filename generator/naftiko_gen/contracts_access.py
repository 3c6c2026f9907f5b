"""What an OpenAPI document says about callers: security schemes, and what refuses them."""

from __future__ import annotations

from naftiko_gen import ir

#: The name of the scheme in a document.
SCHEME = "callers"

#: Statuses of an adapter that asks who calls.
PROBLEMS = {
    "401": "There are no credentials, or they are not good; WWW-Authenticate says which ones are.",
    "403": "The access token lacks a scope, or a page of another origin calls.",
}


def problems(access: ir.Access | None) -> dict[str, str]:
    """The statuses that callers may get from ``access``, and when."""
    return {} if access is None else PROBLEMS


def security(access: ir.Access | None) -> list[ir.JsonValue]:
    """The ``security`` of the whole document; empty when everybody may call."""
    if access is None:
        return []
    scopes: list[ir.JsonValue] = list(access.oauth.scopes) if access.oauth else []
    return [{SCHEME: scopes}]


def scheme(access: ir.Access) -> ir.JsonObject:
    """The security scheme (OpenAPI 3.1.1, section 4.8.27)."""
    if access.kind.startswith("apikey"):
        place = access.kind.removeprefix("apikey-")
        return {"type": "apiKey", "in": place, "name": access.name}
    if access.oauth is None:
        return {"type": "http", "scheme": access.kind}
    oauth = access.oauth
    scopes = ", ".join(oauth.scopes)
    by = f"of {oauth.issuer.default} " if oauth.issuer.default else ""
    audience = oauth.audience or oauth.resource.default or "this resource"
    needs = f", with the scopes {scopes}" if scopes else ""
    described = {"description": f"An access token {by}for {audience}{needs}."}
    if not oauth.token_endpoint:
        # Flows need the address of an endpoint, which clients find out from the issuer.
        form = {} if oauth.introspection else {"bearerFormat": "JWT"}
        return {"type": "http", "scheme": "bearer", **form, **described}
    flow: ir.JsonObject = {
        "tokenUrl": oauth.token_endpoint,
        "scopes": dict.fromkeys(oauth.scopes, ""),
    }
    return {"type": "oauth2", "flows": {"clientCredentials": flow}, **described}
