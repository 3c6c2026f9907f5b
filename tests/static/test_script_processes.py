"""Scripts in processes of their own: results, failures, limits, and what they cannot see."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any, Literal

import pytest

from static import scripts
from static.errors import CallError

STATIC = Path(scripts.__file__).parent


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package's folder with the workers, and scripts of the test's own."""
    for language in ("python", "javascript"):
        shutil.copy(STATIC / f"script_{language}.py", tmp_path)
    (tmp_path / "scripts").mkdir()
    monkeypatch.setattr(scripts, "_FOLDER", tmp_path)
    monkeypatch.setattr(scripts, "_RUNNING", asyncio.Semaphore(2))
    return tmp_path


def run(
    folder: Path,
    text: str,
    context: Any = None,
    language: Literal["python", "javascript"] = "python",
    *,
    before: tuple[str, ...] = (),
    seconds: float = 10,
    statements: int = 100_000,
) -> Any:
    names = []
    for index, content in enumerate((*before, text)):
        names.append(f"part{index}.src")
        (folder / "scripts" / f"part{index}.src.txt").write_text(content, "utf-8")
    return asyncio.run(
        scripts.script(
            "rank",
            language,
            names,
            context or {},
            seconds=seconds,
            statements=statements,
        )
    )


def failure(*arguments: Any, **options: Any) -> str:
    with pytest.raises(CallError) as caught:
        run(*arguments, **options)
    assert (caught.value.status, caught.value.code) == (400, "script_failed")
    assert caught.value.step == "rank"
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("result = context['a'] + 1", 3),
        ("result = True", True),
        ("result = 2.5", 2.5),
        ("result = 2**70", float(2**70)),
        ("result = ('a', [None, {'b': 1}])", ["a", [None, {"b": 1}]]),
        ("result = {'é': 'ü'}", {"é": "ü"}),
        ("print('not the answer')\nresult = 'x'", "x"),
        ("import sys; sys.stdout.write('{}')\nresult = 1", 1),
        ("result = None", None),
        ("other = 1", None),
        ("result = sorted(context)", ["a"]),
    ],
)
def test_results_of_python(folder: Path, text: str, result: object) -> None:
    assert run(folder, text, {"a": 2, "absent": None}) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("var result = context.a + 1", 3),
        ("let result = [1.5, 'x', null, {b: true}]", [1.5, "x", None, {"b": True}]),
        ("result = undefined", None),
        ("var result = null", None),
        ("var result = context.rows.map(r => r.id)", [1, 2]),
        ("const other = 1", None),
        ("var result = typeof require + typeof process + typeof std", "undefined" * 3),
    ],
)
def test_results_of_javascript(folder: Path, text: str, result: object) -> None:
    context = {"a": 2, "rows": [{"id": 1}, {"id": 2}]}
    assert run(folder, text, context, "javascript") == result


def test_a_process_that_answers_nonsense_gave_no_result() -> None:
    for output in (b"", b"{", b"[]", b"[" * 100_000):
        assert scripts._answer(output) is None


def test_dependencies_share_the_scope_in_order(folder: Path) -> None:
    first, second = "def double(x): return 2 * x\nn = 1", "n = double(n + 1)"
    assert run(folder, "result = double(n)", before=(first, second)) == 8
    first, second = (
        "function double(x) { return 2 * x }; let n = 1",
        "n = double(n + 1)",
    )
    found = run(
        folder, "let result = double(n)", None, "javascript", before=(first, second)
    )
    assert found == 8


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a = 1\nraise ValueError('no rank')",
            "ValueError: no rank (part0.src, line 2)",
        ),
        ("result = {1}", "TypeError: the result holds a set, which is no JSON value"),
        ("result = {1: 2}", "TypeError: the result has a key of type int, not a text"),
        ("result = float('nan')", "ValueError: the result holds nan"),
        ("result = []\nresult.append(result)", "ValueError: the result is nested more"),
        ("import sys\nsys.exit(3)", "SystemExit: 3 (part0.src, line 2)"),
        ("import os\nos._exit(0)", "its process ended without a result"),
        ("context['nothing']", "KeyError: 'nothing' (part0.src, line 1)"),
    ],
)
def test_failures_of_python(folder: Path, text: str, message: str) -> None:
    assert failure(folder, text).startswith(f"Script step 'rank' failed: {message}")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files need POSIX")
def test_a_script_cannot_fill_the_disk(folder: Path) -> None:
    target = folder / "made"
    text = f"with open({str(target)!r}, 'w') as file:\n    file.write('x' * 100000)"
    assert "OSError" in failure(folder, text)
    assert target.stat().st_size == 0


def test_failures_of_javascript(folder: Path) -> None:
    found = failure(folder, "\nthrow new Error('no rank')", None, "javascript")
    assert found == "Script step 'rank' failed: Error: no rank (part0.src, line 2)"
    found = failure(folder, "let a = {}; a.a = a; result = a", None, "javascript")
    assert "circular" in found


def test_statements_are_counted(folder: Path) -> None:
    text = "while True:\n    try:\n        x = 1\n    except Exception:\n        pass"
    assert failure(folder, text, statements=500) == (
        "Script step 'rank' exceeded the statement limit (500)"
    )
    text = "n = 0\nfor i in range(100):\n    n += i\nresult = n"
    assert run(folder, text, statements=500) == 4950


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "sum(iter(int, 1))"),
        ("python", "import time\ntime.sleep(60)"),
        ("javascript", "while (true) {}"),
        ("javascript", "/(a+)+b/.test('a'.repeat(60))"),
    ],
)
def test_a_script_that_never_ends_is_stopped(
    folder: Path,
    language: Literal["python", "javascript"],
    text: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scripts, "_START", 0.5)
    begun = time.monotonic()
    found = failure(folder, text, None, language, seconds=0.3)
    assert found == "Script step 'rank' exceeded the timeout limit (300 ms)"
    assert time.monotonic() - begun < 10


def test_the_server_goes_on_while_a_script_loops(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts, "_START", 0.2)
    (folder / "scripts" / "loop.py.txt").write_text("while True: pass", "utf-8")

    async def both() -> int:
        call = asyncio.ensure_future(
            scripts.script(
                "loop", "python", ["loop.py"], {}, seconds=0.3, statements=10**12
            )
        )
        turns = 0
        while not call.done():
            turns += 1
            await asyncio.sleep(0.01)
        assert isinstance(call.exception(), CallError)
        return turns

    assert asyncio.run(both()) > 10


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "result = 'x' * (2**40)"),
        ("python", "a = []\nwhile True: a.append(bytearray(10**7))"),
        ("javascript", "let a = []; while (true) a.push(new Array(10000).fill('x'))"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory need POSIX")
def test_memory_is_limited(
    folder: Path, language: Literal["python", "javascript"], text: str
) -> None:
    assert failure(folder, text, None, language) == (
        "Script step 'rank' exceeded the memory limit"
    )


def test_a_huge_result(folder: Path) -> None:
    assert failure(folder, "result = 'x' * (20 * 1024 * 1024)") == (
        "Script step 'rank' gave a result of more than 16 MiB"
    )
    assert len(run(folder, "result = 'x' * 1000000")) == 1_000_000


def test_a_large_context(folder: Path) -> None:
    rows = [{"id": number} for number in range(50_000)]
    assert run(folder, "result = len(context['rows'])", {"rows": rows}) == 50_000


def test_secrets_are_not_in_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIPS_TOKEN", "s3cret")
    text = "import os, json\nresult = json.dumps(dict(os.environ))"
    assert "s3cret" not in json.dumps(run(folder, text))
