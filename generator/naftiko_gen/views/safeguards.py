"""What an operator can do to keep a server safe: the settings, for readers."""

from __future__ import annotations

from naftiko_gen import ir


def modules(capability: ir.Capability) -> list[str]:
    """The static modules of safeguards."""
    found = ["safeguards"]
    found += ["rest_choice"] if capability.rest else []
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
        )
    ]
