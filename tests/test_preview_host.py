"""Drafts in the preview are shown to this machine alone, whatever name a page elsewhere has led to it."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_tools.cli.previewing import Preview, is_own_name

OWN = [
    "localhost",
    "localhost:8000",
    "LOCALHOST:8000",
    "127.0.0.1:8000",
    "[::1]:8000",
    "192.168.1.7:8000",
    "office.local",
]
STRANGERS = ["", "evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example:8000"]
MALFORMED = [
    "[::1",
    "a b",
    "user@evil.example",
    "localhost@evil.example",
    "\x00",
    "::1",
    "localhost:x@evil.example",
    "/",
]


@pytest.mark.parametrize("header", OWN)
def test_this_machine_is_asked_for(header: str) -> None:
    assert is_own_name(header, "office.local")


@pytest.mark.parametrize("header", STRANGERS + MALFORMED)
def test_somebody_else_is_asked_for(header: str) -> None:
    assert not is_own_name(header, "office.local")


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A server with one draft."""
    (tmp_path / "index.html").write_text("草稿", encoding="utf-8")
    server = Preview(lambda: None, "127.0.0.1", 0, str(tmp_path), "/")
    server.server_bind()
    server.server_activate()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    # not that of the generator, which also ends its watcher
    super(Preview.__mro__[1], server).shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["/", "/index.html", "/livereload/0/0"])
def test_a_foreign_name_reads_no_draft(path: str, preview: Preview) -> None:
    address = f"http://127.0.0.1:{preview.server_address[1]}{path}"
    request = urllib.request.Request(address, headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 403
    assert "预览只回答本机" in refused.value.read().decode("utf-8")


def test_by_its_address_it_is_read(preview: Preview) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{preview.server_address[1]}/", timeout=10) as answer:
        assert "草稿" in answer.read().decode("utf-8")
