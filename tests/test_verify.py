"""The last look: syntax, black's shape, nothing of this machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from fake_package import forget, use_templates
from naftiko_gen import verify as module
from naftiko_gen.errors import InternalError
from naftiko_gen.verify import check, shaped, unstable

ORIGINS = {"a.py": "a.py.jinja"}
#: Black leaves a line of it that is too long, so that the shape stays in doubt.
LONG = f"{'a' * 50}=(  {'b' * 100}.c)\n".encode()


def verify(
    files: Mapping[str, bytes], origins: Mapping[str, str], known: Iterable[bytes] = ()
) -> dict[str, bytes]:
    """Both looks, as a build takes them."""
    check(files, origins, known)
    return shaped(files, origins)


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("NAFTIKO_GEN_CACHE_DIR", str(tmp_path / "cache"))
    use_templates(monkeypatch, tmp_path / "templates", {"a.py.jinja": "{{ x }}\n"})
    yield
    forget()


def test_black_has_the_last_word_on_generated_python_only() -> None:
    text = b"x = call(" + b"a" * 40 + b", " + b"b" * 40 + b")\n"
    files = {"a.py": text, "b.py": text, "c.md": b"x  y"}
    out = verify(files, ORIGINS)
    split = b"x = call(\n    " + b"a" * 40 + b", " + b"b" * 40 + b"\n)\n"
    assert out == {**files, "a.py": split}
    assert unstable(files) == ["a.py", "b.py"]
    assert unstable(out) == ["b.py"]


def test_confirmed_files_are_not_shown_to_black_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = verify({"a.py": LONG}, ORIGINS)
    assert out != {"a.py": LONG} and verify(out, ORIGINS) == out

    def fail(content: bytes, place: str) -> bytes:
        raise AssertionError(f"black was asked about {place}")

    monkeypatch.setattr(module, "_format", fail)
    assert verify(out, ORIGINS) == out
    with pytest.raises(AssertionError):
        verify({"a.py": LONG}, ORIGINS)
    monkeypatch.setenv("NAFTIKO_GEN_CACHE_DIR", "")
    with pytest.raises(AssertionError):
        verify(out, ORIGINS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"x = (\n", "does not compile"),
        (b"x = '\\d'\n", "does not compile"),
        (b"x = '\0'\n", "does not compile"),
        (b"x = 1\r\n", "carriage return"),
        (b"x = 1", "newline"),
        (b"# \xff\n", "not UTF-8"),
    ],
)
def test_faulty_files_name_their_template(content: bytes, message: str) -> None:
    with pytest.raises(InternalError, match=rf"a\.py \(from a\.py\.jinja\).*{message}"):
        verify({"a.py": content}, ORIGINS)


def test_paths_of_this_machine_are_refused_unless_the_input_has_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    content = f'X = "{tmp_path}/secret"\n'.encode()
    with pytest.raises(InternalError, match="path of this machine"):
        verify({"a.py": content}, ORIGINS)
    assert verify({"a.py": content}, ORIGINS, (content,)) == {"a.py": content}
    monkeypatch.chdir("/")
    assert verify({"a.py": b'X = "/tmp"\n'}, ORIGINS) == {"a.py": b'X = "/tmp"\n'}
