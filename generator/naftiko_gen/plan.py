"""The table of contents of an emitted package: what makes each path, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import ir, plan_shipping, plan_signing
from .options import Options
from .overlay import Applied
from .plan_copies import copies
from .plan_items import Item as Item
from .source import Source
from .views import (
    commands,
    context,
    contract_tests,
    contracts,
    control,
    docs,
    failures,
    flows,
    formats,
    guards,
    hooks,
    inputs,
    main,
    mappings,
    mcp_prompts,
    mcp_resources,
    mcp_server,
    metrics,
    operations,
    project,
    rest,
    safeguards,
    sandbox,
    sandbox_signature,
    settings,
    skill,
)

_USUAL = Options()

#: Static modules of every package.
_ALWAYS = (
    "arguments",
    "bodies",
    "check",
    "check_text",
    "client",
    "command",
    "command_call",
    "command_serve",
    "command_stdio",
    "contract",
    "deadlines",
    "encoding",
    "environment",
    "errors",
    "faults",
    "inband",
    "listening",
    "origins",
    "package",
    "provenance",
    "reply",
    "rest_support",
    "sandbox",
    "sandbox_answers",
    "sandbox_behaviour",
    "sandbox_control",
    "sandbox_gate",
    "sandbox_record",
    "sandbox_samples",
    "sandbox_verifier",
    "serving",
    "strict_json",
    "transport",
    "upstream",
    "wire",
    "workers",
)
_MCP = ("asgi", "mcp_binary", "mcp_choice", "mcp_progress", "mcp_support", "progress")
_RESOURCES = ("charsets", "resource_support", "uri_template")
_FLOWS = ("json_values", "mapped", "progress", "steps")
_MAPPED = ("json_values", "mapped")
_CONVERTED = ("charsets", "converted", "sandbox_raw")


def plan(
    capability: ir.Capability,
    source: Source,
    options: Options = _USUAL,
    applied: Sequence[Applied] = (),
) -> tuple[Item, ...]:
    """Every file of the package, in the order of its path."""
    items = [
        *_project(capability, source, options),
        *_package(capability),
        *_static(capability),
        *plan_shipping.items(capability, options),
        *plan_shipping.changelog(capability, source, options, applied),
    ]
    return tuple(sorted(items, key=lambda item: item.path))


def _project(capability: ir.Capability, source: Source, options: Options) -> list[Item]:
    facts = project.view(capability, options)
    return [
        Item("README.md", template="project/README.md.jinja", context=facts),
        Item("pyproject.toml", template="project/pyproject.toml.jinja", context=facts),
        Item("Dockerfile", template="project/Dockerfile.jinja", context=facts),
        Item(".env.example", template="project/env.example.jinja", context=facts),
        Item(".dockerignore", template="project/dockerignore.jinja", context=facts),
        Item("capability.yaml", data=source.raw),
        *(Item(path, data=data) for path, data in copies(source).items()),
        *(
            Item(name, data=data)
            for name, data in contracts.contracts(capability).items()
        ),
        *(_tests(capability) if capability.adapters else ()),
        *(Item(path, data=data) for path, data in skill.files(capability).items()),
    ]


def _tests(capability: ir.Capability) -> list[Item]:
    vectors = plan_signing.vectors(capability)
    helpers = ["support", *(["callers"] if guards.guarded(capability) else [])]
    helpers += ["test_signing"] if vectors else []
    return [
        Item(
            "tests/test_contract.py",
            template="tests/test_contract.py.jinja",
            context=contract_tests.view(capability),
        ),
        *(Item(f"tests/{n}.py", static=f"static_tests/{n}.py") for n in helpers),
        *([Item("tests/signing_vectors.json", data=vectors)] if vectors else []),
    ]


def _package(capability: ir.Capability) -> list[Item]:
    files: list[tuple[str, Mapping[str, object]]] = [
        ("__init__", main.init_view(capability)),
        ("__main__", main.view(capability)),
        ("commands", commands.view(capability)),
        ("context", context.view(capability)),
        ("parts", main.parts_view(capability)),
        ("sandbox_setup", sandbox.view(capability)),
        ("settings", settings.view(capability)),
    ]
    if any(operation.body for operation in capability.operations):
        files.append(("inputs", inputs.view(capability)))
    if any(upstream.errors for upstream in capability.upstreams):
        files.append(("failures", failures.view(capability)))
    if capability.operations:
        files.append(("operations", operations.view(capability)))
    if capability.flows:
        files.append(("flows", flows.view(capability)))
    if mappings.outputs(capability):
        files.append(("mappings", mappings.view(capability)))
    if guards.guarded(capability):
        files.append(("guards", guards.view(capability)))
    if capability.rest:
        files.append(("rest", rest.view(capability)))
    if capability.control is not None:
        files.append(("control", control.view(capability)))
    if capability.observability is not None:
        files.append(("observability", control.observability_view(capability)))
    if capability.skill:
        files.append(("skill", skill.view(capability)))
    if capability.mcp:
        files.append(("mcp_server", mcp_server.view(capability)))
    if any(adapter.exposed for adapter in capability.mcp):
        files.append(("mcp_resources", mcp_resources.view(capability)))
    if any(adapter.prompts for adapter in capability.mcp):
        files.append(("mcp_prompts", mcp_prompts.view(capability)))
    sources = {path: data for s in flows.scripts(capability) for path, data in s.files}
    return [
        *(
            Item(
                f"{capability.package}/{name}.py",
                template=f"package/{name}.py.jinja",
                context=facts,
            )
            for name, facts in files
        ),
        *(
            Item(
                f"{capability.package}/{name}.py",
                template="package/signing.py.jinja",
                context=facts,
            )
            for name, facts in plan_signing.compiled(capability).items()
        ),
        # They are not modules: nothing imports them, and tools leave them alone.
        *(
            Item(f"{capability.package}/scripts/{path}.txt", data=data)
            for path, data in sources.items()
        ),
    ]


def _static(capability: ir.Capability) -> list[Item]:
    names = {name: name for name in (*_ALWAYS, *hooks.modules(capability))}
    if capability.mcp:
        names |= {name: name for name in _MCP}
    names |= {name: name for name in control.modules(capability)}
    if any(adapter.exposed for adapter in capability.mcp):
        names |= {name: name for name in _RESOURCES}
    prompts = any(adapter.prompts for adapter in capability.mcp)
    names |= {"prompt_support": "prompt_support"} if prompts else {}
    names |= {"skill_support": "skill_support"} if capability.skill else {}
    if settings.bind_files(capability):
        names["bind_files"] = "bind_files"
    if any(operation.payload for operation in capability.operations):
        names["payloads"] = "payloads"
    if capability.forwards:
        names["forwarding"] = "forwarding"
    if mappings.outputs(capability):
        names |= {name: name for name in _MAPPED}
    names |= {name: name for name in rest.helper_modules(capability)}
    names |= {name: name for name in safeguards.modules(capability)}
    names |= {name: name for name in metrics.modules(capability)}
    if used := formats.used(capability.operations):
        names |= {name: name for name in (*_CONVERTED, *used)}
    names |= {name: name for name in mappings.helper_modules(capability)}
    if capability.flows:
        names |= {name: name for name in _FLOWS}
        if any(flows.lookups(flow) for flow in capability.flows):
            names["lookups"] = "lookups"
    for step in flows.scripts(capability):
        worker = f"script_{step.language}"
        names |= {"scripts": "scripts", worker: worker}
    names |= {name: name for name in guards.modules(capability)}
    names |= plan_signing.key_modules(capability) | docs.modules(capability)
    for upstream in capability.upstreams:
        if upstream.signing is not None:
            names |= plan_signing.modules(capability, upstream.signing)
        elif upstream.authentication is not None:
            names |= _authenticated(upstream.authentication)
    if len(capability.upstreams) > 1:
        names["sandbox_group"] = "sandbox_group"
    package, own = capability.package, hooks.KEPT
    return [
        *(
            Item(f"{package}/{name}.py", static=f"static/{file}.py", kept=name in own)
            for name, file in names.items()
        ),
        *(
            Item(f"{package}/resources/{file.path}", data=file.content)
            for adapter in capability.mcp
            for folder in contracts.folders_of(adapter)
            for file in folder.files
        ),
        *(
            Item(f"{package}/schemas/{name}", data=content)
            for name, content in formats.schemas(capability.operations).items()
        ),
        Item(f"{package}/sandbox_samples.json", data=sandbox.samples(capability)),
        *(
            Item(f"{package}/{name}", data=data)
            for name, data in sandbox_signature.documents(capability).items()
        ),
        Item(f"{package}/py.typed", data=b""),
    ]


def _authenticated(authentication: ir.Authentication) -> dict[str, str]:
    names = ["credentials"] if context.credential_helpers(authentication) else []
    if authentication.kind == "digest":
        names += ["digest", "digest_upstream", "sandbox_digest"]
    if authentication.kind == "oauth2":
        names += ["oauth", "oauth_upstream", "sandbox_tokens"]
    return {name: name for name in names}
