"""What each template is given: its variables, their types and what they mean.

Views make these tables, and mypy holds them to it; nothing here is imported when a package is
built. ``naftiko-gen templates`` prints them for those who replace a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import calls, project, running, serving

#: By the name of the template.
TEMPLATES: Mapping[str, type[Any]] = {
    "package/__init__.py.jinja": running.Init,
    "package/__main__.py.jinja": running.Main,
    "package/commands.py.jinja": running.Commands,
    "package/context.py.jinja": running.Context,
    "package/control.py.jinja": serving.Control,
    "package/failures.py.jinja": calls.Failures,
    "package/flows.py.jinja": calls.Flows,
    "package/guards.py.jinja": serving.Guards,
    "package/inputs.py.jinja": calls.Inputs,
    "package/mappings.py.jinja": calls.Mappings,
    "package/mcp_prompts.py.jinja": serving.McpPrompts,
    "package/mcp_resources.py.jinja": serving.McpResources,
    "package/mcp_server.py.jinja": serving.McpServer,
    "package/observability.py.jinja": serving.Observability,
    "package/operations.py.jinja": calls.Operations,
    "package/parts.py.jinja": running.Parts,
    "package/rest.py.jinja": serving.Rest,
    "package/sandbox_setup.py.jinja": running.SandboxSetup,
    "package/settings.py.jinja": running.Settings,
    "package/signing.py.jinja": calls.Signing,
    "package/skill.py.jinja": serving.Skill,
    "project/Dockerfile.jinja": project.Dockerfile,
    "project/README.md.jinja": project.Readme,
    "project/codex.toml.jinja": project.Codex,
    "project/compose.yaml.jinja": project.Compose,
    "project/dockerignore.jinja": project.DockerIgnore,
    "project/env.example.jinja": project.EnvExample,
    "project/kubernetes/autoscaler.yaml.jinja": project.Autoscaler,
    "project/kubernetes/deployment.yaml.jinja": project.Deployment,
    "project/kubernetes/disruption-budget.yaml.jinja": project.DisruptionBudget,
    "project/kubernetes/network-policy.yaml.jinja": project.NetworkPolicy,
    "project/kubernetes/service.yaml.jinja": project.Service,
    "project/publish.yml.jinja": project.Publish,
    "project/pyproject.toml.jinja": project.Pyproject,
    "project/systemd.service.jinja": project.Systemd,
    "tests/test_contract.py.jinja": running.ContractTests,
}
