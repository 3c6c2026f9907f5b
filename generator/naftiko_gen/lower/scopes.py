"""Names that the emitted modules use themselves, so that no name of a capability may take them.

Only names in lower case matter: identifiers made from a capability have no capital.
"""

from __future__ import annotations

from typing import get_args

from naftiko_gen import ir
from naftiko_gen.names import identifier

#: Modules and helpers that several emitted modules import.
_SHARED = (
    "annotations",
    "arguments_",
    "check",
    "flows",
    "given",
    "inputs",
    "mapped",
    "mappings",
    "operations",
)
#: Fields and methods of the emitted Settings.
_SETTINGS = (
    "allow_unknown_fields",
    "allowed_hosts",
    "allowed_origins",
    "body_limit",
    "drain_timeout",
    "from_environment",
    "mcp_tools",
    "nonce_sharing",
    "safeguards",
)
#: What the settings of a signed or granted upstream are called, behind the name of the upstream.
_SIGNED = ("_grant", "_keys", "_queue_limit", "_tier", "_window")

#: What makes JSON of answers in other formats.
_CONVERTERS = tuple(f"convert_{kind}" for kind in get_args(ir.FormatKind))

#: Helpers that flows.py imports.
FLOW_HELPERS = (
    "answered",
    "as_boolean",
    "as_integer",
    "as_list",
    "as_number",
    "as_object",
    "as_text",
    "at",
    "found",
    "index_of",
    "look_up",
    "needed",
    "nothing",
    "observed_call",
    "projected",
    "said_boolean",
    "said_number",
    "script",
    "step",
    "stored",
    "targets",
    "within",
)
#: Functions of operations.py, flows.py, commands.py and inputs.py: operations and flows.
OPERATIONS = (
    *_SHARED,
    *FLOW_HELPERS,
    "check_body",
    "concat",
    "concat_given",
    "content",
    *_CONVERTERS,
    "fields",
    "form",
    "form_escaped",
    "iri_escaped",
    "json_escaped",
    "json_written",
    "list_of",
    "members",
    "multipart",
    "object_of",
    "pairs",
    "revealed",
    "sparql_escaped",
    "xml_escaped",
    "partial",
    "segment",
    "whole_body",
)
#: Parameters and local variables of these functions and of the handlers.
PARAMETERS = (
    *_SHARED,
    "arguments",
    "body",
    "concat",
    "concat_given",
    "content",
    "context",
    *_CONVERTERS,
    "faults",
    "fields",
    "form",
    "form_escaped",
    "iri_escaped",
    "json_body",
    "json_escaped",
    "json_written",
    "list_of",
    "members",
    "multipart",
    "object_of",
    "pairs",
    "max_size",
    "raw",
    "reply",
    "request",
    "revealed",
    "segment",
    "settings",
    "sparql_escaped",
    "upstream",
    "xml_escaped",
)
#: Parameters and local variables of the functions of flows.py.
FLOW_LOCALS = (
    *PARAMETERS,
    *FLOW_HELPERS,
    "answer",
    "failed",
    "started",
)
#: Handlers of rest.py.
ROUTES = (
    *_SHARED,
    "add_docs",
    "build_app",
    "cookies",
    "create_app",
    "fields",
    "forward",
    "json_body",
    "pairs",
    "read_contract",
    "reading",
    "web",
)
#: Handlers of mcp_server.py.
TOOLS = (
    *_SHARED,
    "acknowledged",
    "allowed",
    "build_server",
    "commands",
    "create_server",
    "read_contract",
    "read_tools",
)
#: Functions of mcp_resources.py and mcp_prompts.py, and constants beside them.
RESOURCES = (*_SHARED, "add_resources", "adapters", "resources")
PROMPTS = (*_SHARED, "add_prompts", "adapters", "prompts", "text")
#: Functions of mappings.py.
MAPPINGS = (
    "annotations",
    "at",
    "children",
    "concat",
    "descendants",
    "equal",
    "item",
    "items",
    "less",
    "members",
    "said_boolean",
    "said_number",
)
#: Constants of rest.py and mcp_server.py, which are the adapter's name in capitals.
ADAPTERS = ("adapters",)


def upstreams(namespaces: list[str]) -> tuple[str, ...]:
    """Taken names of the Context's fields, which are fields of the Settings too."""
    settings = [f"{identifier(name)}{end}" for name in namespaces for end in _SIGNED]
    return ("close", "obstacle", "settings", "upstreams", *_SETTINGS, *settings)


def credentials(namespaces: list[str]) -> tuple[str, ...]:
    """Taken names of the Settings' fields, when credentials are read into others."""
    return (*upstreams(namespaces), *(identifier(name) for name in namespaces))
