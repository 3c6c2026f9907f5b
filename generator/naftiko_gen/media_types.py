"""Media types of files by the end of their name: one table, the same on every machine."""

from __future__ import annotations

OTHER = "application/octet-stream"

_BY_END = {
    "css": "text/css",
    "csv": "text/csv",
    "gif": "image/gif",
    "htm": "text/html",
    "html": "text/html",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "md": "text/markdown",
    "mp3": "audio/mpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "py": "text/x-python",
    "svg": "image/svg+xml",
    "toml": "application/toml",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
    "wav": "audio/wav",
    "webp": "image/webp",
    "xml": "application/xml",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "zip": "application/zip",
}


def by_name(path: str) -> str:
    """The media type of a file; ``application/octet-stream`` for an end that is not known."""
    end = path.rpartition(".")[2].lower()
    return _BY_END.get(end, OTHER)
