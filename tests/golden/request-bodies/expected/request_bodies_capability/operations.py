"""The operations of Notes: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import (
    NULL,
    content,
    form,
    form_escaped,
    iri_escaped,
    json_escaped,
    json_written,
    list_of,
    multipart,
    object_of,
    sparql_escaped,
    xml_escaped,
)
from .reply import JsonObject, JsonValue, Reply
from .wire import concat_given, fields

if TYPE_CHECKING:
    from .settings import Settings
    from .upstream import Upstream


async def send_json(
    upstream: Upstream,
    *,
    settings: Settings,
    title: JsonValue = None,
    tag: JsonValue = None,
    who: str | None = None,
    count: JsonValue = None,
) -> Reply:
    """send-json (POST /json)."""
    return await upstream.send(
        "POST",
        "/json",
        body=object_of(
            ("title", title),
            ("team", settings.notes_team.reveal()),
            ("tags", list_of(tag, "fixed", NULL)),
            (
                "deep",
                object_of(
                    ("text", concat_given("to ", who)),
                    ("nothing", NULL),
                    ("count", count),
                ),
            ),
            ("flag", True),
        ),
    )


async def send_json_text(
    upstream: Upstream,
    *,
    title: str,
    who: str,
    count: JsonValue,
    meta: JsonValue,
) -> Reply:
    """send-json-text (POST /json-text)."""
    return await upstream.send(
        "POST",
        "/json-text",
        body=content(
            "application/json",
            '{"title": "',
            json_escaped(title),
            " by ",
            json_escaped(who),
            '", "count": ',
            json_written(count),
            ', "meta": ',
            json_written(meta),
            "}",
        ),
    )


async def send_text(upstream: Upstream, *, who: str) -> Reply:
    """send-text (POST /text)."""
    return await upstream.send(
        "POST",
        "/text",
        body=content("text/plain; charset=UTF-8", "Dear ", who),
    )


async def send_xml(upstream: Upstream, *, who: str, title: str) -> Reply:
    """send-xml (POST /xml)."""
    return await upstream.send(
        "POST",
        "/xml",
        body=content(
            "application/xml; charset=UTF-8",
            '<note to="',
            xml_escaped(who),
            '">',
            xml_escaped(title),
            "</note>",
        ),
    )


async def send_sparql(upstream: Upstream, *, id_: str, title: str) -> Reply:
    """send-sparql (POST /sparql)."""
    return await upstream.send(
        "POST",
        "/sparql",
        body=content(
            "application/sparql-query",
            "SELECT ?n { <https://n.example/",
            iri_escaped(id_),
            '> ?p "',
            sparql_escaped(title),
            '" }',
        ),
    )


async def send_form(
    upstream: Upstream,
    *,
    title: JsonValue = None,
    who: str | None = None,
) -> Reply:
    """send-form (POST /form)."""
    return await upstream.send(
        "POST",
        "/form",
        body=form(
            ("title", title),
            ("who", concat_given("to ", who)),
            ("fixed", "a b&c"),
        ),
    )


async def send_form_text(upstream: Upstream, *, title: str) -> Reply:
    """send-form-text (POST /form-text)."""
    return await upstream.send(
        "POST",
        "/form-text",
        body=content(
            "application/x-www-form-urlencoded",
            "title=",
            form_escaped(title),
            "&x=1",
        ),
    )


async def send_multipart(
    upstream: Upstream,
    *,
    title: str | None = None,
    who: str | None = None,
    text: str | None = None,
    more: str | None = None,
) -> Reply:
    """send-multipart (POST /multipart)."""
    return await upstream.send(
        "POST",
        "/multipart",
        body=multipart(
            ("title", title, None, ""),
            ("file", text, concat_given(who, ".txt"), "text/plain"),
            ("more", concat_given("m ", more), None, ""),
        ),
    )


async def send_raw(upstream: Upstream, *, title: str) -> Reply:
    """send-raw (POST /raw)."""
    return await upstream.send(
        "POST",
        "/raw",
        body=content("application/json", '{"title": "', json_escaped(title), '"}'),
    )


async def send_raw_xml(upstream: Upstream, *, title: str) -> Reply:
    """send-raw-xml (POST /raw-xml)."""
    return await upstream.send(
        "POST",
        "/raw-xml",
        headers=fields(("Content-Type", "text/xml")),
        body=content("text/xml", "<t>", xml_escaped(title), "</t>"),
    )


async def send_passed(upstream: Upstream, *, body: JsonObject | None = None) -> Reply:
    """send-passed (POST /passed)."""
    return await upstream.send("POST", "/passed", body=body)
