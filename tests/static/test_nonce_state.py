"""Nonces that a folder remembers: over restarts, crashes and clocks that are put back."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from emitted import ROOT
from static.environment import SettingsError
from static.errors import CallError
from static.nonce_state import AHEAD, StoredNonces
from static.pacing import NonceSource


class Restarts(RuleBasedStateMachine):
    """A service that is stopped, killed and started again, on a clock that jumps."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.now = 10**15
        self.last = 0
        self.nonces: StoredNonces | None = None

    def clock(self) -> int:
        return self.now

    @rule()
    @precondition(lambda self: self.nonces is None)
    def start(self) -> None:
        self.nonces = StoredNonces(self.folder, "key", "KEY", 1000, self.clock)

    @rule(count=st.integers(1, 20))
    @precondition(lambda self: self.nonces is not None)
    def call(self, count: int) -> None:
        assert self.nonces is not None
        for _ in range(count):
            nonce = int(self.nonces.take())
            assert nonce > self.last
            self.last = nonce

    @rule(step=st.integers(-(10**13), 10**13))
    def jump(self, step: int) -> None:
        self.now += step

    @rule()
    @precondition(lambda self: self.nonces is not None)
    def stop(self) -> None:
        assert self.nonces is not None
        asyncio.run(self.nonces.close())
        self.nonces = None
        assert int(Path(self.folder, "key.nonce").read_text()) >= self.last

    @rule()
    @precondition(lambda self: self.nonces is not None)
    def crash(self) -> None:
        assert self.nonces is not None
        os.close(self.nonces._lock)
        self.nonces = None

    def teardown(self) -> None:
        if self.nonces is not None:
            self.crash()
        shutil.rmtree(self.folder)


TestRestarts = Restarts.TestCase
TestRestarts.settings = hypothesis_settings(
    max_examples=25, stateful_step_count=20, deadline=None
)


def test_a_restart_in_order_leaves_no_gap(tmp_path: Path) -> None:
    now = 10**18
    first = StoredNonces(str(tmp_path), "key", "KEY", clock=lambda: now)
    assert first.take() == str(now)
    assert int((tmp_path / "key.nonce").read_text()) == now + AHEAD
    asyncio.run(first.close())
    second = StoredNonces(str(tmp_path), "key", "KEY", clock=lambda: now - 5)
    assert second.take() == str(now + 1)
    asyncio.run(second.close())
    # Without the folder the clock decides.
    assert NonceSource(clock=lambda: now - 5).take() == str(now - 5)


def test_the_file_is_not_written_for_each_nonce(tmp_path: Path) -> None:
    now = 10**18
    nonces = StoredNonces(str(tmp_path), "key", "KEY", clock=lambda: now)
    nonces.take()
    written = (tmp_path / "key.nonce").stat().st_ino
    for _ in range(1000):
        nonces.take()
    assert (tmp_path / "key.nonce").stat().st_ino == written
    asyncio.run(nonces.close())


def test_only_its_user_can_read_it(tmp_path: Path) -> None:
    nonces = StoredNonces(str(tmp_path), "key", "KEY")
    nonces.take()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key.lock", "key.nonce"]
    for path in tmp_path.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
    asyncio.run(nonces.close())


@contextmanager
def another_process(folder: Path) -> Iterator[None]:
    code = (
        "import sys; from static.nonce_state import StoredNonces\n"
        "nonces = StoredNonces(sys.argv[1], 'key', 'KEY')\n"
        "print(nonces.take(), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "templates")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        yield
        process.kill()


def test_two_processes_are_refused(tmp_path: Path) -> None:
    with another_process(tmp_path):
        with pytest.raises(SettingsError, match="another process counts") as caught:
            StoredNonces(str(tmp_path), "key", "KRAKEN_API_KEY_1")
        assert "KRAKEN_API_KEY_1" in str(caught.value)
        other = StoredNonces(str(tmp_path), "other", "KRAKEN_API_KEY_2")
        asyncio.run(other.close())
    asyncio.run(StoredNonces(str(tmp_path), "key", "KEY").close())


@pytest.mark.parametrize("content", [b"", b"-5", b"1e9", b"\xff", b"9" * 21])
def test_a_file_that_holds_something_else(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key.nonce").write_bytes(content)
    with pytest.raises(SettingsError, match="key.nonce holds no nonce"):
        StoredNonces(str(tmp_path), "key", "KEY")


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SIGNING_STATE_DIR: cannot be used: No"):
        StoredNonces(str(tmp_path / "none"), "key", "KEY")


def test_no_nonce_is_given_that_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    nonces = StoredNonces(str(folder), "key", "KEY")
    shutil.rmtree(folder)
    with pytest.raises(CallError) as caught:
        nonces.take()
    assert (caught.value.status, caught.value.code) == (503, "nonces_unavailable")
    folder.mkdir()
    assert nonces.take()
    asyncio.run(nonces.close())
