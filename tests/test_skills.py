"""Catalogues of skills: the five routes, the archive, and what cannot be asked for."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from emitted import GOLDEN, passed, write
from emitted import run as run_python
from naftiko_gen import ir, pipeline
from naftiko_gen.cli import run
from naftiko_gen.diagnostics import Report
from naftiko_gen.lower.skill_text import skill_text
from naftiko_gen.options import Options
from requests_seen import Emitted, imported

ORDERS = GOLDEN / "skills" / "skills" / "orders"


@pytest.fixture(scope="module")
def skills(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("skills", tmp_path_factory.mktemp("skills")) as package:
        yield package


def get(skills: Emitted, path: str) -> tuple[ClientResponse, bytes]:
    """What the catalogue answers to a GET of a raw path."""
    found: list[tuple[ClientResponse, bytes]] = []

    async def make(parts: Any, context: Any) -> tuple[int, str]:
        app = parts.rest_app("orders-skills", context, False)
        async with TestClient(TestServer(app)) as client:
            from yarl import URL

            url = URL(f"{client.make_url('/')}{path[1:]}", encoded=True)
            answer = await client.session.get(url)
            found.append((answer, await answer.read()))
        return answer.status, ""

    skills.call({}, make)
    return found[0]


def document(skills: Emitted, path: str) -> Any:
    answer, body = get(skills, path)
    assert answer.content_type == "application/json"
    return json.loads(body)


def test_the_list(skills: Emitted) -> None:
    assert document(skills, "/skills") == {
        "count": 2,
        "skills": [
            {
                "name": "order-management",
                "description": 'How to find orders: "open" and *closed* ones.',
                "license": "Apache-2.0",
                "tools": ["find-orders", "fetch-orders", "refunds"],
            },
            {
                "name": "plain",
                "description": "Nothing but a tool.",
                "tools": ["find-orders"],
            },
        ],
    }


def test_the_details_in_their_order(skills: Emitted) -> None:
    found = document(skills, "/skills/order-management")
    assert list(found) == [
        "name",
        "description",
        "license",
        "compatibility",
        "argument-hint",
        "allowed-tools",
        "user-invocable",
        "disable-model-invocation",
        "metadata",
        "tools",
    ]
    assert found["metadata"] == {"audience": "support"}
    assert found["disable-model-invocation"] is False
    assert found["tools"] == [
        {
            "name": "find-orders",
            "description": "List all orders.",
            "type": "derived",
            "invocationRef": {
                "targetNamespace": "orders-tools",
                "action": "list-orders",
                "mode": "mcp",
            },
        },
        {
            "name": "fetch-orders",
            "description": "Fetch all orders.",
            "type": "derived",
            "invocationRef": {
                "targetNamespace": "orders-api",
                "action": "list-orders",
                "mode": "rest",
            },
        },
        {
            "name": "refunds",
            "description": "How to refund.",
            "type": "instruction",
            "instruction": "guides/refunds.md",
        },
    ]
    assert list(document(skills, "/skills/plain")) == ["name", "description", "tools"]


def test_the_contents(skills: Emitted) -> None:
    assert document(skills, "/skills/order-management/contents") == {
        "name": "order-management",
        "files": [
            {"path": "filter.yaml", "size": 13, "type": "application/yaml"},
            {"path": "guides/refunds.md", "size": 50, "type": "text/markdown"},
        ],
    }
    path = "/skills/order-management/contents/guides/refunds.md"
    answer, body = get(skills, path)
    assert (answer.status, answer.content_type) == (200, "text/markdown")
    assert body == (ORDERS / "guides" / "refunds.md").read_bytes()


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/skills/nope", 404, "Skill not found: nope"),
        ("/skills/nope/download", 404, "Skill not found: nope"),
        ("/skills/nope/contents/a", 404, "Skill not found: nope"),
        ("/skills/plain/contents", 404, "No location configured for skill: plain"),
        ("/skills/plain/contents/a", 404, "No location configured for skill: plain"),
        ("/skills/order-management/contents/a.md", 404, "File not found: a.md"),
        ("/skills/order-management/contents/SKILL.md", 404, "File not found: SKILL.md"),
        ("/skills/order-management/contents/guides", 404, "File not found: guides"),
        ("/skills/order-management/contents/../../../../__init__.py", 400, "not one"),
        ("/skills/order-management/contents/%2e%2e/%2e%2e/x", 400, "not one"),
        ("/skills/order-management/contents/..%2f..%2fx", 400, "not one"),
        ("/skills/order-management/contents/./filter.yaml", 400, "not one"),
        ("/skills/order-management/contents//etc/passwd", 400, "not one"),
        ("/skills/order-management/contents/a%00b", 400, "not one"),
    ],
)
def test_what_is_not_there(
    skills: Emitted, path: str, status: int, message: str
) -> None:
    answer, body = get(skills, path)
    assert answer.status == status
    assert message in json.loads(body)["error"]["message"]


def archive(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_download_has_a_made_skill_md(skills: Emitted) -> None:
    answer, body = get(skills, "/skills/order-management/download")
    assert answer.content_type == "application/zip"
    assert get(skills, "/skills/order-management/download")[1] == body
    found = archive(body)
    assert list(found) == ["SKILL.md", "filter.yaml", "guides/refunds.md"]
    assert found["filter.yaml"] == (ORDERS / "filter.yaml").read_bytes()
    _, facts, text = found["SKILL.md"].decode().split("---\n")
    assert yaml.safe_load(facts) == {
        "name": "order-management",
        "description": 'How to find orders: "open" and *closed* ones.',
        "license": "Apache-2.0",
        "compatibility": "Needs the tools of this capability.",
        "argument-hint": "[order id]",
        "allowed-tools": "list-orders",
        "user-invocable": True,
        "disable-model-invocation": False,
        "metadata": {"audience": "support"},
    }
    assert "the tool `list-orders` of the MCP server `orders-tools`" in text
    assert "Read `guides/refunds.md`." in text
    assert list(archive(get(skills, "/skills/plain/download")[1])) == ["SKILL.md"]


def test_texts_of_a_skill_stay_texts() -> None:
    hostile = '---\nname: other\n"\u2028`x`\n# Heading'
    tool = ir.SkillTool(hostile, hostile, "ns", hostile, "mcp")
    skill = ir.Skill(
        hostile, hostile, "", "", "", "", None, None, ((hostile, hostile),), (tool,),
        None, None,
    )  # fmt: skip
    text = skill_text(skill)
    facts = yaml.safe_load(text.split("\n---\n")[0])
    assert facts == {
        "name": hostile,
        "description": hostile,
        "metadata": {hostile: hostile},
    }
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert len(headings) == 2 and "Tools" in headings[1]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The spec of the golden case in a folder of its own, with its files."""
    shutil.copytree(GOLDEN / "skills" / "skills", tmp_path / "skills")
    return Path(shutil.copy(GOLDEN / "skills" / "capability.yaml", tmp_path))


