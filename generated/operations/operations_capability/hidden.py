"""Secrets, blotted out of texts that are kept or shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Final
from urllib.parse import quote

from .environment import Secret

MARK: Final = "***"


def secrets_of(settings: object) -> list[str]:
    """The secrets in the fields of a dataclass, however deep, the longest first."""
    found = {secret.reveal() for secret in _within(settings)}
    return sorted(found - {""}, key=len, reverse=True)


def _within(value: object) -> Iterator[Secret]:
    if isinstance(value, Secret):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _within(getattr(value, field.name))
    elif isinstance(value, (tuple, Mapping)):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _within(item)


def in_urls(secrets: Iterable[str]) -> list[str]:
    """How these texts stand in a URL (RFC 3986, section 2.1)."""
    return [quote(secret, safe="") for secret in secrets]


def hidden(text: str, secrets: Sequence[str]) -> str:
    """The text with a mark in the place of each secret."""
    for secret in secrets:
        text = text.replace(secret, MARK)
    return text
