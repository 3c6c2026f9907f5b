"""Wheels: the generator's own, and that of a package which it made.

Both are built without a network, installed into an environment of their own, and used from a
folder that has nothing to do with this checkout.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sysconfig
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from emitted import KRAKEN, ROOT, built, passed, read, run, write
from naftiko_gen import __version__ as version
from naftiko_gen import shipped
from naftiko_gen.lock import NAME as LOCK


def build_wheel(project: Path, folder: Path) -> Path:
    """The wheel of ``project``, built by the backend that is installed here."""
    passed(
        run(
            *("-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
            *("--no-index", "--no-deps", "--no-build-isolation", "--no-cache-dir"),
            *("--wheel-dir", folder, project),
            cwd=folder,
        )
    )
    [wheel] = folder.glob("*.whl")
    return wheel


class Installed:
    """A fresh environment with one wheel in it, beside the libraries that are installed here."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        venv.create(folder, with_pip=False, symlinks=os.name != "nt")
        self.scripts = folder / "bin"
        self.site = Path(
            sysconfig.get_path(
                "purelib", "venv", {"base": str(folder), "platbase": str(folder)}
            )
        )
        passed(
            run(
                *("-m", "pip", "--python", self.scripts / "python", "install"),
                *("--quiet", "--disable-pip-version-check", "--no-index"),
                *("--no-deps", "--no-compile", wheel),
                cwd=folder,
            )
        )

    def run(
        self, cwd: Path, *command: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run an installed program with these arguments."""
        # Behind the environment's own folder stand only the libraries, not this checkout:
        # an editable install works through .pth files, which a search path does not read.
        libraries = sysconfig.get_path("purelib")
        program, *arguments = command
        return subprocess.run(
            [str(self.scripts / program), *arguments],
            cwd=cwd,
            env={"PATH": "", "PYTHONPATH": libraries, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


@pytest.fixture(scope="module")
def generator(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    source = tmp_path_factory.mktemp("source")
    for name in ("generator", "templates", "pyproject.toml", "README.md", "LICENSE"):
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".*_cache")
            shutil.copytree(ROOT / name, source / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, source / name)
    wheel = build_wheel(source, tmp_path_factory.mktemp("wheel"))
    return Installed(tmp_path_factory.mktemp("installed") / "env", wheel)


def test_the_installed_generator_is_the_one_that_runs(
    generator: Installed, tmp_path: Path
) -> None:
    code = "import naftiko_gen, naftiko_gen.shipped as s; print(s.templates_dir())"
    done = generator.run(tmp_path, "python", "-c", code)
    passed(done)
    assert Path(done.stdout.strip()) == generator.site / "naftiko_gen" / "templates"


def test_the_installed_generator_writes_the_same_bytes(
    generator: Installed, tmp_path: Path
) -> None:
    (tmp_path / "somewhere").mkdir()
    shutil.copy(KRAKEN, tmp_path / "somewhere" / "kraken.yaml")
    done = generator.run(
        tmp_path,
        *("naftiko-gen", "build", "somewhere/kraken.yaml", "-o", "out"),
        NAFTIKO_GEN_CACHE_DIR="",
        LC_ALL="C",
    )
    passed(done)
    found = read(tmp_path / "out" / "kraken")
    package = built("kraken")
    # The lock too: the digest over all shipped files is that of the checkout.
    assert found.pop(LOCK) == package.lock.encode()
    assert found == dict(package.files)


def test_what_tools_leave_behind_is_not_part_of_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(shipped.templates_dir(), templates)
    for name in (".mypy_cache/x.json", "static/__pycache__/x.pyc", ".DS_Store"):
        (templates / name).parent.mkdir(exist_ok=True)
        (templates / name).write_text("x")
    digest = shipped.digest()
    monkeypatch.setattr(shipped, "templates_dir", lambda: templates)
    assert shipped.digest.__wrapped__() == digest
    (templates / "static" / "x.py").write_text("x")
    assert shipped.digest.__wrapped__() != digest


@pytest.fixture(scope="module")
def kraken_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("kraken")
    package = built("kraken")
    write(project, {**package.files, LOCK: package.lock.encode()})
    return build_wheel(project, tmp_path_factory.mktemp("kraken-wheel"))


def test_the_wheel_of_a_package_is_complete(kraken_wheel: Path) -> None:
    with zipfile.ZipFile(kraken_wheel) as archive:
        names = set(archive.namelist())
        files = built("kraken").files
        for contract in ("openapi.json", "tools.json"):
            assert archive.read(f"kraken_capability/{contract}") == files[contract]
    inside = {name for name in names if ".dist-info/" not in name}
    assert inside == {
        *(path for path in files if path.startswith("kraken_capability/")),
        "kraken_capability/openapi.json",
        "kraken_capability/tools.json",
        f"kraken_capability/{LOCK}",
    }


@pytest.fixture(scope="module")
def kraken(kraken_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("kraken") / "env", kraken_wheel)


def test_the_installed_package_makes_a_call(kraken: Installed, tmp_path: Path) -> None:
    for command in (["python", "-m", "kraken_capability"], ["kraken-capability"]):
        done = kraken.run(
            tmp_path, *command, "call", "get-account-balance", "--sandbox"
        )
        passed(done)
        assert json.loads(done.stdout)["error"] == []
    code = "import kraken_capability; print(kraken_capability.__file__)"
    done = kraken.run(tmp_path, "python", "-c", code)
    assert done.stdout.startswith(str(kraken.site))


def test_the_installed_package_says_what_it_was_made_from(
    kraken: Installed, tmp_path: Path
) -> None:
    done = kraken.run(tmp_path, "kraken-capability", "--version")
    passed(done)
    digest = hashlib.sha256(KRAKEN.read_bytes()).hexdigest()
    expected = (
        f"kraken-capability 0.1.0 (naftiko-gen {version}, capability sha256:{digest})\n"
    )
    assert done.stdout == expected


def test_the_installed_package_serves(kraken: Installed, tmp_path: Path) -> None:
    command = [str(kraken.scripts / "kraken-capability"), "serve", "--sandbox"]
    for adapter in ("rest", "mcp"):
        command += ["--port", f"spot-rest-account-data-{adapter}=0"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": sysconfig.get_path("purelib")},
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stderr is not None
            addresses = {}
            for line in server.stderr:
                if found := re.match(r"(spot-\S+): (\S+) ", line):
                    addresses[found[1]] = found[2]
                if len(addresses) == 2:
                    break
            rest = addresses["spot-rest-account-data-rest"]
            request = urllib.request.Request(
                f"{rest}/v1/0/private/balance",
                b"{}",
                {"Content-Type": "application/json"},
            )
            with urllib.request.urlopen(request, timeout=60) as answer:
                assert json.load(answer)["error"] == []
            with urllib.request.urlopen(f"{rest}/health/ready", timeout=60) as answer:
                assert answer.status == 200
        finally:
            server.terminate()
        assert server.wait(60) == 0
