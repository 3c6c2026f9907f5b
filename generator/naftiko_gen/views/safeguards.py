"""What an operator can do to keep a server safe: the modules, and the settings for readers."""

from __future__ import annotations

from naftiko_gen import ir

#: For all packages, since nobody knows beforehand who is going to run them; loaded when asked for.
_ALWAYS = (
    "access",
    "access_required",
    "access_static",
    "audit",
    "caller_limits",
    "request_ids",
    "safeguards",
    "watching_calls",
    "watching_refusals",
)


def modules(capability: ir.Capability) -> list[str]:
    """The static modules of safeguards."""
    found = [*_ALWAYS]
    found += ["rest_choice", "watching_routes"] if capability.rest else []
    found += ["watching_tools"] if capability.mcp else []
    if any(tool.acknowledgement for tool in capability.tools):
        found.append("acknowledged")
    return found


def settings(prefix: str) -> list[tuple[str, str, str]]:
    """The variables: name, meaning, default."""
    return [
        (
            f"{prefix}_READ_ONLY",
            "Serve only routes and MCP tools that change nothing",
            "false",
        ),
        (
            f"{prefix}_CALLER_TOKEN",
            "Bearer token that callers of adapters must present that ask nobody by themselves",
            "",
        ),
        (f"{prefix}_CALLER_USER", "User of such callers (HTTP basic)", ""),
        (f"{prefix}_CALLER_PASSWORD", "Password of such callers (HTTP basic)", ""),
        (
            f"{prefix}_REQUIRE_BEARER",
            "Do not serve without the token",
            "false",
        ),
        (
            f"{prefix}_REQUIRE_BASIC",
            "Do not serve without user and password",
            "false",
        ),
        (
            f"{prefix}_CALLER_RATE",
            "Calls that each caller may make of each process, as 60/min; s, min or h",
            "",
        ),
        (
            f"{prefix}_AUDIT_LOG",
            "File that a line of JSON is added to for each call; - is stderr",
            "",
        ),
    ]