def test_the_author_s_own_skill_md_is_kept(copied: Path) -> None:
    (copied.parent / "skills" / "orders" / "SKILL.md").write_bytes(b"# Mine\n")
    report = Report()
    package = pipeline.build(
        pipeline.Job(str(copied), "skills"), report, pipeline.Stages()
    )
    assert package is not None
    path = "skills/orders-skills/order-management/SKILL.md"
    assert package.files[path] == b"# Mine\n"
    skill = package.capability.skill[0].skills[0]
    assert skill.generated is None
    assert b"SKILL.md" in package.files["skills_capability/skill.py"]


def test_a_changed_file_is_drift(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(copied), "-o", str(copied.parent / "out")]
    assert run(["build", *arguments]) == 0
    assert run(["check", *arguments]) == 0
    capsys.readouterr()
    assert run(["build", *arguments]) == 0
    assert "nothing changed" in capsys.readouterr().out
    (copied.parent / "skills" / "orders" / "filter.yaml").write_bytes(b"status: all\n")
    assert run(["check", *arguments]) == 2
    assert "input skills/orders/filter.yaml changed" in "".join(capsys.readouterr())
    (copied.parent / "skills" / "orders" / "new.md").write_bytes(b"new\n")
    assert run(["build", *arguments]) == 0
    assert run(["check", *arguments]) == 0


