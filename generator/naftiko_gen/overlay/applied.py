"""The record of what was laid over a spec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["profile", "sidecar", "overlay"]


@dataclass(frozen=True, slots=True)
class Applied:
    """One action that changed the document.

    ``file`` is the path of the overlay as the user would write it, or the file name of
    the provider profile. ``description`` is one sentence for people.
    """

    kind: Kind
    file: str
    description: str
