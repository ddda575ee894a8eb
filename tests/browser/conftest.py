"""What the files of this folder share: a browser, and the real site under the strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import browser, served


@pytest.fixture(scope="package")
def chrome(chromium: str) -> Iterator[Browser]:
    """One browser for this folder; what a test keeps in it (pages, contexts) it closes."""
    with browser(chromium) as found:
        yield found


@pytest.fixture(scope="package")
def base(site: Path) -> Iterator[str]:
    """The address of the real site."""
    with served(site) as address:
        yield address
