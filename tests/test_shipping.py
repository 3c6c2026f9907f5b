"""What ``--with`` adds, and what is built of a project: each file before a validator of its format."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import hostile
from emitted import KRAKEN, ROOT, built, passed, read, spec_of, write
from naftiko_gen import lock, pins, pipeline
from naftiko_gen.cli import run as cli
from naftiko_gen.diagnostics import Report
from naftiko_gen.options import EXTRAS, Options
from naftiko_gen.release import release
from naftiko_gen.views import dependencies

#: A package whose keys are used by one process, and one that can be served by many.
PROJECTS = ("kraken", "shipped")
BIN = Path(sys.executable).parent
#: Extras that an image does without.
NOT_SHIPPED = ("docs", "test")


def package_with_all(case: str) -> pipeline.Package:
    if case == "shipped":
        return built(case)
    report = Report()
    job = pipeline.Job(str(spec_of(case)), case, options=Options(extras=("all",)))
    package = pipeline.build(job, report, pipeline.Stages())
    assert package is not None, report.errors
    return package


@pytest.fixture(scope="module", params=PROJECTS)
def project(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with everything in it, named as its package."""
    folder = tmp_path_factory.mktemp("shipping") / str(request.param)
    package = package_with_all(request.param)
    write(folder, {**package.files, lock.NAME: package.lock.encode()})
    return folder


