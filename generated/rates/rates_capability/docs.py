"""`/docs`: the contract of an adapter as a page on which its operations can be tried.

The page is Swagger UI, of which the package flask-swagger-ui (the extra `docs`) has the
files; nothing of that package is run. All of the page comes from this server, and it
may ask no other host for anything (Content Security Policy Level 3).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, TypeAlias

from aiohttp import hdrs, web

from .errors import CallError
from .rest_support import respond_error

Endpoint: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
# What is answered, given the folder with the files of Swagger UI.
Answer: TypeAlias = Callable[[Path], web.StreamResponse]

PATH: Final = "/docs"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Kept, but asked for again: files have an ETag.
    "Cache-Control": "no-cache",
}
FILES: Final = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "favicon-32x32.png": "image/png",
}
# Addresses are relative, so that the page also works behind a proxy with a prefix.
PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
<script src="docs/swagger-ui-bundle.js" defer></script>
<script src="docs/page.js" defer></script>
</head>
<body><main id="page"><noscript>This page needs JavaScript.</noscript></main></body>
</html>
"""
SCRIPT: Final = """"use strict";

async function show() {
  const page = document.getElementById("page");
  const answer = await fetch("openapi.json");
  if (!answer.ok) {
    page.textContent = `openapi.json was answered with ${answer.status}.`;
    return;
  }
  const contract = await answer.json();
  document.title = contract.info.title;
  // Calls go where the page came from, whatever the port.
  contract.servers = [{ url: new URL(".", location.href).href.replace(/\\/$/, "") }];
  SwaggerUIBundle({ spec: contract, domNode: page, validatorUrl: null });
}

show();
"""


def add_docs(app: web.Application) -> None:
    """Add `/docs` to an application, unless it has paths of that name."""
    taken = {resource.canonical for resource in app.router.resources()}
    if any(path == PATH or path.startswith(f"{PATH}/") for path in taken):
        return
    answers = {
        PATH: _text(PAGE, "text/html"),
        f"{PATH}/page.js": _text(SCRIPT, "text/javascript"),
        **{f"{PATH}/{name}": _file(name, kind) for name, kind in FILES.items()},
    }
    for path, answer in answers.items():
        app.router.add_route("*", path, _endpoint(answer))


def _endpoint(answer: Answer) -> Endpoint:
    async def endpoint(request: web.Request) -> web.StreamResponse:
        if request.method not in (hdrs.METH_GET, hdrs.METH_HEAD):
            message = "this path answers to GET, HEAD only"
            response = respond_error(CallError(405, "method_not_allowed", message))
            response.headers[hdrs.ALLOW] = "GET, HEAD"
            return response
        folder = swagger_ui()
        if folder is None:
            message = "this page needs an extra of the package: pip install '.[docs]'"
            return respond_error(CallError(501, "docs_not_installed", message))
        return answer(folder)

    return endpoint


def _text(text: str, kind: str) -> Answer:
    def answer(folder: Path) -> web.Response:
        return web.Response(
            text=text, content_type=kind, charset="utf-8", headers=HEADERS
        )

    return answer


def _file(name: str, kind: str) -> Answer:
    def answer(folder: Path) -> web.FileResponse:
        headers = {**HEADERS, hdrs.CONTENT_TYPE: kind}
        return web.FileResponse(folder / name, headers=headers)

    return answer


def swagger_ui() -> Path | None:
    """The folder with the files of Swagger UI; None when they are not installed."""
    # Looked for when somebody asks: a server that nobody looks at does without.
    from importlib.util import find_spec

    found = find_spec("flask_swagger_ui")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "dist"
    return folder if all((folder / name).is_file() for name in FILES) else None
