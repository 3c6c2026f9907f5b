"""The stamps that say which version of the format a document is written for.

Up to 1.0.0-alpha2 the format was called Naftiko, since 1.0.0-alpha3 Ikanos: the key of
the stamp tells the two generations apart, and its value the version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from naftiko_gen.ir import JsonValue

NAFTIKO = ("1.0.0-alpha1", "1.0.0-alpha2")
IKANOS = (
    "1.0.0-alpha3",
    "1.0.0-alpha4",
    "1.0.0-beta1",
    "1.0.0-beta2",
    "1.0.0-beta3",
    "1.0.0-beta4",
    "1.0.0-beta5",
)
#: Every version that is read, and the key that it is written under.
KEYS = {
    **dict.fromkeys(NAFTIKO, "naftiko"),
    **dict.fromkeys(IKANOS, "ikanos"),
}


def hint_for(value: JsonValue, key: str) -> str:
    """What to write instead of ``key: value``, which no version has."""
    # Imported here, because the command line only needs the names.
    from naftiko_gen.diagnostics import closest

    own = NAFTIKO if key == "naftiko" else IKANOS
    meant = None
    if isinstance(value, str):
        meant = value if value in KEYS else closest(value, own) or closest(value, KEYS)
    if meant is not None:
        return f"did you mean `{KEYS[meant]}: {meant}`?"
    return (
        f"supported: `naftiko: {NAFTIKO[0]}`, `naftiko: {NAFTIKO[-1]}`, and"
        f" `ikanos: {IKANOS[0]}` to `ikanos: {IKANOS[-1]}`"
    )
