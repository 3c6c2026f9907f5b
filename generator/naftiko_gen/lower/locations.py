"""``location`` of a bind: the file, or the folder of files, that holds its values."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from .node import Node

_PATH = re.compile(r"[\w.@+=/-]+", re.ASCII)
_FILE = "say where the file is: file:///./secrets.yaml, for example"
#: What to write in the place of stores that are often asked for.
_INSTEAD = {
    "env": "remove `location`: without it the values come from the environment",
    "vault": "let the Vault Agent write the values to a file, and name that: file:///vault/secrets/app.json",
    "k8s-secret": "mount the secret as a volume, and name its folder: file:///etc/secrets/app/",
    "kubernetes": "mount the secret as a volume, and name its folder: file:///etc/secrets/app/",
    "github-secrets": "hand the secrets to the job as variables of the environment, and remove `location`",
}
_ELSEWHERE = (
    "let the platform write the values to a file (file:///run/secrets/app.json), or remove "
    "`location` and hand them over in the environment"
)


def read_location(bind: Node) -> str:
    """The path that ``location`` names, relative or absolute; "" when it was refused.

    ``file:///./a`` and ``file://a`` are relative, as is usual in capabilities.
    """
    text = bind.text("location")
    scheme, _, _ = text.partition("://")
    if not text or not scheme:
        return ""  # The schema check has said so.
    if scheme.lower() != "file":
        bind.error(
            "E235",
            f"no package can read binds from `{scheme}://`",
            at="location",
            hint=_INSTEAD.get(scheme.lower(), _ELSEWHERE),
        )
        return ""
    path = _path(text)
    if path is None:
        bind.error(
            "E236", "this location names no file or folder", at="location", hint=_FILE
        )
    return path or ""


def _path(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        path = unquote(parts.path, errors="strict")
    except ValueError:
        return None
    host = "" if parts.netloc == "localhost" else parts.netloc
    if parts.query or parts.fragment or "?" in text or "#" in text or "@" in host:
        return None
    path = host + path
    if path.startswith(("/./", "/../")):
        path = path[1:]
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    return path if _PATH.fullmatch(path) and path.strip("/.") else None
