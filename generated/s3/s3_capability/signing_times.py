"""The forms in which providers want the time of a signed request.

Every function takes nanoseconds since the epoch and gives a text in UTC; parts of a
unit are cut off, never rounded up into the future.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

_SECOND = 1_000_000_000


def _moment(now: int) -> datetime:
    return datetime.fromtimestamp(now // _SECOND, UTC)


def iso8601(now: int) -> str:
    """2021-03-23T09:39:36Z"""
    return _moment(now).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso8601_ms(now: int) -> str:
    """2021-03-23T09:39:36.594Z"""
    fraction = now // 1_000_000 % 1000
    return f"{_moment(now):%Y-%m-%dT%H:%M:%S}.{fraction:03}Z"


def iso8601_naive(now: int) -> str:
    """2021-03-23T09:39:36, which is UTC all the same"""
    return _moment(now).strftime("%Y-%m-%dT%H:%M:%S")


def iso8601_basic(now: int) -> str:
    """20210323T093936Z"""
    return _moment(now).strftime("%Y%m%dT%H%M%SZ")


def iso8601_basic_offset(now: int) -> str:
    """20210323T09:39:36+0000"""
    return _moment(now).strftime("%Y%m%dT%H:%M:%S+0000")


def http_date(now: int) -> str:
    """Tue, 23 Mar 2021 09:39:36 GMT (RFC 9110, section 5.6.7)"""
    return format_datetime(_moment(now), usegmt=True)


def rfc2822(now: int) -> str:
    """Tue, 23 Mar 2021 09:39:36 -0000 (RFC 2822, section 3.3)"""
    return format_datetime(_moment(now)).replace("+0000", "-0000")
