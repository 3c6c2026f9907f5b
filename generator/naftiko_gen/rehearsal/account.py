"""Where the digests of a call come from and where they go: what nobody used is left out."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from .recording import Step

_TOKEN = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")


@dataclass(frozen=True, slots=True)
class Form:
    """A digest as it is written: ``name`` is empty for the bytes themselves."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """One step with its number: ``key`` says whose it is, ``pieces`` are what it covers.

    A piece is a text, bytes, or the number of the step whose result stands there as it is.
    ``written`` are the forms in which the result is used, ``used`` says where.
    """

    number: int
    step: Step
    key: str
    pieces: tuple[str | bytes | int, ...]
    written: tuple[Form, ...]
    used: tuple[str, ...]


def forms(step: Step) -> Iterator[Form]:
    """The forms in which a result may be used, those of JOSE first."""
    for data in filter(None, (step.other, step.result)):
        yield Form("base64", base64.b64encode(data))
        yield Form("base64url", base64.urlsafe_b64encode(data))
        yield Form("base64url, unpadded", base64.urlsafe_b64encode(data).rstrip(b"="))
        yield Form("hex", data.hex().encode())
        yield Form("HEX", data.hex().upper().encode())
        yield Form("", data)


def account(
    steps: list[Step], places: Mapping[str, str], secrets: Mapping[str, str]
) -> list[Told]:
    """The steps that led to what stands in ``places``, numbered.

    ``places`` are the parts of the request by name, ``secrets`` the credentials by variable.
    """
    wanted = [i for i, step in enumerate(steps) if _found(step, places)] or [-1]
    kept = {i % len(steps) for i in wanted} if steps else set()
    for i in reversed(range(len(steps))):
        if any(_feeds(steps[i], steps[j]) for j in kept if j > i):
            kept.add(i)
    numbers = {i: number for number, i in enumerate(sorted(kept), 1)}
    return [_told(i, steps, numbers, places, secrets) for i in numbers]


def _told(
    index: int,
    steps: list[Step],
    numbers: Mapping[int, int],
    places: Mapping[str, str],
    secrets: Mapping[str, str],
) -> Told:
    step = steps[index]
    earlier = {number: steps[i] for i, number in numbers.items() if i < index}
    used: list[str] = []
    written: dict[str, Form] = {}
    for i, number in numbers.items():
        if i <= index:
            continue
        for what, data in (("key", steps[i].key or b""), ("input", steps[i].data)):
            if form := _form(step, data):
                written.setdefault(form.name, form)
                used.append(f"{_as(form)} in the {what} of step {number}")
    for place, form in _found(step, places).items():
        written.setdefault(form.name, form)
        used.append(f"{_as(form)} in {place}")
    return Told(
        number=numbers[index],
        step=step,
        key=_key(step.key, earlier, secrets),
        pieces=tuple(_pieces(step.data, earlier)),
        written=tuple(form for form in written.values() if form.name),
        used=tuple(used),
    )


def _as(form: Form) -> str:
    return f"as {form.name}" if form.name else "raw"


def _feeds(step: Step, other: Step) -> bool:
    return bool(_form(step, other.key or b"") or _form(step, other.data))


def _form(step: Step, data: bytes) -> Form | None:
    """The form in which the result of ``step`` is a part of ``data``."""
    return next((form for form in forms(step) if form.data in data), None)


def _found(step: Step, places: Mapping[str, str]) -> dict[str, Form]:
    """The places that hold the result of ``step``, and its form in each."""
    found = {}
    for place, text in places.items():
        for form in forms(step):
            plain = form.data.decode("ascii") if form.name else ""
            if plain and (plain in text or quote(plain, safe="") in text):
                found[place] = form
                break
            if plain and any(form.data in inner for inner in _inside(text)):
                found[f"the base64 of {place}"] = form
                break
    return found


def _inside(text: str) -> Iterator[bytes]:
    """The bytes behind everything in ``text`` that looks like base64."""
    for token in _TOKEN.findall(text):
        try:
            yield base64.b64decode(token, validate=True)
        except binascii.Error:
            continue


def _key(
    key: bytes | None, earlier: Mapping[int, Step], secrets: Mapping[str, str]
) -> str:
    """Where a key comes from, in words; empty for a step without one."""
    if key is None:
        return ""
    for variable, text in secrets.items():
        if not key and text.startswith("-----BEGIN"):
            return f"the private key in {variable}"
        for name, data in _decoded(text):
            if key == data:
                return f"{variable}{name}"
    for number, step in earlier.items():
        for form in forms(step):
            if key == form.data:
                return f"the result of step {number}, {_as(form)}"
    text = key.decode("ascii", "backslashreplace")
    # One value can be a part of another, which then is the one that is meant.
    variables: dict[str, str] = {}
    for variable, value in secrets.items():
        variables.setdefault(value, variable)
    values = sorted(variables, key=len, reverse=True)
    pattern = "|".join(map(re.escape, values)) or "(?!)"
    return re.sub(pattern, lambda found: f"{{{variables[found[0]]}}}", text)


def _decoded(text: str) -> Iterator[tuple[str, bytes]]:
    """What a secret can be the text of."""
    yield "", text.encode()
    for name, decode in (
        (", decoded from hex", bytes.fromhex),
        (", decoded from base64", lambda t: base64.b64decode(t, validate=True)),
        (", decoded from base64url", base64.urlsafe_b64decode),
    ):
        try:
            yield name, decode(text)
        except ValueError:
            continue


def _pieces(data: bytes, earlier: Mapping[int, Step]) -> Iterator[str | bytes | int]:
    """What is covered: raw digests of earlier steps by number, the rest as text or bytes."""
    for number, step in earlier.items():
        if step.result in data:
            before, _, after = data.partition(step.result)
            yield from _pieces(before, earlier)
            yield number
            yield from _pieces(after, earlier)
            return
    if data:
        try:
            yield data.decode("utf-8")
        except UnicodeDecodeError:
            yield data
