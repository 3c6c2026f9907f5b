"""Environment: typed settings, all problems at once, and no value ever shown."""

import copy
import pickle

import pytest

from static.environment import Environment, Secret, SettingsError


def problems(environment: Environment) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        environment.finish()
    return caught.value.problems


def test_a_secret_is_shown_by_reveal_only() -> None:
    secret = Secret("hunter2")
    assert secret.reveal() == "hunter2"
    for shown in (
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret!r}",
        repr([secret]),
    ):
        assert "hunter2" not in shown
    assert repr(secret) == "Secret(...)"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.copy(secret)


def test_every_type_is_read() -> None:
    environment = Environment(
        {
            "TEXT": " a ",
            "EMPTY": "  ",
            "NUMBER": "1.5",
            "INTEGER": "-3",
            "CHOICE": "PRO",
            "FLAG": "Yes",
            "URL": "https://api.example.com/v1/",
            "WORDS": "a, b,,c",
            "SECRET": "c2VjcmV0\n",
        }
    )
    assert environment.text("TEXT", "x") == "a"
    assert environment.text("EMPTY", "x") == "x"
    assert environment.number("NUMBER", 0) == 1.5
    assert environment.number("ABSENT", 2.5) == 2.5
    assert environment.integer("INTEGER", 0) == -3
    assert environment.choice("CHOICE", ("starter", "pro")) == "pro"
    assert environment.choice("ABSENT", ("starter", "pro")) is None
    assert environment.flag("FLAG", False) is True
    assert environment.flag("ABSENT", True) is True
    assert environment.url("URL", "") == "https://api.example.com/v1"
    assert environment.url("ABSENT", "http://h/") == "http://h"
    assert environment.words("WORDS", ()) == ("a", "b", "c")
    assert environment.words("ABSENT", ("d",)) == ("d",)
    assert environment.secret("SECRET", "base64").reveal() == "c2VjcmV0"
    assert environment.optional_secret("ABSENT") is None
    environment.finish()


def test_all_problems_are_told_at_once_in_reading_order() -> None:
    environment = Environment(
        {"N": "ten", "I": "99", "C": "gold", "F": "maybe", "S": "not*base64"}
    )
    environment.secret("MISSING")
    environment.number("N", 1)
    environment.integer("I", 1, minimum=0, maximum=9)
    environment.choice("C", ("starter", "pro"))
    environment.flag("F", False)
    environment.secret("S", "base64")
    assert problems(environment) == (
        "MISSING is not set",
        "N must be a number",
        "I must be a whole number, at least 0, at most 9",
        "C must be one of starter, pro",
        "F must be true or false",
        "S is not valid base64",
    )


@pytest.mark.parametrize(
    "value",
    [
        "ftp://host",
        "host",
        "http://",
        "https://user:password@host",
        "https://host/?a=b",
        "https://host/#a",
        "https://host:port",
        "https://host/a b",
        "https://[::1",
    ],
)
def test_a_base_url_that_cannot_be_used(value: str) -> None:
    environment = Environment({"BASE_URI": value})
    environment.url("BASE_URI", "https://default")
    (problem,) = problems(environment)
    assert problem.startswith("BASE_URI ")
    assert "password" not in problem


@pytest.mark.parametrize("value", ["s3cr\net", "s3cr\x00et", "s3crét"])
def test_a_secret_that_no_header_can_carry(value: str) -> None:
    environment = Environment({"KEY": value})
    environment.secret("KEY")
    (problem,) = problems(environment)
    assert problem.startswith("KEY ")
    assert "s3cr" not in problem


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_number_is_finite(value: str) -> None:
    environment = Environment({"N": value})
    assert environment.number("N", 1.0) == 1.0
    assert problems(environment) == ("N must be a number",)
