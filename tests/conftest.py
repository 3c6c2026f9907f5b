"""Options and shared fixtures of all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from emitted import Tree, write_all

# The expected trees hold tests of packages that are not complete there.
collect_ignore = ["golden"]

# How long it takes to make up an example says more about the machine than about a test.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Rewrite tests/golden/*/expected; read the diff before committing it.",
    )
    parser.addoption(
        "--update-picture",
        action="store_true",
        help="Take the picture of /docs that the README shows again.",
    )
    parser.addoption(
        "--fuzz-documents",
        type=int,
        metavar="N",
        help="How many documents to make up, other ones each time; 2,000, always the same, unless told.",
    )


@pytest.fixture(scope="session", autouse=True)
def _no_cache_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the generator remembers between runs stays inside this run."""
    before = os.environ.get("NAFTIKO_GEN_CACHE_DIR")
    os.environ["NAFTIKO_GEN_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["NAFTIKO_GEN_CACHE_DIR"]
    else:
        os.environ["NAFTIKO_GEN_CACHE_DIR"] = before


@pytest.fixture(scope="session")
def emitted_tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The package of every golden case, and the Kraken one, as folders beside each other."""
    return write_all(tmp_path_factory.mktemp("emitted"))
