"""One key or several in the environment, and every way to get that wrong."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from static.environment import Environment, Form, Secret, SettingsError
from static.numbered_keys import Key, read_keys, read_sharing
from static.workers import SHARE

REQUIRED: Mapping[str, Form] = {"KEY": "none", "SECRET": "base64"}
OPTIONAL: Mapping[str, Form] = {"OTP": "none"}
BASE = "https://api.example"


def read(**values: str) -> tuple[Key, ...]:
    environment = Environment(values)
    keys = read_keys(environment, REQUIRED, OPTIONAL)
    environment.finish()
    return keys


def pool(count: int, **more: str) -> tuple[Key, ...]:
    numbered = {f"KEY_{n}": f"k{n}" for n in range(1, count + 1)}
    numbered |= {f"SECRET_{n}": "YWJj" for n in range(1, count + 1)}
    return read(**numbered, **more)


def problems(**values: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read(**values)
    return list(caught.value.problems)


def test_one_key_has_plain_names() -> None:
    (key,) = read(KEY="k", SECRET="YWJj", KEY_1=" ")
    assert key.name == "KEY"
    assert key.secret("SECRET").reveal() == "YWJj"
    assert key.optional("OTP") is None
    assert "YWJj" not in repr(key)


def test_several_keys_have_numbers() -> None:
    keys = pool(3, OTP_2="123")
    assert [key.name for key in keys] == ["KEY_1", "KEY_2", "KEY_3"]
    otps = [key.optional("OTP") for key in keys]
    assert [otp and otp.reveal() for otp in otps] == [None, "123", None]


def test_what_is_missing_is_named() -> None:
    assert problems() == ["KEY is not set", "SECRET is not set"]
    found = problems(KEY_1="a", SECRET_1="YWJj", KEY_3="c", SECRET_3="YWJj", OTP_3="1")
    assert found == ["KEY_2 is not set", "SECRET_2 is not set"]
    assert problems(KEY_1="a", KEY_2="b", SECRET_1="YWJj") == ["SECRET_2 is not set"]
    assert problems(KEY_1="a", SECRET_1="no base64") == [
        "SECRET_1 is not valid base64",
    ]


def test_plain_and_numbered_names_exclude_one_another() -> None:
    found = problems(KEY="a", SECRET="YWJj", KEY_1="b", SECRET_1="YWJj")
    assert found == [
        f"{name} is set beside numbered keys: number all of them, or none"
        for name in ("KEY", "SECRET")
    ]
    assert problems(KEY_1="b", SECRET_1="YWJj", OTP="1")[0].startswith("OTP is set")


@pytest.mark.parametrize("number", ["0", "01", "257", "20240101", "²"])
def test_numbers_that_are_none(number: str) -> None:
    name = f"KEY_{number}"
    if number == "²":
        # No digit of a number: a variable of somebody else.
        assert read(KEY="a", SECRET="YWJj", **{name: "b"})
        return
    found = problems(KEY="a", SECRET="YWJj", **{name: "b"})
    assert found == [f"{name}: keys are numbered from 1 to 256"]


def test_a_key_that_comes_twice() -> None:
    found = problems(KEY_1="same", SECRET_1="YWJj", KEY_2="same", SECRET_2="eHl6")
    assert found == ["KEY_2 is the same key as KEY_1"]


@given(keys=st.integers(1, 12), workers=st.integers(1, 12))
def test_workers_share_keys_out_or_have_all(keys: int, workers: int) -> None:
    parts = [
        pool(keys, **{SHARE: f"{number}/{workers}"}) for number in range(1, workers + 1)
    ]
    names = [key.name for part in parts for key in part]
    assert all(parts)
    if keys >= workers:
        assert sorted(names) == sorted(key.name for key in pool(keys))
    else:
        assert len(names) == keys * workers


def test_a_fingerprint_tells_key_and_provider_apart() -> None:
    one, two = pool(2)
    prints = {one.fingerprint(BASE), two.fingerprint(BASE), one.fingerprint("http://x")}
    assert len(prints) == 3
    assert one.fingerprint(BASE) == pool(1)[0].fingerprint(BASE + "/v2")
    assert "k1" not in one.fingerprint(BASE)


def sharing_problems(**values: str) -> list[str]:
    environment = Environment(values)
    read_sharing(environment, ("TIER",))
    with pytest.raises(SettingsError) as caught:
        environment.finish()
    return list(caught.value.problems)


def test_where_nonces_are_kept() -> None:
    environment = Environment({"SIGNING_LEASE_URL": "rediss://:pw@db.example:6380/1"})
    sharing = read_sharing(environment, ("TIER",))
    environment.finish()
    assert isinstance(sharing.lease_url, Secret)
    assert "pw" not in repr(sharing)
    assert sharing.covers((), 9)
    alone = read_sharing(Environment({"SIGNING_STATE_DIR": "/var/lib/x"}))
    assert (alone.state_dir, alone.lease_url) == ("/var/lib/x", None)
    assert alone.covers(pool(2), 2)
    assert not alone.covers(pool(2), 3)


@pytest.mark.parametrize(
    "url", ["http://:hunter2@h", "redis://", "redis://:hunter2@h:port", "hunter2"]
)
def test_an_address_that_is_none_is_not_shown(url: str) -> None:
    (problem,) = sharing_problems(SIGNING_LEASE_URL=url)
    assert problem.startswith("SIGNING_LEASE_URL ")
    assert "hunter2" not in problem


def test_what_excludes_a_lease() -> None:
    found = sharing_problems(
        SIGNING_LEASE_URL="redis://h", SIGNING_STATE_DIR="/x", TIER="pro"
    )
    assert found[0] == "SIGNING_LEASE_URL and SIGNING_STATE_DIR exclude one another"
    assert found[1].startswith("TIER counts the calls of one process")