def tool(name: str, *arguments: str | Path, cwd: Path) -> str:
    """What a program that is installed beside this Python prints, if it is content."""
    done = subprocess.run(
        [BIN / name, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    passed(done)
    return done.stdout


# What can be chosen.


ADDED = (
    "compose.yaml",
    "constraints.txt",
    "kubernetes/deployment.yaml",
    "sbom.cdx.json",
    "server.json",
    "clients/codex.toml",
    "kraken-capability.service",
    ".github/workflows/publish.yml",
)


def test_nothing_is_added_unless_told() -> None:
    found = built("kraken").files
    assert not set(ADDED) & found.keys()
    assert b"Ship it" not in found["README.md"]


def test_each_choice_adds_its_own_files() -> None:
    plain = set(built("kraken").files)
    together: set[str] = set()
    for name in EXTRAS:
        report = Report()
        options = Options(extras=(name,))
        job = pipeline.Job(str(KRAKEN), "kraken", options=options)
        package = pipeline.build(job, report, pipeline.Stages())
        assert package is not None
        own = set(package.files) - plain
        assert own and not own & together, name
        together |= own
    assert set(package_with_all("kraken").files) - plain == together
    assert set(ADDED) <= together


def test_a_build_with_all_is_checked_with_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(spec_of("shipped"), "tides.yaml")
    build = ["build", "-q", "tides.yaml", "--with", "sbom", "--with", "compose"]
    assert cli(build) == 0
    locked = json.loads((tmp_path / "generated/tides" / lock.NAME).read_text())
    assert locked["options"]["with"] == "compose, sbom"
    assert (
        cli(["check", "-q", "tides.yaml", "--with", "compose", "--with", "sbom"]) == 0
    )
    assert cli(["check", "-q", "tides.yaml"]) == 2
    assert cli(["build", "-q", "tides.yaml"]) == 0
    assert not (tmp_path / "generated/tides/compose.yaml").exists()
    capsys.readouterr()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--with", "sbmo"], "`sbmo` is not one of changelog, clients, compose"),
        (["--with", "sbmo"], "did you mean `sbom`?"),
        (["--package-version", "1.x"], "`1.x` is not of the form 1.2.3"),
        (["--server-name", "tides"], "`tides` is not of the form io.github.owner/name"),
    ],
)
def test_wrong_choices_are_wrong_usage(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(["build", str(KRAKEN), *arguments]) == 64
    assert said in capsys.readouterr().err


def test_wrong_choices_of_the_configuration_have_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(spec_of("shipped"), "tides.yaml")
    config = tmp_path / "naftiko-gen.toml"
    config.write_text('specs = ["tides.yaml"]\nwith = ["sbom", "sistemd"]\n')
    assert cli(["build"]) == 1
    error = capsys.readouterr().err
    assert "naftiko-gen.toml:2:1: error[E703]: `with`: `sistemd` is not one" in error
    assert "did you mean `systemd`?" in error
    assert cli(["schema", "--config"]) == 0
    validator = jsonschema.Draft202012Validator(json.loads(capsys.readouterr().out))
    assert validator.is_valid({"with": ["sbom", "all"], "package-version": "1.2rc1"})
    assert not validator.is_valid({"with": ["sistemd"]})
    assert not validator.is_valid({"package-version": "1.2-rc1"})
    config.write_text('specs = ["tides.yaml"]\nwith = ["all"]\n')
    assert cli(["build", "-q"]) == 0
    assert (tmp_path / "generated/tides/sbom.cdx.json").exists()


def test_where_nothing_listens_nothing_is_deployed() -> None:
    report = Report()
    spec = spec_of("mcp-stdio")
    job = pipeline.Job(str(spec), "mcp-stdio", options=Options(extras=("all",)))
    package = pipeline.build(job, report, pipeline.Stages())
    assert package is not None
    found = set(package.files) - set(built("mcp-stdio").files)
    assert {path for path in found if not path.startswith("clients/")} == {
        ".github/workflows/publish.yml",
        "CHANGELOG.md",
        "constraints.txt",
        "sbom.cdx.json",
        "server.json",
    }
    assert b'CMD ["stdio"]' in package.files["Dockerfile"]


def test_the_readme_lists_what_is_there(project: Path) -> None:
    listed = re.findall(
        r"^\| \[.*?\]\((.+?)\) \|", (project / "README.md").read_text(), re.MULTILINE
    )
    assert len(listed) == len(EXTRAS)
    for path in listed:
        assert (project / path).exists(), path


@pytest.mark.parametrize("name", sorted(hostile.PAYLOADS))
def test_texts_of_a_spec_change_no_file_but_as_texts(name: str, tmp_path: Path) -> None:
    data = hostile.merged(spec_of("shipped"))
    text = hostile.PAYLOADS[name]
    for place in (("info", "label"), ("info", "description"), ("info", "tags", 0)):
        data = hostile.changed(data, text, place)
    spec = hostile.write_spec(tmp_path, data)
    found, report = hostile.emitted(spec, Options(extras=("all",)))
    if found is None:
        assert report.errors
        return
    hostile.check_alone(found)
    keywords = tomllib.loads(found["pyproject.toml"].decode())["project"]["keywords"]
    assert "Harbour master" in keywords


# Versions.


@pytest.mark.parametrize(
    ("written", "version"),
    [
        ("", "0.1.0"),
        ("1.2.3", "1.2.3"),
        ("v2", "2"),
        ("1.0.0-beta.5", "1.0.0b5"),
        ("1.0.0-alpha2", "1.0.0a2"),
        ("1.0-RC", "1.0rc0"),
        ("01.002", "1.2"),
        ("2026-11-23", "0.1.0"),
        ("1.0\nfrom evil import x", "0.1.0"),
        ("١.٢", "0.1.0"),
    ],
)
def test_the_version_of_a_spec_is_made_that_of_a_package(
    written: str, version: str
) -> None:
    assert release(written) == version


def test_the_version_can_be_chosen() -> None:
    report = Report()
    options = Options(package_version="3.1.4rc1", extras=("all",))
    job = pipeline.Job(str(KRAKEN), "kraken", options=options)
    package = pipeline.build(job, report, pipeline.Stages())
    assert package is not None
    text = {path: content.decode() for path, content in package.files.items()}
    assert tomllib.loads(text["pyproject.toml"])["project"]["version"] == "3.1.4rc1"
    assert '__version__ = "3.1.4rc1"' in text["kraken_capability/__init__.py"]
    assert '"kraken-capability/3.1.4rc1"' in text["kraken_capability/settings.py"]
    assert "image: kraken-capability:3.1.4rc1" in text["compose.yaml"]
    assert json.loads(text["server.json"])["version"] == "3.1.4rc1"
    sbom = json.loads(text["sbom.cdx.json"])
    assert sbom["metadata"]["component"]["version"] == "3.1.4rc1"


# What is built.


def build(project: Path, folder: Path, umask: int) -> dict[str, str]:
    """The digests of the files that `python -m build` makes of a copy of a project."""
    shutil.copytree(project, folder)
    for name in (".env", ".venv/pyvenv.cfg", "dist/old.whl", "notes.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("not to be shipped")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", "out", "."]
    done = subprocess.run(
        command,
        cwd=folder,
        umask=umask,
        env={"PATH": str(BIN), "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    passed(done)
    made = sorted((folder / "out").iterdir())
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in made}


def test_builds_have_the_same_bytes_everywhere(project: Path, tmp_path: Path) -> None:
    first = build(project, tmp_path / "one", 0o022)
    (tmp_path / "another").mkdir()
    second = build(project, tmp_path / "another" / "folder", 0o077)
    assert first == second and len(first) == 2
    out = tmp_path / "one" / "out"
    [wheel], [source] = out.glob("*.whl"), out.glob("*.tar.gz")
    tool("twine", "check", "--strict", wheel, source, cwd=tmp_path)
    tool("check-wheel-contents", wheel, cwd=tmp_path)
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert not {n for n in names if n.startswith((".env", ".venv", "dist", "notes"))}
    package = package_with_all(project.name).capability.package
    for name in ("pyproject.toml", "README.md", "capability.yaml", lock.NAME):
        assert name in names
    assert {f"{package}/py.typed", "tests/test_contract.py"} <= names


def test_the_project_file_is_valid(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALIDATE_PYPROJECT_NO_NETWORK", "1")
    tool("validate-pyproject", "pyproject.toml", cwd=project)


# Exact versions, and the bill of materials.


def pinned(project: Path) -> list[tuple[Requirement, list[str]]]:
    """The lines of constraints.txt, each with its digests."""
    text = (project / "constraints.txt").read_text().replace("\\\n", " ")
    lines = [line.split("--hash=") for line in text.splitlines()]
    return [(Requirement(one), [h.strip() for h in more]) for one, *more in lines]


def test_every_version_has_digests(project: Path) -> None:
    found = pinned(project)
    names = [requirement.name for requirement, _ in found]
    assert names == sorted(set(names)) and "aiohttp" in names
    for requirement, digests in found:
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert digests
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", one) for one in digests)


def test_what_the_project_asks_for_is_pinned_within_its_bounds(project: Path) -> None:
    versions = {
        requirement.name: str(requirement.specifier)[2:]
        for requirement, _ in pinned(project)
    }
    table = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    extras = table["optional-dependencies"]
    asked = [
        *table["dependencies"],
        *(r for e in extras if e not in NOT_SHIPPED for r in extras[e]),
    ]
    for requirement in map(Requirement, asked):
        name = canonicalize_name(requirement.name)
        assert requirement.specifier.contains(versions[name]), requirement


def test_every_library_is_pinned_with_what_it_needs() -> None:
    # What is installed here says what it needs by itself.
    found = {pin.name: pin for pin in pins.closure(dependencies.every())}
    seen = 0
    for name in found:
        try:
            needed = [Requirement(text) for text in requires(name) or ()]
        except PackageNotFoundError:
            continue
        for requirement in needed:
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                seen += 1
                assert canonicalize_name(requirement.name) in found, (name, requirement)
    assert seen > 20


def test_all_packages_of_this_repository_can_be_pinned() -> None:
    projects = [*ROOT.glob("generated/*/pyproject.toml")]
    projects += ROOT.glob("tests/golden/*/expected/pyproject.toml")
    known = {pin.name: pin.version for pin in pins.closure(dependencies.every())}
    assert len(projects) > 40
    for file in projects:
        table = tomllib.loads(file.read_text())["project"]
        extras = table["optional-dependencies"]
        more = [r for name in extras if name not in NOT_SHIPPED for r in extras[name]]
        for requirement in map(Requirement, [*table["dependencies"], *more]):
            version = known[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(version), (file, requirement)


def test_the_bill_of_materials_is_valid_and_complete(project: Path) -> None:
    text = (project / "sbom.cdx.json").read_text()
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    assert problem is None, problem
    document = json.loads(text)
    components = {one["name"]: one for one in document["components"]}
    digests = {
        name: [h["content"] for h in one["hashes"]] for name, one in components.items()
    }
    assert digests == {
        requirement.name: [one.removeprefix("sha256:") for one in found]
        for requirement, found in pinned(project)
    }
    for name, one in components.items():
        assert one["purl"] == f"pkg:pypi/{name}@{one['version']}"
    assert components["uvloop"]["scope"] == "optional"
    assert components["yarl"]["scope"] == "required"
    known = {one["bom-ref"] for one in components.values()}
    edges = {one["ref"]: one["dependsOn"] for one in document["dependencies"]}
    assert edges.keys() == known | {document["metadata"]["component"]["bom-ref"]}
    assert {ref for refs in edges.values() for ref in refs} == known
    licensed = [one for one in components.values() if "licenses" in one]
    assert len(licensed) > len(components) * 0.8


# Files that deploy it.


def test_the_image_follows_the_rules_of_hadolint(project: Path) -> None:
    tool("hadolint", "--failure-threshold", "style", "Dockerfile", cwd=project)


def test_the_usual_image_does_as_well(tmp_path: Path) -> None:
    write(tmp_path, {"Dockerfile": built("kraken").files["Dockerfile"]})
    tool("hadolint", "--failure-threshold", "style", "Dockerfile", cwd=tmp_path)


def instructions(text: str) -> Iterator[tuple[str, str]]:
    joined = text.replace("\\\n", " ")
    for line in joined.splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition(" ")
            yield name, value.strip()


def test_the_image_needs_neither_root_nor_a_shell(project: Path) -> None:
    found = list(instructions((project / "Dockerfile").read_text()))
    stages = [number for number, (name, _) in enumerate(found) if name == "FROM"]
    assert len(stages) == 2 and ("ARG", "PYTHON=3.13") in found[: stages[0]]
    last = dict(found[stages[1] + 1 :])
    assert "RUN" not in last and last["USER"] == "10001:10001"
    for name in ("ENTRYPOINT", "CMD"):
        assert isinstance(json.loads(last[name]), list)
    check = json.loads(last["HEALTHCHECK"].partition("CMD ")[2])
    assert check[:2] == ["python", "-c"]
    compile(check[2], "healthcheck", "exec")
    assert "--require-hashes" in dict(found[: stages[1]])["RUN"]


def test_files_of_binds_are_mounted_where_the_package_looks(tmp_path: Path) -> None:
    report = Report()
    options = Options(extras=("compose", "kubernetes"))
    spec = tmp_path / "library.yaml"
    more = "  - {namespace: same, location: 'file:///./more.json', keys: {OF: of}}\n"
    more += "  - {namespace: up, location: 'file:///./up/my-keys', keys: {UP: up}}\n"
    text = (
        spec_of("bind-files")
        .read_text()
        .replace("  - namespace: env\n", f"{more}  - namespace: env\n")
    )
    text = text.replace("'{{vault.API_KEY}}'", "'{{up.UP}}'").replace(
        "{{more.TENANT}}", "{{same.OF}}-{{more.TENANT}}"
    )
    spec.write_text(text)
    package = pipeline.build(
        pipeline.Job(str(spec), "library", options=options), report, pipeline.Stages()
    )
    assert package is not None, report.errors
    write(tmp_path, package.files)
    places = {
        "/secrets/library.yaml": ("./secrets/library.yaml", "library.yaml"),
        "/etc/library": ("/etc/library", None),
        "/deploy/library.env": ("./deploy/library.env", "library.env"),
        "/more.json": ("./more.json", "more.json"),
        "/up/my-keys": ("./up/my-keys", None),
    }
    [service] = yaml.safe_load((tmp_path / "compose.yaml").read_text())[
        "services"
    ].values()
    assert {v["target"]: v["source"] for v in service["volumes"]} == {
        target: source for target, (source, _) in places.items()
    }
    assert all(v["read_only"] for v in service["volumes"])
    deployment = resources(tmp_path)["Deployment"]
    kubernetes_validate.validate(deployment, "1.31", strict=True)
    pod = deployment["spec"]["template"]["spec"]
    [container] = pod["containers"]
    mounts = {m["mountPath"]: m for m in container["volumeMounts"][1:]}
    assert {target: m.get("subPath") for target, m in mounts.items()} == {
        target: key for target, (_, key) in places.items()
    }
    assert all(m["readOnly"] for m in mounts.values())
    secrets = {v["name"]: v["secret"]["secretName"] for v in pod["volumes"][1:]}
    assert secrets[mounts["/etc/library"]["name"]] == "library-capability-mounted"
    assert len(set(secrets.values())) == len(mounts) == len(secrets)
    made = (tmp_path / "kubernetes/deployment.yaml").read_text()
    assert "library-capability-up --from-file=up/my-keys\n" in made


def test_an_image_can_have_more(tmp_path: Path) -> None:
    found = built("kraken").files
    image = dict(instructions(found["Dockerfile"].decode()))
    assert image["ARG"] == "EXTRAS=speed,redis"
    assert image["RUN"].endswith('".[${EXTRAS}]"')
    extras = tomllib.loads(found["pyproject.toml"].decode())["project"]
    asked = "docker build --build-arg EXTRAS=speed,redis,docs ."
    assert asked in found["README.md"].decode()
    assert {"speed", "redis", "docs"} <= extras["optional-dependencies"].keys()
    # With exact versions, nothing is installed whose version is not known.
    exact = package_with_all("shipped").files
    assert b"EXTRAS" not in exact["Dockerfile"] + exact["README.md"]


def test_compose_and_workflow_are_valid(project: Path) -> None:
    published = files("check_jsonschema.builtin_schemas.vendor")
    for name, file in (
        ("compose-spec", "compose.yaml"),
        ("github-workflows", ".github/workflows/publish.yml"),
    ):
        schema = json.loads((published / f"{name}.json").read_text("utf-8"))
        validator = jsonschema.validators.validator_for(schema)(schema)
        # The key `on` is a truth value to YAML 1.1.
        document = yaml.load((project / file).read_text(), yaml.BaseLoader)
        loaded = yaml.safe_load((project / file).read_text())
        loaded |= {"on": document["on"]} if loaded.pop(True, None) else {}
        validator.validate(loaded)


def test_compose_gives_no_rights(project: Path) -> None:
    document = yaml.safe_load((project / "compose.yaml").read_text())
    [service] = document["services"].values()
    assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert service["env_file"] == ".env" and "environment" not in service
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    dockerfile = (project / "Dockerfile").read_text()
    assert json.dumps(service["healthcheck"]["test"])[1:] in dockerfile


def test_only_the_publishing_job_may_ask_for_an_identity(project: Path) -> None:
    text = (project / ".github/workflows/publish.yml").read_text()
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    jobs = workflow["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read"}
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    assert jobs["publish"]["needs"] == "build" and "secrets." not in text
    assert not any("run" in step for step in jobs["publish"]["steps"])


def resources(project: Path) -> dict[str, Any]:
    documents = [
        yaml.safe_load(file.read_text())
        for file in sorted((project / "kubernetes").iterdir())
    ]
    return {document["kind"]: document for document in documents}


def test_resources_of_kubernetes_are_valid(project: Path) -> None:
    for document in resources(project).values():
        kubernetes_validate.validate(document, "1.31", strict=True)


def test_resources_of_kubernetes_go_together(project: Path) -> None:
    found = resources(project)
    deployment = found["Deployment"]["spec"]
    labels = deployment["template"]["metadata"]["labels"]
    assert deployment["selector"]["matchLabels"] == labels
    assert found["Service"]["spec"]["selector"] == labels
    assert found["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"] == labels
    [container] = deployment["template"]["spec"]["containers"]
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    capability = package_with_all(project.name).capability
    assert sorted(ports.values()) == sorted(
        adapter.port for adapter in capability.adapters if adapter.port is not None
    )
    for port in found["Service"]["spec"]["ports"]:
        assert ports[port["targetPort"]] == port["port"]
    for name in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert container[name]["httpGet"]["port"] in ports
    context = container["securityContext"]
    assert context["readOnlyRootFilesystem"]
    assert not context["allowPrivilegeEscalation"]
    assert deployment["template"]["spec"]["securityContext"]["runAsNonRoot"]


def test_one_pod_uses_a_key_whose_nonces_rise(project: Path) -> None:
    found = resources(project)
    deployment = found["Deployment"]["spec"]
    if project.name == "kraken":
        assert deployment["replicas"] == 1
        assert deployment["strategy"] == {"type": "Recreate"}
        assert not {"HorizontalPodAutoscaler", "PodDisruptionBudget"} & found.keys()
        egress = found["NetworkPolicy"]["spec"]["egress"][0]["ports"]
        assert [one["port"] for one in egress] == [53, 53, 443, 6379]
    else:
        assert "replicas" not in deployment
        scaled = found["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
        assert scaled["name"] == found["Deployment"]["metadata"]["name"]
        egress = found["NetworkPolicy"]["spec"]["egress"][0]["ports"]
        assert [one["port"] for one in egress] == [53, 53, 443, 8443]


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not installed"
)
def test_the_unit_is_valid_and_confined(project: Path, tmp_path: Path) -> None:
    [unit] = project.glob("*.service")
    text = unit.read_text()
    program = re.search(r"^ExecStart=(\S+) serve$", text, re.MULTILINE)
    assert program
    copied = tmp_path / unit.name
    copied.write_text(text.replace(program[1], sys.executable))
    for command in (
        ["verify", "--man=no", str(copied)],
        ["security", "--offline=true", "--threshold=20", "--no-pager", str(copied)],
    ):
        done = subprocess.run(
            ["systemd-analyze", *command],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        passed(done)
        assert unit.name not in done.stderr, done.stderr


# Files for MCP registries and clients.


def test_the_registry_is_told_what_it_asks_for(project: Path) -> None:
    document = json.loads((project / "server.json").read_text())
    schema = json.loads((ROOT / "tests/schema/server-json.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(document)
    mark = f"<!-- mcp-name: {document['name']} -->"
    assert mark in (project / "README.md").read_text()
    [package] = document["packages"]
    table = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    assert package["identifier"] == table["name"] in table["scripts"]
    assert document["version"] == package["version"] == table["version"]
    for variable in package["environmentVariables"]:
        assert variable["isSecret"] and "value" not in variable


def test_clients_start_the_program_and_hold_no_secret(project: Path) -> None:
    table = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    written = read(project / "clients")
    codex = tomllib.loads(written.pop("codex.toml").decode())["mcp_servers"]
    found = {"codex": codex}
    for name, content in written.items():
        document = json.loads(content)
        found[name] = document.get("mcpServers") or document["servers"]
    assert len(found) == 5
    for servers in found.values():
        [server] = servers.values()
        assert server["command"] in table["scripts"] and server["args"] == ["stdio"]
        for variable, value in server.get("env", {}).items():
            expected = ("", *(f"${{{p}{variable}}}" for p in ("", "env:", "input:")))
            assert value in expected
    asked = {one["id"] for one in json.loads(written["vscode.json"])["inputs"]}
    [codex_server] = codex.values()
    assert asked == set(codex_server["env_vars"])
