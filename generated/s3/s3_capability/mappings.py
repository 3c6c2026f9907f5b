"""What Amazon S3 bucket answers with."""

from __future__ import annotations

from .reply import JsonValue


def list_objects(document: JsonValue) -> JsonValue:
    """The answer of GET /objects."""
    root = document if isinstance(document, dict) else {}
    found = root.get("Contents")
    objects: list[JsonValue] | None = None
    if isinstance(found, list):
        objects = []
        for entry in found:
            fields = entry if isinstance(entry, dict) else {}
            objects.append({"key": fields.get("Key"), "size": fields.get("Size")})
    return {"truncated": root.get("IsTruncated"), "objects": objects}
