"""Which charsets texts are decoded with."""

from __future__ import annotations

import pytest

from static.charsets import charset_of


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/plain", "utf-8"),
        ("text/plain; charset=ISO-8859-1", "iso8859-1"),
        ('text/plain;a=b; Charset = "Windows-1252"', "cp1252"),
        ("text/plain; charset=UTF8", "utf-8"),
        # No text would be decoded, slowly, or something else would be done to it.
        *((f"text/plain; charset={name}", None) for name in ("nonsense", "undefined")),
        *((f"text/plain; charset={name}", None) for name in ("idna", "punycode")),
        *((f"text/plain; charset={name}", None) for name in ("zip", "unicode_escape")),
    ],
)
def test_a_charset(content_type: str, charset: str | None) -> None:
    assert charset_of(content_type) == charset


def test_where_none_is_named() -> None:
    assert charset_of("text/plain", None) is None
    assert charset_of("text/plain; charset=x", "utf-8") is None
