"""Many specs in one run: the same whatever does it, whole packages only, one fault at a time."""

from __future__ import annotations

import io
import itertools
import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from fake_package import forget, install
from many_specs import document, write_all
from naftiko_gen import lock, remembered, shipped, tree, verify
from naftiko_gen.cli import run
from naftiko_gen.commands.pool import each, workers_for
from naftiko_gen.commands.progress import Progress
from naftiko_gen.diagnostics import Report
from naftiko_gen.options import Options
from naftiko_gen.package_names import distinct
from naftiko_gen.pipeline import Job, Stages, build
from naftiko_gen.spec_files import below, expand, unique

NUMBER = 34
REFUSED = {n for n in range(NUMBER) if n % 7 == 3}


def program(
    *arguments: str, cwd: Path, cache: str | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(cache),
        capture_output=True,
        text=True,
    )


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "naftiko_gen", *arguments]


def environment(cache: str | None = None) -> dict[str, str]:
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return found if cache is None else {**found, "NAFTIKO_GEN_CACHE_DIR": cache}


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with specs, and the packages that one process and four made of them."""
    work = tmp_path_factory.mktemp("many")
    write_all(work / "in", NUMBER)
    for jobs in ("1", "4"):
        # Nothing is remembered, so that both do all of the work.
        done = program(
            *("build", "in", "-o", "out", "--jobs", jobs, "--report", "report.json"),
            cwd=work,
            cache="",
        )
        assert done.returncode == 1
        (work / f"{jobs}.out").write_text(done.stdout)
        (work / f"{jobs}.err").write_text(done.stderr)
        for made in ("out", "report.json"):
            (work / made).rename(work / f"{jobs}.{made.replace('out', 'packages')}")
    return work


def test_the_number_of_processes_changes_nothing(built: Path) -> None:
    assert workers_for(NUMBER, 4) == 4
    for kind in ("out", "err", "report.json"):
        assert (built / f"1.{kind}").read_bytes() == (built / f"4.{kind}").read_bytes()
    assert content(built / "1.packages") == content(built / "4.packages")
    lines = (built / "4.out").read_text().splitlines()
    names = [line.partition(":")[0] for line in lines if " files written " in line]
    assert len(names) == NUMBER - len(REFUSED)
    assert names == sorted(names, key=lambda n: (int(n[-3:]) % 3, n))


def test_the_summary_counts_outcomes_and_codes(built: Path) -> None:
    out, err = (built / "4.out").read_text(), (built / "4.err").read_text()
    total, *codes = out.splitlines()[NUMBER - len(REFUSED) :]
    sound, refused = NUMBER - len(REFUSED), len(REFUSED)
    warned = sum(n % 5 == 1 for n in range(NUMBER) if n not in REFUSED)
    assert total == (
        f"{NUMBER} specs: {sound} built, {refused} refused, {warned} with warnings"
    )
    assert len(codes) == 2
    assert re.fullmatch(rf" +E201 +{refused} in {refused}: .+", codes[0])
    found = re.findall(r": (?:error|warning)\[(\w+)\]:", err)
    assert found.count("E201") == refused and len(set(found)) == len(codes)


def test_a_second_run_says_the_same_with_and_without_a_memory(
    tmp_path: Path, built: Path
) -> None:
    (tmp_path / "in").symlink_to(built / "in")
    arguments = ("build", "in/", "--jobs", "2", "--report", "r.json", "-o")
    (tmp_path / "new").symlink_to(built / "1.packages")
    told = []
    for cache in (str(tmp_path / "memory"), str(tmp_path / "memory"), ""):
        done = program(*arguments, "new", cwd=tmp_path, cache=cache)
        report = json.loads((tmp_path / "r.json").read_text())
        told.append((done.returncode, done.stdout, done.stderr, report))
    assert told[0] == told[1] == told[2]
    status, out, err, report = told[0]
    assert status == 1 and err.count("error[E201]") == len(REFUSED)
    assert out.count(": nothing changed\n") == NUMBER - len(REFUSED)
    first = json.loads((built / "1.report.json").read_text())
    assert first["codes"] == report["codes"]
    for before, after in zip(first["specs"], report["specs"], strict=True):
        assert {**before, "outcome": ""} == {**after, "outcome": ""}
        if before["outcome"] == "built":
            assert after["outcome"] == "unchanged" and after["operations"] > 0
    assert list((tmp_path / "memory/findings").rglob("*"))


def test_shards_are_a_partition(built: Path) -> None:
    paths: list[str] = []
    for number in (1, 2, 3):
        arguments = ["validate", "in", "--report", f"s{number}.json", "--shard"]
        done = program(*arguments, f"{number}/3", cwd=built)
        assert done.returncode == 1
        report = json.loads((built / f"s{number}.json").read_text())
        assert report["shard"] == f"{number}/3"
        assert len(report["specs"]) in (NUMBER // 3, NUMBER // 3 + 1)
        paths += [one["spec"] for one in report["specs"]]
    assert len(paths) == NUMBER and sorted(paths) == sorted(map(str, _specs(built)))
    done = program("validate", "in", "--shard", "99/99", cwd=built)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def _specs(work: Path) -> Iterator[Path]:
    return (path.relative_to(work) for path in (work / "in").rglob("spec-*"))


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_an_interrupt_leaves_whole_packages_and_no_process(
    tmp_path: Path, jobs: str
) -> None:
    write_all(tmp_path / "in", 200)
    with subprocess.Popen(
        command("build", "in", "-o", "out", "--jobs", jobs),
        cwd=tmp_path,
        env={**environment(""), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout and process.stderr
        for _ in range(3):
            assert " written to out/" in process.stdout.readline()
        # As a terminal does it: every process of the group gets the signal.
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == 130
    assert err.rstrip().endswith("interrupted") and "Traceback" not in err
    with pytest.raises(ProcessLookupError):  # Nobody of the group is left.
        os.killpg(process.pid, 0)
    made = list((tmp_path / "out").iterdir())
    assert 3 <= len(made) < 200 and not [p for p in made if p.name.startswith(".")]
    for folder in made:
        found = lock.load(folder)
        assert found and tree.matches(folder, found)
        assert content(folder).keys() == {lock.NAME, *found.outputs}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    install(monkeypatch, tmp_path / "fake")
    monkeypatch.setattr("naftiko_gen.warm.up", lambda: None)
    (tmp_path / "specs").mkdir()
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    forget()


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_fault_in_one_file_is_named_and_stops_no_other(
    folder: Path, capfd: pytest.CaptureFixture[str], jobs: str
) -> None:
    for number in range(30):
        text = {11: "crash", 20: "error"}.get(number, "fine")
        (folder / f"specs/s{number:02}.yaml").write_text(text)
    assert run(["build", "specs", "--jobs", jobs, "--report", "r.json"]) == 70
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    assert "internal error: specs/s11.yaml: RuntimeError: a stage fell over\n" in err
    assert "specs/s20.yaml:1:1: error[E201]" in err
    assert sorted(os.listdir("generated")) == [
        f"s{n:02}" for n in range(30) if n not in (11, 20)
    ]
    report = json.loads((folder / "r.json").read_text())
    assert report["summary"]["outcomes"] == {"built": 28, "internal": 1, "refused": 1}
    fault = report["specs"][11]
    assert fault["outcome"] == "internal" and "fell over" in fault["problem"]
    assert "30 specs: 28 built, 1 refused, 1 not built because" in out


def test_a_worker_that_dies_takes_nothing_else_with_it() -> None:
    def work(number: int) -> tuple[int, str]:
        if number == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        if number == 9:
            os._exit(3)
        return number, "done"

    def lost(number: int, reason: str) -> tuple[int, str]:
        return number, reason

    found = list(each(work, range(40), 3, lost))
    assert [number for number, _ in found] == list(range(40))
    assert {n: said for n, said in found if said != "done"} == {
        5: "its process was ended by SIGKILL",
        9: "its process has ended with status 3",
    }


def test_workers_leave_when_nobody_wants_more() -> None:
    results = each(lambda n: os.getpid(), range(1000), 2, lambda n, reason: -1)
    workers = {next(results) for _ in range(10)}
    assert os.getpid() not in workers and -1 not in workers
    results.close()
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


class Terminal(io.StringIO):
    """A text that is written on a terminal."""

    def isatty(self) -> bool:
        return True


def test_whoever_watches_is_told_how_long_it_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Two seconds go by whenever somebody looks at the clock.
    clock = itertools.count(0, 2)
    monkeypatch.setattr("time.time", lambda: float(next(clock)))
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Progress(8, True) as progress:
        for number in range(4):
            with progress.past(f"spec-{number}", Report()):
                pass
    assert "4/8" in terminal.getvalue()
    assert re.search(r"\d\d:\d\d:\d\d", terminal.getvalue())


def test_a_terminal_shows_how_far_it_is(tmp_path: Path) -> None:
    write_all(tmp_path / "in", 8)
    shown = _on_a_terminal(["build", "in"], tmp_path)
    assert "8/8" in shown
    assert "spec-005 (1 errors, 2 warnings)" in shown
    # What is printed stands in lines of its own, not behind the bar.
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert "\r\x1b[2Kin/part0/spec-003.json:" in plain
    assert "\r\x1b[2Kspec-004: " in plain


def _on_a_terminal(arguments: Sequence[str], cwd: Path) -> str:
    """What a run prints to a terminal."""
    terminal, side = pty.openpty()
    with subprocess.Popen(
        command(*arguments), cwd=cwd, env=environment(""), stdout=side, stderr=side
    ) as process:
        os.close(side)
        shown = b""
        # Linux says with an error that nobody writes any more.
        with suppress(OSError):
            while part := os.read(terminal, 65536):
                shown += part
    os.close(terminal)
    assert process.returncode == 1
    return shown.decode()


def test_a_pipe_gets_no_bar(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        (folder / f"specs/s{number}.yaml").write_text("fine")
    assert run(["build", "specs"]) == 0
    out, err = capfd.readouterr()
    assert err == "" and out.count("\n") == 4 and "\r" not in out


def test_what_a_folder_stands_for(tmp_path: Path) -> None:
    for path, text in {
        "b.yaml": "naftiko: 1",
        "a/z.yml": "ikanos: 1",
        "a/b/c.json": '{"naftiko": "1.0.0-alpha2"}',
        "a/broken.yaml": "a: [",
        "a/foreign.yaml": "kind: Deployment",
        "a/package.json": '{"name": "x"}',
        "a/b.overlay.yaml": "naftiko: 1",
        "a/more.yaml": "overlay: 1.0.0",
        "openapi.yml": "openapi: 3.1.0",
        "shared/part.yaml": "naftiko: 1\nconsumes: []",
        ".hidden/x.yaml": "naftiko: 1",
        ".x.yaml": "naftiko: 1",
        "made/naftiko-gen.lock": "{}",
        "made/capability.yaml": "naftiko: 1",
        "made/deeper/x.yaml": "naftiko: 1",
        "notes.txt": "naftiko: 1",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "again").symlink_to(tmp_path / "a")
    found = ["a/b/c.json", "a/broken.yaml", "a/foreign.yaml", "a/z.yml", "b.yaml"]
    assert below(str(tmp_path)) == [str(tmp_path / path) for path in found]
    assert expand(f"{tmp_path}/a/*.y*ml") == [
        str(tmp_path / path) for path in found[1:4]
    ]
    # A file that is named is meant, and so is a package that is.
    assert expand(f"{tmp_path}/notes.txt") == [f"{tmp_path}/notes.txt"]
    assert len(expand(f"{tmp_path}/made")) == 2
    assert unique(["a/b", "./a/b", "c", "a//b"]) == ["a/b", "c"]


def test_odd_names_of_files_end_no_run(tmp_path: Path) -> None:
    """Bytes that are no text, line feeds, names too long for a folder; links, pipes."""
    (tmp_path / "in").mkdir()
    text = json.dumps(document(2))
    for name in (b"\xff\xfe.yaml", b"a\nb.yaml", b"x<y>.yaml", b"l" * 240 + b".yaml"):
        with open(os.path.join(os.fsencode(tmp_path / "in"), name), "w") as stream:
            stream.write(text)
    (tmp_path / "in/dangling.yaml").symlink_to("nowhere")
    os.mkfifo(tmp_path / "in/pipe.yaml")
    done = program("build", "in", "-o", "out", "--report", "r.html", cwd=tmp_path)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert sorted(os.listdir(tmp_path / "out")) == ["a-b", "x-y"]
    assert "in/\\udcff\\udcfe.yaml:1:1: error[E001]: the path" in done.stderr
    assert "File name too long; nothing was changed" in done.stderr
    assert "4 specs: 2 built, 2 refused" in done.stdout


def test_packages_of_one_name_are_told_apart_by_their_folders() -> None:
    specs = ["x/pets.yaml", "y/pets.yaml", "y/cats.yaml", "z/q/a.yml", "w/q/a.yml"]
    assert distinct(specs) == {
        "x/pets.yaml": "x-pets",
        "y/pets.yaml": "y-pets",
        "y/cats.yaml": "cats",
        "z/q/a.yml": "z-q-a",
        "w/q/a.yml": "w-q-a",
    }
    assert distinct(specs[::-1]) == distinct(specs)
    assert distinct(["pets.yaml"], ["pets"])["pets.yaml"].startswith("pets-")
    # Neither folders nor a name: a digest of the path.
    for same in (["a.yaml", "a.yml"], ["A/b.json", "a/b.json"], ["日.yaml", "本.yaml"]):
        names = distinct(same)
        assert len(set(names.values())) == 2 and names == distinct(same[::-1])
        assert all(re.fullmatch(r"[a-z]+-[0-9a-f]{8}", n) for n in names.values())
    # Those that got longer names do not take those of others.
    tricky = ["x-pets.yaml", "x/pets.yaml", "y/pets.yaml"]
    assert len(set(distinct(tricky).values())) == 3


def test_other_names_are_reported(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for part in ("x", "y"):
        (folder / "specs" / part).mkdir()
        (folder / f"specs/{part}/pets.yaml").write_text("fine")
    assert run(["build", "specs"]) == 0
    assert sorted(os.listdir("generated")) == ["x-pets", "y-pets"]
    assert capfd.readouterr().err.splitlines() == [
        f"note: specs/{part}/pets.yaml is built as {part}-pets:"
        " the name pets is that of another spec, too"
        for part in ("x", "y")
    ]


def test_what_is_remembered_depends_on_all_that_it_is_made_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAFTIKO_GEN_CACHE_DIR", str(tmp_path / "cache"))
    spec = tmp_path / "a.json"
    spec.write_text(json.dumps(document(3)))
    job, report = Job(str(spec), "a"), Report()
    assert build(job, report, Stages()) is not None
    found = remembered.Found(report, False, {"operations": 1})
    remembered.keep(job, found)
    again = remembered.find(job)
    assert again is not None and dict(again.counts) == {"operations": 1}
    assert again.report.diagnostics == report.diagnostics
    assert remembered.find(Job(str(spec), "b")) is None
    monkeypatch.setattr(shipped, "digest", lambda: "another text of a template")
    assert remembered.find(job) is None
    monkeypatch.undo()
    monkeypatch.setenv("NAFTIKO_GEN_CACHE_DIR", str(tmp_path / "cache"))
    assert remembered.find(job) is not None
    (tmp_path / "a.overlay.yaml").write_text("overlay: 1.0.0")
    assert remembered.find(job) is None
    (tmp_path / "a.overlay.yaml").unlink()
    spec.write_text(json.dumps(document(4)))
    assert remembered.find(job) is None
    for entry in (tmp_path / "cache/findings").rglob("*"):
        if entry.is_file():
            entry.write_bytes(b'{"of": []}')
    assert remembered.find(job) is None
    # What may depend on a file that is not there is not remembered.
    report.outside.add("beside.txt")
    remembered.keep(job, found)
    assert remembered.find(job) is None


def test_a_missing_import_is_looked_for_in_every_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NAFTIKO_GEN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    whole = document(8)
    (block,) = whole["capability"]["consumes"]
    space = block["namespace"]
    whole["capability"]["consumes"] = [{"import": space, "location": "shared.json"}]
    binds = whole["binds"]
    Path("a.json").write_text(json.dumps(whole))
    assert run(["build", "a.json"]) == run(["build", "a.json"]) == 1
    assert capfd.readouterr().err.count("E280") == 2
    shared = {"naftiko": "1.0.0-alpha2", "binds": binds, "consumes": [block]}
    Path("shared.json").write_text(json.dumps(shared))
    assert run(["build", "a.json"]) == 0


def test_a_new_formatter_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAFTIKO_GEN_CACHE_DIR", str(tmp_path))
    asked: list[str] = []
    content = f"{'a' * 90} = 1\n".encode()

    def answer(given: bytes, place: str) -> bytes:
        asked.append(place)
        return given

    monkeypatch.setattr(verify, "_format", answer)
    for version in ("black/black-1", "black/black-1", "black/black-2"):
        monkeypatch.setattr(verify, "_store", lambda version=version: version)
        assert verify.shaped({"a.py": content}, {"a.py": "a.py.jinja"}) == {
            "a.py": content
        }
    assert len(asked) == 2


def test_nothing_remains_of_a_package_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    locked = lock.Lock("1", "d", {}, {}, {"a/b": lock.sha256(b"x")})
    folder = tmp_path / "deep" / "p"
    todo = tree.compare(folder, {"a/b": b"x"}, locked)
    monkeypatch.setattr(os, "rename", interrupt)
    with pytest.raises(KeyboardInterrupt):
        tree.apply(folder, {"a/b": b"x"}, locked, todo)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    tree.apply(folder, {"a/b": b"x"}, locked, todo)
    assert content(folder).keys() == {"a/b", lock.NAME}


@pytest.mark.parametrize("kind", ["sound", "faulty", "skipping"])
def test_a_build_takes_no_longer_for_an_operation_among_many(
    tmp_path: Path, kind: str
) -> None:
    """Counted in calls of Python functions, so that a busy machine does not matter."""
    calls = {}
    for operations in (10, 80):
        made = document(1, operations)
        if kind != "sound":
            for resource in made["capability"]["exposes"][0]["resources"]:
                resource["operations"][0]["call"] += "x"
        spec = tmp_path / f"s{operations}.json"
        spec.write_text(json.dumps(made))
        job = Job(str(spec), "s", options=Options(skip_invalid=kind == "skipping"))
        report = Report()
        assert (build(job, report, Stages()) is None) is (kind == "faulty")
        assert (len(report.diagnostics) >= operations) is (kind != "sound")
        calls[operations] = _calls(job) / operations
    assert calls[80] < 1.2 * calls[10]


def _calls(job: Job) -> int:
    number = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal number
        number += event == "call"

    sys.setprofile(count)
    try:
        build(job, Report(), Stages())
    finally:
        sys.setprofile(None)
    return number
