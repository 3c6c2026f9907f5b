"""The keys that calls are signed with: one, or a pool of numbered ones, from the environment.

With one key its variables have their own names; with several, each name ends with the
number of the key: `_1`, `_2` and so on.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from .environment import Environment, Form, Secret
from .workers import SHARE

STATE_DIR: Final = "SIGNING_STATE_DIR"
LEASE_URL: Final = "SIGNING_LEASE_URL"
MOST: Final = 256
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class Key:
    """The credentials of one key, by the names that their variables have without a number.

    `name` is the variable that says which key it is, with the number.
    """

    name: str
    secrets: Mapping[str, Secret | None]

    def secret(self, variable: str) -> Secret:
        """A credential that every key has."""
        return self.secrets[variable] or Secret("")

    def optional(self, variable: str) -> Secret | None:
        """A credential that some keys have."""
        return self.secrets[variable]

    def fingerprint(self, base_uri: str) -> str:
        """What stands for this key of this provider where no credential may stand."""
        identity = next(iter(self.secrets.values())) or Secret("")
        text = f"{urlsplit(base_uri).netloc}\n{identity.reveal()}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Sharing:
    """Where nonces are kept besides in this process; at most one of the two is set.

    `state_dir` is a folder of this machine, "" for none; `lease_url` a Redis server.
    """

    state_dir: str
    lease_url: Secret | None

    def covers(self, keys: Sequence[Key], workers: int) -> bool:
        """Whether no two workers would count the nonces of a key, each for itself."""
        return len(keys) >= workers or self.lease_url is not None


def read_keys(
    environment: Environment,
    required: Mapping[str, Form],
    optional: Mapping[str, Form],
) -> tuple[Key, ...]:
    """The keys, of which a worker gets those that are its own where there are enough.

    The first of `required` says which key it is. Notes gaps, keys that come twice, and
    plain variables beside numbered ones.
    """
    suffixes = _suffixes(environment, required, optional)
    keys = []
    for suffix in suffixes:
        secrets: dict[str, Secret | None] = {}
        for variable, form in required.items():
            secrets[variable] = environment.secret(f"{variable}{suffix}", form)
        for variable, form in optional.items():
            name = f"{variable}{suffix}"
            secrets[variable] = environment.optional_secret(name, form)
        keys.append(Key(f"{next(iter(required))}{suffix}", secrets))
    _refuse_twins(environment, keys)
    number, _, workers = environment.own.get(SHARE, "1/1").partition("/")
    if len(keys) < int(workers):
        return tuple(keys)
    return tuple(keys[int(number) - 1 :: int(workers)])


def read_sharing(environment: Environment, tiers: Sequence[str] = ()) -> Sharing:
    """Where nonces are kept; `tiers` are variables that make a process count calls."""
    url = environment.optional_secret(LEASE_URL)
    state_dir = environment.text(STATE_DIR, "")
    if url is not None:
        if problem := _url_problem(url.reveal()):
            environment.note(f"{LEASE_URL} {problem}")
        elif importlib.util.find_spec("redis") is None:
            environment.note(f"{LEASE_URL} needs the extra `redis` of this package")
        if state_dir:
            environment.note(f"{LEASE_URL} and {STATE_DIR} exclude one another")
        for tier in tiers:
            if environment.own.get(tier, "").strip():
                environment.note(
                    f"{tier} counts the calls of one process, and {LEASE_URL} shares "
                    "keys among several: unset one of them"
                )
    return Sharing(state_dir, url)


def _suffixes(
    environment: Environment,
    required: Mapping[str, Form],
    optional: Mapping[str, Form],
) -> tuple[str, ...]:
    """What the names of the variables of each key end with."""
    found: dict[str, set[int]] = {name: set() for name in (*required, *optional)}
    for name, value in environment.own.items():
        variable, _, number = name.rpartition("_")
        if variable not in found or not number.isdecimal() or not value.strip():
            continue
        if _NUMBER.fullmatch(number) and int(number) <= MOST:
            found[variable].add(int(number))
        else:
            environment.note(f"{name}: keys are numbered from 1 to {MOST}")
    last = max((max(numbers, default=0) for numbers in found.values()), default=0)
    if not last:
        return ("",)
    for variable in found:
        if environment.own.get(variable, "").strip():
            environment.note(
                f"{variable} is set beside numbered keys: number all of them, or none"
            )
    # What is not set is noted by whoever reads it.
    return tuple(f"_{number}" for number in range(1, last + 1))


def _refuse_twins(environment: Environment, keys: Sequence[Key]) -> None:
    first: dict[str, str] = {}
    for key in keys:
        print_ = key.fingerprint("")
        identity = next(iter(key.secrets.values())) or Secret("")
        if identity.reveal() and first.setdefault(print_, key.name) != key.name:
            environment.note(f"{key.name} is the same key as {first[print_]}")


def _url_problem(text: str) -> str:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  # reading it is what checks it
    except ValueError:
        return "is not a valid URL"
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        return "must be a URL that starts with redis:// or rediss://"
    return ""
