"""A folder served on loopback under the strict policy that the site promises to work under, and a browser to look at
it.
"""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

# 'wasm-unsafe-eval' is for Pagefind, and allows WebAssembly alone
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


class Strict(http.server.SimpleHTTPRequestHandler):
    """Files with the policy, in silence."""

    def end_headers(self) -> None:
        """Every answer carries the policy."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        """No log."""


@contextmanager
def serving(folder: Path, handler: type[http.server.SimpleHTTPRequestHandler]) -> Iterator[str]:
    """The folder's address while the context lasts."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def served(folder: Path) -> AbstractContextManager[str]:
    """The folder under the strict policy."""
    return serving(folder, Strict)


@contextmanager
def browser(executable: str) -> Iterator[Browser]:
    """The system's Chromium, driven by Playwright."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield found
        finally:
            found.close()


class Watch:
    """What a page does that it must not: console errors, failed requests, requests that leave the site."""

    def __init__(self, page: Page, base: str) -> None:
        self.problems: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.note(message.type in ("error", "warning"), f"console: {message.text}"))
        page.on("pageerror", lambda error: self.note(True, f"script: {error}"))
        # who leaves a page ends what it was still fetching
        page.on(
            "requestfailed",
            lambda request: self.note(
                request.failure != "net::ERR_ABORTED", f"failed: {request.url} ({request.failure})"
            ),
        )
        page.on("response", lambda response: self.note(response.status >= 400, f"{response.status}: {response.url}"))
        page.on("request", lambda request: self.request(request.url, base))

    def note(self, bad: bool, text: str) -> None:
        """Keep what is bad."""
        if bad:
            self.problems.append(text)

    def request(self, url: str, base: str) -> None:
        """Every request, and those that leave the site."""
        self.requests.append(url)
        self.note(not url.startswith((base, "data:")), f"leaves the site: {url}")


def until(page: Page, expression: str, argument: object = None, patience: int = 5_000) -> None:
    """Wait until this is true. Playwright's own way evaluates again within the page, which the policy forbids."""
    for _ in range(patience // 50):
        if page.evaluate(expression, argument):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{expression} ({argument}) in {patience} ms")
