"""``watch`` as a process: what is saved is built, and served, without a restart of it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import result_schemas
from naftiko_gen import results
from naftiko_gen.diagnostics import Report
from naftiko_gen.pipeline import Job
from naftiko_gen.project_file import load
from naftiko_gen.watching import inputs, places, state, touches

ROOT = Path(__file__).resolve().parent.parent
#: Nothing is expected to take this long: it ends what would wait for ever.
LIMIT = 60.0
READY = "Ctrl-C ends"


def capability(*routes: str, port: int = 8080, call: str = "ships.list-ships") -> str:
    operations = "".join(
        f"""
        - name: {route}
          path: /{route}
          operations: [{{name: {route}, method: GET, call: {call}}}]"""
        for route in routes
    )
    return f"""
naftiko: 1.0.0-alpha2
info: {{label: Harbour, description: Ships of a harbour.}}
capability:
  consumes:
    - type: http
      namespace: ships
      description: A register of ships.
      baseUri: https://ships.example.com
      resources:
        - {{name: ships, path: /ships, operations: [{{name: list-ships, method: GET}}]}}
  exposes:
    - type: rest
      namespace: harbour
      address: 127.0.0.1
      port: {port}
      resources:{operations}
"""


class Watching:
    """One run of ``naftiko-gen watch``, and all that it has printed."""

    def __init__(self, folder: Path, arguments: Sequence[str]) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "naftiko_gen", "watch", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if "json" in arguments else subprocess.STDOUT,
            text=True,
            # A group of its own, as a shell gives it.
            start_new_session=True,
        )
        self.lines: list[str] = []
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._told = 0

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._more:
                self.lines.append(line.rstrip("\n"))
                self._more.notify_all()

    def round(self, said: str) -> str:
        """The lines up to the end of the next round, in which something was ``said``."""
        found: list[str] = []

        def over() -> bool:
            while self._told < len(self.lines):
                found.append(self.lines[self._told])
                self._told += 1
                if READY in found[-1] and said in "\n".join(found):
                    return True
            return False

        with self._more:
            done = self._more.wait_for(over, LIMIT)
        assert done, "\n".join([f"nobody said {said!r}:", *found])
        return "\n".join(found)

    def events(self, last: str) -> list[dict[str, Any]]:
        """The events up to the next one of the kind ``last``."""

        def over() -> bool:
            return any(json.loads(line)["event"] == last for line in self._new)

        with self._more:
            assert self._more.wait_for(over, LIMIT), self.lines
            found = [json.loads(line) for line in self._new]
            number = [one["event"] for one in found].index(last) + 1
            self._told += number
        return found[:number]

    @property
    def _new(self) -> list[str]:
        return self.lines[self._told :]

    def save(self, name: str, text: str) -> None:
        """Save as editors do: a new file that takes the place of the old one."""
        new = self.folder / f".{name.replace('/', '-')}.new"
        new.write_text(text)
        new.replace(self.folder / name)

    def ended(self) -> int:
        status = self.process.wait(LIMIT)
        self._reader.join(LIMIT)
        return status


@contextlib.contextmanager
def watching(folder: Path, *arguments: str) -> Iterator[Watching]:
    found = Watching(folder, arguments)
    try:
        yield found
    finally:
        if found.process.poll() is None:
            found.process.send_signal(signal.SIGINT)
            try:
                found.process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                os.killpg(found.process.pid, signal.SIGKILL)
                raise


def until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT
    while not reached():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def routes(folder: Path) -> list[str]:
    contract = json.loads((folder / "generated/harbour/openapi.json").read_text())
    return sorted(contract["paths"])


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        assert isinstance(port, int)
        return port


def asked(port: int, path: str) -> int | None:
    """The status of an answer; None when nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as ok:
            return int(ok.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/harbour.yaml").write_text(capability("one"))
    return tmp_path


def test_ten_edits_in_a_row(project: Path) -> None:
    spec = project / "specs/harbour.yaml"
    with watching(project) as watch:
        assert "files written to generated/harbour" in watch.round("written")
        assert routes(project) == ["/one"]
        pid = watch.process.pid

        # 1: in place.
        spec.write_text(capability("one", "two"))
        said = watch.round("written")
        assert "changed: specs/harbour.yaml" in said
        assert routes(project) == ["/one", "/two"]

        # 2: wrong, as editors save; the package stays.
        watch.save("specs/harbour.yaml", capability("one", call="ships.list-shops"))
        said = watch.round("error[E202]")
        assert "specs/harbour.yaml:" in said and "did you mean" in said
        assert routes(project) == ["/one", "/two"]

        # 3: still wrong, in another way: a file that was only begun.
        with spec.open("w") as stream:
            watch.round("error[E004]")
            assert routes(project) == ["/one", "/two"]
            # 4: mended, as the rest of it is written.
            stream.write(capability("three"))
        watch.round("written")
        assert routes(project) == ["/three"]

        # 5: gone.
        spec.unlink()
        watch.round("error")
        assert routes(project) == ["/three"]

        # 6: and there again, with other content.
        spec.write_text(capability("four"))
        watch.round("written")
        assert routes(project) == ["/four"]

        # 7: an overlay comes beside it.
        overlay = project / "specs/harbour.overlay.yaml"
        overlay.write_text(
            "overlay: 1.0.0\ninfo: {title: Harbour, version: '1'}\nactions:\n"
            "  - {target: $.info, update: {description: Ships of another harbour.}}\n"
        )
        assert "changed: specs/harbour.overlay.yaml" in watch.round("written")
        readme = project / "generated/harbour/README.md"
        assert "Ships of another harbour" in readme.read_text()

        # 8: and is wrong.
        overlay.write_text("overlay: 1.0.0\n")
        watch.round("error[")
        assert "Ships of another harbour" in readme.read_text()

        # 9: and goes.
        overlay.unlink()
        watch.round("written")
        assert "Ships of another harbour" not in readme.read_text()

        # 10: a burst, of which the last one counts.
        for number in range(20):
            watch.save("specs/harbour.yaml", capability(f"burst-{number}"))
        until(lambda: routes(project) == ["/burst-19"])

        # And as editors do that keep the file before as a backup.
        spec.rename(project / "specs/harbour.yaml~")
        spec.write_text(capability("five"))
        until(lambda: routes(project) == ["/five"])
        assert watch.process.pid == pid and watch.process.poll() is None
        watch.process.send_signal(signal.SIGINT)
        assert watch.ended() == 130
        assert "Traceback" not in "\n".join(watch.lines)


def test_what_a_spec_imports_is_watched(project: Path) -> None:
    shared = (
        "naftiko: 1.0.0-alpha2\ninfo: {label: Ships, description: A register.}\nconsumes:\n"
        "  - type: http\n    namespace: ships\n    description: A register of ships.\n"
        "    baseUri: https://ships.example.com\n    resources:\n"
        "      - {name: ships, path: /PATH, operations: [{name: list-ships, method: GET}]}\n"
    )
    begin, rest = capability("one").split("    - type: http\n")
    rest = rest[rest.index("  exposes:") :]
    named = "    - {import: ships, location: ../common/ships.yaml}\n"
    (project / "specs/harbour.yaml").write_text(begin + named + rest)
    (project / "specs/other.yaml").write_text(capability("other"))
    with watching(project) as watch:
        # It is not there yet.
        watch.round("error[E280]")
        (project / "common").mkdir()
        (project / "common/ships.yaml").write_text(shared)
        said = watch.round("written")
        # What did not change is not looked at.
        assert "other" not in said
        watch.save("common/ships.yaml", shared.replace("/PATH", "/vessels"))
        assert "changed: common/ships.yaml" in watch.round("written")
        operations = project / "generated/harbour/harbour_capability/operations.py"
        assert "/vessels" in operations.read_text()


def test_the_configuration_and_new_specs_are_watched(project: Path) -> None:
    with watching(project) as watch:
        watch.round("written")
        (project / "naftiko-gen.toml").write_text('output = "packages"\n')
        watch.round("files written to packages/harbour")
        (project / "naftiko-gen.toml").write_text('outputs = "packages"\n')
        assert "did you mean `output`?" in watch.round("error[E702]")
        (project / "naftiko-gen.toml").write_text('output = "packages"\n')
        watch.round("harbour: nothing changed")
        (project / "specs/quay.yaml").write_text(capability("quay"))
        assert "packages/quay" in watch.round("written")
        (project / "specs/harbour.yaml").unlink()
        assert "specs/harbour.yaml is gone" in watch.round("gone")
        assert (project / "packages/harbour/openapi.json").is_file()


def test_templates_of_the_project_are_watched(project: Path) -> None:
    (project / "naftiko-gen.toml").write_text('templates = "own"\n')
    readme = project / "generated/harbour/README.md"
    with watching(project) as watch:
        # The folder is not there yet.
        watch.round("error[E711]")
        (project / "own/project").mkdir(parents=True)
        watch.round("written")
        watch.save("own/project/README.md.jinja", "# {{ label | md }} of ours\n")
        assert "changed: own/project/README.md.jinja" in watch.round("written")
        assert readme.read_text() == "# Harbour of ours\n"
        watch.save("own/project/README.md.jinja", "# {{ labels | md }}\n")
        assert "own/project/README.md.jinja:1:6:" in watch.round("error[E714]")
        assert readme.read_text() == "# Harbour of ours\n"
        (project / "own/project/README.md.jinja").unlink()
        watch.round("written")
        assert "list-ships" in readme.read_text()


def test_specs_that_are_not_there_at_first_are_noticed(tmp_path: Path) -> None:
    config = tmp_path / "naftiko-gen.toml"
    config.write_text('specs = ["apis/**/*.yaml"]\n')
    with watching(tmp_path) as watch:
        assert "watching 0 specs" in watch.round("error[E704]")
        (tmp_path / "apis/v1").mkdir(parents=True)
        (tmp_path / "apis/v1/harbour.yaml").write_text(capability("one"))
        watch.round("files written to generated/harbour")
        assert routes(tmp_path) == ["/one"]
        config.write_text('specs = ["more/*.yaml"]\n')
        watch.round("error[E704]")
        (tmp_path / "more").mkdir()
        (tmp_path / "more/quay.yaml").write_text(capability("quay"))
        watch.round("files written to generated/quay")


@pytest.mark.parametrize(
    ("configured", "saved"),
    [
        ('specs = ["apis/*.yaml"]', "apis/harbour.yaml"),
        ('specs = ["*/v1/*.yaml"]', "apis/v1/harbour.yaml"),
        ('specs = ["apis/**/*.yaml"]', "apis/deep/v1/harbour.yaml"),
        ('specs = ["apis/v1/harbour.yaml"]', "apis/v1/harbour.yaml"),
        ('specs = ["apis"]', "apis/harbour.yaml"),
        ("[packages.harbour]", "specs/harbour.yaml"),
        ('[packages.harbour]\nspec = "apis/port.yaml"', "apis/port.yaml"),
    ],
)
def test_each_step_towards_a_spec_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, configured: str, saved: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("naftiko-gen.toml").write_text(configured + "\n")

    def looked_at() -> list[str]:
        report = Report()
        assert load(None, report) is None
        return list(places(report.outside))

    for folder in [*reversed(Path(saved).parents)][1:]:
        known = looked_at()
        before = state([], known)
        folder.mkdir()
        # A folder above a path that is named says nothing of the path.
        assert state([], known) != before or saved in known, folder
    known = looked_at()
    before = state([], known)
    Path(saved).write_text(capability("one"))
    assert state([], known) != before
    assert load(None, Report()) is not None


def test_the_server_follows(project: Path) -> None:
    port = free_port()
    spec = project / "specs/harbour.yaml"
    spec.write_text(capability("one", port=port))
    with watching(project, "--serve") as watch:
        until(lambda: asked(port, "/one") == 200)
        assert asked(port, "/two") == 404
        watch.save("specs/harbour.yaml", capability("one", "two", port=port))
        until(lambda: asked(port, "/two") == 200)
        # A wrong edit leaves it as it is.
        watch.save("specs/harbour.yaml", capability("one", call="none", port=port))
        watch.round("error[")
        assert asked(port, "/two") == 200
        watch.save("specs/harbour.yaml", capability("three", port=port))
        until(lambda: asked(port, "/three") == 200)
        assert asked(port, "/two") == 404
        watch.process.send_signal(signal.SIGINT)
        assert watch.ended() == 130
        assert asked(port, "/three") is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children")
def test_a_server_does_not_outlive_a_watch_that_is_killed(project: Path) -> None:
    port = free_port()
    (project / "specs/harbour.yaml").write_text(capability("one", port=port))
    with watching(project, "--serve") as watch:
        until(lambda: asked(port, "/one") == 200)
        watch.process.kill()
        until(lambda: asked(port, "/one") is None)


def test_events(project: Path) -> None:
    port = free_port()
    spec = project / "specs/harbour.yaml"
    spec.write_text(capability("one", port=port))
    found: list[dict[str, Any]] = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with watching(project, "--serve", "--format", "json") as watch:
            found += watch.events("ended")
            assert [one["event"] for one in found] == ["built", "served", "ended"]
            assert found[0]["changed"] is None and found[2]["status"] == 1
            taken.close()
            watch.save("specs/harbour.yaml", capability("two", port=port))
            found += watch.events("served")
            assert found[3]["changed"] == ["specs/harbour.yaml"]
            [outcome] = found[3]["specs"]
            assert outcome["status"] == "written" and outcome["routes"] == 1
            until(lambda: asked(port, "/two") == 200)
            watch.save("specs/harbour.yaml", capability("one", call="none", port=port))
            found += watch.events("built")
            [outcome] = found[-1]["specs"]
            assert outcome["findings"][0]["code"] == "E105"
            spec.unlink()
            found += watch.events("stuck")
            (project / "specs/quay.yaml").write_text(capability("one", port=port))
            found += watch.events("built")
            assert found[-1]["gone"] == ["specs/harbour.yaml"]
    validator = Draft202012Validator(results.schema("watch"))
    seen = set()
    for one in found:
        validator.validate(one)
        seen |= result_schemas.seen("watch", one)
    assert result_schemas.properties("watch") <= seen


def test_one_server_only(project: Path) -> None:
    (project / "specs/quay.yaml").write_text(capability("quay"))
    with watching(project, "--serve") as watch:
        assert watch.ended() == 64
        assert "--serve is for one SPEC" in "\n".join(watch.lines)
    with watching(project, "--serve", "--format", "json") as watch:
        assert watch.ended() == 64
        [line] = watch.lines
        Draft202012Validator(results.schema("watch")).validate(json.loads(line))


def test_states_of_files(tmp_path: Path) -> None:
    spec, pictures = tmp_path / "a.yaml", tmp_path / "pictures"
    known = inputs(Job(str(spec), "a"), tmp_path / "out", [str(pictures)])
    assert {str(spec), str(tmp_path / "a.overlay.yaml"), str(pictures)} == known
    before = state(known, [])
    assert before == dict.fromkeys(known)
    pictures.mkdir()
    (pictures / "b.png").write_bytes(b"1")
    after = state(known, [])
    assert after[str(pictures / "b.png")] is not None
    # The same content, but another file.
    (tmp_path / "new").write_bytes(b"1")
    (tmp_path / "new").replace(pictures / "b.png")
    assert state(known, [])[str(pictures / "b.png")] != after[str(pictures / "b.png")]
    assert touches([str(pictures / "b.png")], known)
    assert not touches([str(tmp_path / "c.yaml"), f"{spec}.bak"], known)
