"""Secrets, blotted out of texts that are kept or shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from typing import Final
from urllib.parse import quote

from .environment import Secret

MARK: Final = "***"


def secrets_of(settings: object) -> list[str]:
    """The secrets among the fields of a dataclass, the longest first."""
    if not is_dataclass(settings):
        return []
    values = (getattr(settings, field.name) for field in fields(settings))
    found = {value.reveal() for value in values if isinstance(value, Secret)}
    return sorted(found - {""}, key=len, reverse=True)


def in_urls(secrets: Iterable[str]) -> list[str]:
    """How these texts stand in a URL (RFC 3986, section 2.1)."""
    return [quote(secret, safe="") for secret in secrets]


def hidden(text: str, secrets: Sequence[str]) -> str:
    """The text with a mark in the place of each secret."""
    for secret in secrets:
        text = text.replace(secret, MARK)
    return text
