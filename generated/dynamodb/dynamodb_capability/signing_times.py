"""The forms in which providers want the time of a signed request.

Every function takes nanoseconds since the epoch and gives a text in UTC; parts of a
unit are cut off, never rounded up into the future.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

_SECOND = 1_000_000_000


# Calls of the same second are many, and writing a date is slower than signing it.
@lru_cache(maxsize=16)
def _written(second: int, form: str) -> str:
    return datetime.fromtimestamp(second, UTC).strftime(form)


@lru_cache(maxsize=16)
def _date(second: int) -> str:
    return format_datetime(datetime.fromtimestamp(second, UTC), usegmt=True)


def iso8601(now: int) -> str:
    """2021-03-23T09:39:36Z"""
    return _written(now // _SECOND, "%Y-%m-%dT%H:%M:%SZ")


def iso8601_ms(now: int) -> str:
    """2021-03-23T09:39:36.594Z"""
    fraction = now // 1_000_000 % 1000
    return f"{iso8601_naive(now)}.{fraction:03}Z"


def iso8601_naive(now: int) -> str:
    """2021-03-23T09:39:36, which is UTC all the same"""
    return _written(now // _SECOND, "%Y-%m-%dT%H:%M:%S")


def iso8601_basic(now: int) -> str:
    """20210323T093936Z"""
    return _written(now // _SECOND, "%Y%m%dT%H%M%SZ")


def iso8601_basic_offset(now: int) -> str:
    """20210323T09:39:36+0000"""
    return _written(now // _SECOND, "%Y%m%dT%H:%M:%S+0000")


def http_date(now: int) -> str:
    """Tue, 23 Mar 2021 09:39:36 GMT (RFC 9110, section 5.6.7)"""
    return _date(now // _SECOND)


def rfc2822(now: int) -> str:
    """Tue, 23 Mar 2021 09:39:36 -0000 (RFC 2822, section 3.3)"""
    return _date(now // _SECOND).removesuffix("GMT") + "-0000"
