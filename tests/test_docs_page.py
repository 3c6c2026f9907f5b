"""`/docs` of emitted packages: in a real browser, and where it is left out."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from chromium import chromium
from e2e.clients import request
from e2e.servers import CREDENTIALS, LIMIT, REST, serve
from emitted import KRAKEN, ROOT, spec_of
from hostile import PAYLOADS
from naftiko_gen import pipeline
from naftiko_gen.diagnostics import Report
from naftiko_gen.options import Options
from static.docs import add_docs
from static.rest_support import build_app

PICTURE = ROOT / ".github" / "docs.png"
BALANCE = "#operations-default-get_account_balance"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("chromium"), "1000,1250") as started:
        yield started


def wait(browser: Any, selector: str) -> Any:
    """The element, when it is there and can be clicked."""
    from selenium.webdriver.support import expected_conditions
    from selenium.webdriver.support.wait import WebDriverWait

    found = expected_conditions.element_to_be_clickable(("css selector", selector))
    return WebDriverWait(browser, LIMIT).until(found)


def loaded(browser: Any) -> list[str]:
    """The address of everything that the page has asked for."""
    script = "return performance.getEntriesByType('resource').map((one) => one.name)"
    found: list[str] = browser.execute_script(script)
    return found


def test_an_operation_is_tried_against_the_sandbox(
    browser: Any, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    with serve("--sandbox", environ={}, adapters=[REST]) as server:
        browser.get(f"{server.rest}/docs")
        wait(browser, f"{BALANCE} .opblock-summary-control").click()
        wait(browser, f"{BALANCE} .try-out__btn").click()
        wait(browser, f"{BALANCE} .execute").click()
        answer = wait(browser, f"{BALANCE} .live-responses-table .response")
        status = answer.find_element("css selector", ".response-col_status")
        assert status.text.split() == ["200"]
        shown = answer.find_element("css selector", ".highlight-code").text
        assert "ZUSD" in shown and '"error": []' in shown
        assert browser.title == "Kraken Spot REST API — Account Data"
        assert browser.get_log("browser") == []
        asked = loaded(browser)
        assert f"{server.rest}/v1/0/private/balance" in asked
        assert all(address.startswith(f"{server.rest}/") for address in asked)
        # The picture of the README shows what was sent and what came.
        text = browser.find_element("css selector", f"{BALANCE} textarea")
        browser.execute_script(
            "arguments[0].style.cssText = 'height: 5em; min-height: 0'", text
        )
        top = browser.find_element("css selector", f"{BALANCE} .opblock-summary")
        browser.execute_script("arguments[0].scrollIntoView()", top)
        picture = tmp_path / "docs.png"
        assert browser.save_screenshot(str(picture))
        content = picture.read_bytes()
    assert content.startswith(b"\x89PNG") and len(content) < 200_000
    if pytestconfig.getoption("--update-picture"):
        PICTURE.write_bytes(content)


def test_the_readme_shows_the_picture() -> None:
    assert PICTURE.read_bytes().startswith(b"\x89PNG")
    assert PICTURE.stat().st_size < 200_000
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"({PICTURE.relative_to(ROOT).as_posix()})" in readme


@contextmanager
def site(app: web.Application) -> Iterator[str]:
    """The address of an application that runs in a thread of its own."""
    addresses: list[str] = []
    up, down = threading.Event(), threading.Event()

    async def run() -> None:
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        addresses.append(f"http://127.0.0.1:{runner.addresses[0][1]}")
        up.set()
        await asyncio.to_thread(down.wait)
        await runner.cleanup()

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    try:
        assert up.wait(LIMIT)
        yield addresses[0]
    finally:
        down.set()
        thread.join(LIMIT)


def test_texts_of_a_contract_stay_texts_and_fetch_nothing(browser: Any) -> None:
    asked: list[str] = []

    async def elsewhere(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text="document.title = 'pwned'")

    other = web.Application()
    other.router.add_route("*", "/{path:.*}", elsewhere)
    with site(other) as away:
        hostile = "\n\n".join(
            (
                f"![picture]({away}/a.png)",
                f"<img src='{away}/b.png' onerror=\"document.title='pwned'\">",
                f"<script src='{away}/c.js'></script>",
                f"<style>@import url('{away}/d.css')</style>",
                f"<iframe src='{away}/e'></iframe><b id='end'>end</b>",
                *PAYLOADS.values(),
            )
        )
        contract = {
            "openapi": "3.1.1",
            "info": {"title": "</title>" + hostile, "description": hostile, "version": hostile},
            "servers": [{"url": away}],
            "paths": {
                "/x": {
                    "get": {
                        "operationId": "x",
                        "summary": hostile,
                        "description": hostile,
                        "responses": {"200": {"description": hostile}},
                    }
                }
            },
        }  # fmt: skip
        app = build_app(
            (),
            None,
            contract=json.dumps(contract).encode(),
            body_limit=1024,
            access_log=False,
            obstacle=lambda: None,
        )
        add_docs(app)
        with site(app) as here:
            browser.get(f"{here}/docs")
            wait(browser, ".opblock-summary-control").click()
            wait(browser, ".try-out__btn").click()
            wait(browser, ".execute").click()
            # The path is not there, but it is asked for here and nowhere else.
            answer = wait(
                browser, ".live-responses-table .response .response-col_status"
            )
            assert answer.text.split()[0] == "404"
            assert browser.title.startswith("</title>")
            assert f"{here}/x" in loaded(browser)
            # What was tried is refused by the policy, not lost by luck.
            refused = [one["message"] for one in browser.get_log("browser")]
            assert any("Content Security Policy" in message for message in refused)
    assert asked == []


def test_it_is_off_unless_the_operator_wants_it() -> None:
    with serve(environ=CREDENTIALS, adapters=[REST]) as server:
        assert request("GET", f"{server.rest}/docs").code == "not_found"
    wanted = {**CREDENTIALS, "KRAKEN_CAPABILITY_DOCS": "true"}
    with serve(environ=wanted, adapters=[REST]) as server:
        page = request("GET", f"{server.rest}/docs")
    assert page.status == 200 and b"docs/page.js" in page.body


def emitted(spec: Path, options: Options) -> dict[str, str]:
    """The text files of a package."""
    job = pipeline.Job(str(spec), "made", options=options)
    package = pipeline.build(job, Report(), pipeline.Stages())
    assert package is not None
    return {path: content.decode() for path, content in package.files.items()}


def test_a_package_can_do_without() -> None:
    for spec, options in (
        (KRAKEN, Options(docs=False)),
        (spec_of("mcp-stdio"), Options()),
    ):
        files = emitted(spec, options)
        assert "made_capability/docs.py" not in files
        for name in ("README.md", "pyproject.toml", ".env.example"):
            assert "swagger" not in files[name] and "/docs" not in files[name]
        settings = files["made_capability/settings.py"]
        assert "DOCS" not in settings and "docs:" not in settings
    assert "made_capability/docs.py" in emitted(KRAKEN, Options())
