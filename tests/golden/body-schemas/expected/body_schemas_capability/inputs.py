"""What callers of Tickets may send: one check for each body."""

from __future__ import annotations

from functools import partial

from . import check
from .bodies import Check, check_body
from .faults import Faults
from .reply import JsonObject, JsonValue

CREATE_TICKET_BODY: dict[str, Check] = {
    "title": partial(check.string, max_length=80),
    "priority": partial(check.integer, minimum=1, maximum=5),
    "kind": partial(check.string, enum=("bug", "wish")),
    "effort": partial(check.number, minimum=0),
    "urgent": check.boolean,
    "tags": partial(check.array, items="string"),
    "extra": check.object_,
    "owner": partial(check.string, nullable=True),
    "parent": check.integer_or_string,
    "watchers": partial(check.string_or_objects, known=("name", "address")),
}


def create_ticket(value: JsonValue, faults: Faults, at: str = "") -> JsonObject | None:
    """The body of Create a ticket, or None when there is none."""
    return check_body(
        faults,
        value,
        at,
        CREATE_TICKET_BODY,
        needed=True,
        required=("title", "priority"),
    )


SEARCH_TICKETS_BODY: dict[str, Check] = {
    "text": check.string,
    "state": partial(check.string, nullable=True, enum=("open", "closed")),
    "anything": check.anything,
}


def search_tickets(value: JsonValue, faults: Faults, at: str = "") -> JsonObject | None:
    """The body of Search tickets, or None when there is none."""
    return check_body(faults, value, at, SEARCH_TICKETS_BODY, closed=False)


UPDATE_TICKET_BODY: dict[str, Check] = {
    "lambda": check.boolean,
    "two words": check.string,
}


def update_ticket(value: JsonValue, faults: Faults, at: str = "") -> JsonObject | None:
    """The body of Change a ticket, or None when there is none."""
    return check_body(faults, value, at, UPDATE_TICKET_BODY)