def test_skills_alone_make_a_package(tmp_path: Path) -> None:
    spec = tmp_path / "only.yaml"
    spec.write_text("""
naftiko: 1.0.0-alpha2
info: {label: Only skills, description: A catalogue and nothing else.}
capability:
  exposes:
    - type: skill
      namespace: catalogue
      port: 8080
      skills: [{name: plain, description: Just a text.}]
""")
    report = Report()
    package = pipeline.build(pipeline.Job(str(spec), "only"), report, pipeline.Stages())
    assert package is not None
    assert "skills/catalogue/plain/SKILL.md" in package.files
    assert package.capability.operations == ()


READ = """
import asyncio, io, json, sys, zipfile
from aiohttp.test_utils import TestClient, TestServer
from orders_capability import parts
async def read():
    context = parts.connect(parts.load_settings(json.loads(sys.argv[1])))
    app = parts.rest_app("orders-skills", context, False)
    async with TestClient(TestServer(app)) as client:
        for path in ("", "/plain", "/mine"):
            print(await (await client.get(f"/skills{path}")).text())
        packed = await (await client.get("/skills/plain/download")).read()
        print(zipfile.ZipFile(io.BytesIO(packed)).read("SKILL.md").decode())
    await parts.close(context)
asyncio.run(read())
"""


def test_a_read_only_catalogue_tells_of_nothing_that_writes(tmp_path: Path) -> None:
    text = (
        (GOLDEN / "skills" / "capability.yaml")
        .read_text()
        .partition("      skills:")[0]
    )
    text = text.replace(
        "method: GET\n  exposes",
        "method: GET\n            - {name: pay, method: POST}\n  exposes",
    )
    text = text.replace(
        "call: shop.list-orders\n    - type: mcp",
        "call: shop.list-orders\n            - {name: pay-it, method: POST, call: shop.pay}\n    - type: mcp",
    )
    text = text.replace(
        "    - type: skill",
        "        - {name: pay, description: Pay., call: shop.pay}\n    - type: skill",
    )
    actions = (
        "orders-tools: list-orders",
        "orders-tools: pay",
        "orders-api: pay-it",
        "orders-api: POST /orders",
    )
    tools = "".join(
        f"        - {{name: tool-{n}, description: One., from: {{sourceNamespace: {one.partition(': ')[0]}, action: {one.partition(': ')[2]}}}}}\n"
        for n, one in enumerate(actions)
    )
    skills = f"      skills:\n      - name: plain\n        description: All.\n        tools:\n{tools}"
    skills += f"      - name: mine\n        description: Some.\n        tools:\n{tools}"
    spec = tmp_path / "orders.yaml"
    spec.write_text(text + skills)
    told: list[str] = []
    for options, variables in (
        (Options(), {}),
        (Options(), {"ORDERS_CAPABILITY_READ_ONLY": "true"}),
        (Options(read_only=True), {}),
    ):
        report = Report()
        job = pipeline.Job(str(spec), "orders", options=options)
        package = pipeline.build(job, report, pipeline.Stages())
        assert package is not None, report.errors
        folder = tmp_path / f"package-{len(told)}"
        write(folder, package.files)
        done = run_python("-c", READ, json.dumps(variables), cwd=folder)
        passed(done)
        told.append(done.stdout)
    usual, when_served, when_built = told
    assert usual.count("tool-3") == 5
    assert when_served == when_built
    assert when_built.count("tool-0") == 5
    assert not re.search("tool-[123]", when_built)
