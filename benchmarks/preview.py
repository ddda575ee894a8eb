"""How long after a file was saved the browser shows it: `mingzhang serve` as it is started by hand, and a Chromium that
has the page open.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Error

from benchmarks.ours import FIELD, newest_accounts
from benchmarks.running import FailedError, usual
from build_tools.engine.settings import site_settings
from tests.browser.serving import browser

TIMES = 5
# what a reader would see, asked by the page itself with every picture: the driver looks again only after tenths of a
# second
SEEN = "word => document.body !== null && document.body.innerText.includes(word)"
# as long as the first build of a large district may take
PATIENCE = 900.0


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def preview(root: Path) -> Iterator[str]:
    """The preview's address once its first build is done. Raises FailedError where it does not come up."""
    address = f"127.0.0.1:{free_port()}"
    command = [Path(sys.executable).with_name("mingzhang"), "--root", root, "serve", "--address", address]
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said.file, stderr=said.file, env=usual())
        try:
            until = time.monotonic() + PATIENCE
            while "预览已更新" not in Path(said.name).read_text(encoding="utf-8"):
                if process.poll() is not None or time.monotonic() > until:
                    raise FailedError(
                        f"the preview did not come up:\n{Path(said.name).read_text(encoding='utf-8')[-2000:]}"
                    )
                time.sleep(0.2)
            yield f"http://{address}{urlsplit(site_settings(root).url).path}"
        finally:
            process.terminate()
            process.wait(30)


def saved_to_seen(root: Path) -> float:
    """Seconds from saving a summary until the open page says it, the middle of several. Raises FailedError where it
    never does.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        raise FailedError("Chromium is not installed")
    try:
        return timed(root, chromium)
    except Error as error:
        raise FailedError(f"the browser: {error.message}") from None


def timed(root: Path, chromium: str) -> float:
    """The same. Raises Playwright's Error."""
    file, took = newest_accounts(root), []
    with preview(root) as base, browser(chromium) as chrome:
        page = chrome.new_page()
        page.goto(f"{base}{file.relative_to(root / 'data').with_suffix('').as_posix()}/")
        for _ in range(TIMES):
            # the script that reloads the page needs to be listening
            page.wait_for_timeout(1500)
            word = f"存{time.time_ns()}"
            text = file.read_text(encoding="utf-8").replace(FIELD, f"{FIELD}{word}", 1)
            begun = time.perf_counter()
            file.write_text(text, encoding="utf-8")
            page.wait_for_function(SEEN, arg=word, timeout=60_000)
            took.append(time.perf_counter() - begun)
    return median(took)
