"""Formats of answers at build time: schemas are checked, and samples written in each.

Not every document can be read from every format: CSV has only texts, XML no list of one.
``encode`` therefore gives two things: the document nearest to the wanted one that can,
and the bytes that it is read from.
"""

from __future__ import annotations

from naftiko_gen.ir import Format, JsonValue

from .needed import Absent, Broken

__all__ = ["Absent", "Broken", "encode"]


def encode(wanted: JsonValue, form: Format) -> tuple[JsonValue, bytes]:
    """A document like ``wanted``, and the answer that it is read from."""
    # Imported where they are needed, because most capabilities have one format or none.
    if form.kind == "binary":
        return wanted, form.sample
    if form.kind == "xml":
        from . import xml

        return xml.encode(wanted)
    if form.kind == "yaml":
        from naftiko_gen.yaml_text import dump

        return wanted, dump(wanted)
    if form.kind == "html":
        from . import pages

        return pages.encode_html(wanted, form.choice)
    if form.kind == "markdown":
        from . import pages

        return pages.encode_markdown(wanted, form.choice)
    if form.kind == "avro":
        from . import avro

        return avro.encode(wanted, form.schema)
    if form.kind == "protobuf":
        from . import protobuf

        return protobuf.encode(wanted, form.schema, form.choice)
    from . import tables

    return tables.encode(wanted, form.kind)
