"""`mingzhang verify URL` against servers that misbehave: nothing hangs, grows or breaks, and every answer is in
words.
"""

from __future__ import annotations

import gzip
import http.server
import json
import tracemalloc
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from build_tools.cli import main
from build_tools.publish import ManifestError, PublishError, remote, verify_url
from build_tools.publish.manifest import NAME
from tests.browser.serving import serving as serve
from tests.publisher import put

Answer = Callable[["Server"], bool]


class Server(http.server.SimpleHTTPRequestHandler):
    """A folder; first the test may answer in its own way."""

    answer: Answer = staticmethod(lambda request: False)

    def do_GET(self) -> None:
        """The test's answer or the file."""
        if not type(self).answer(self):
            super().do_GET()

    def log_message(self, *arguments: object) -> None:
        """No log."""

    def send(self, status: int, body: bytes = b"", **headers: str) -> bool:
        """An answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        return True


def serving(folder: Path, answer: Answer = lambda request: False) -> AbstractContextManager[str]:
    """The address of a folder."""
    return serve(folder, type("One", (Server,), {"answer": staticmethod(answer)}))


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """One small release."""
    return tmp_path / "public/releases" / put(tmp_path / "public", "甲")


def test_a_plain_server(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that knows nothing of compressed neighbours shows the same site; in a folder of its own as well."""
    with serving(release) as url:
        assert verify_url(url).sound
        assert main(["verify", url]) == 0
    out = capsys.readouterr().out
    assert release.name.split("-")[1] in out
    assert "从网上看不见" in out
    with serving(release.parent) as url:
        assert verify_url(f"{url}{release.name}").sound


def test_missing_and_altered(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each by its path."""
    (release / "甲/表.csv").unlink()
    (release / "same.html").write_bytes((release / "same.html").read_bytes() + b" ")
    (release / "index.html").write_bytes(b"defaced")
    with serving(release) as url:
        found = verify_url(url)
        assert main(["verify", url]) == 1
    assert found.missing == ("甲/表.csv", "甲/表.csv.br", "甲/表.csv.gz")
    assert found.altered == (
        "index.html",
        "index.html.br",
        "index.html.gz",
        "same.html",
        "same.html.br",
        "same.html.gz",
    )
    assert "缺少：甲/表.csv\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda request: request.send(404), "服务器答复 404"),
        (lambda request: request.send(500), "服务器答复 500"),
        (lambda request: request.send(302, Location="file:///etc/passwd"), "取不到"),
        (lambda request: request.send(302, Location="/" + NAME), "取不到"),
        (lambda request: request.send(200, b"<html>"), "不是完整的 JSON"),
        (lambda request: request.send(200, b"{}"), "不是明账的清单"),
        (lambda request: bool(request.wfile.write(b"nonsense\r\n\r\n")), "取不到"),
        (lambda request: bool(request.connection.close() or True), "取不到"),
        (lambda request: request.send(200, b"x", Content_Encoding="gzip"), "不是完整的 JSON"),
    ],
)
def test_no_manifest(tmp_path: Path, answer: Answer, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever stands in its place."""
    with serving(tmp_path, answer) as url:
        with pytest.raises((PublishError, ManifestError), match=words):
            verify_url(url)
        assert main(["verify", url]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/",
        "ftp://example.invalid/",
        "http://",
        "http://[",
        "http://127.0.0.1:1/",
        "http://127.0.0.1:x/",
        "://",
    ],
)
def test_not_an_address(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In words, not as a traceback."""
    assert main(["verify", url]) == 2
    assert "没有核对" in capsys.readouterr().err


def test_more_than_the_file_is_not_read(release: Path) -> None:
    """A file that unpacks to gigabytes is told as altered; its bytes are never held."""
    bomb = gzip.compress(bytes(200 * 2**20), 9)

    def answer(request: Server) -> bool:
        return request.path != f"/{NAME}" and request.send(200, bomb, Content_Encoding="gzip")

    with serving(release, answer) as url:
        tracemalloc.start()
        found = verify_url(url)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert set(found.altered) == found.manifest.files.keys()
    assert peak < 20 * 2**20


def test_a_server_that_fails_now_and_then(release: Path) -> None:
    """Not known is told apart from altered."""
    with serving(release, lambda request: request.path == "/same.html" and request.send(503)) as url:
        found = verify_url(url)
    assert found.failed == tuple(f"same.html{suffix}（服务器答复 503）" for suffix in ("", ".br", ".gz"))
    assert not found.altered


def test_a_site_that_changes_meanwhile(release: Path) -> None:
    """A release that is switched while it is compared is compared again; one that is always switched is not judged."""
    sound, other = (
        (release / NAME).read_bytes(),
        json.dumps({**json.loads((release / NAME).read_bytes()), "files": {"gone": {"sha256": "0" * 64, "size": 1}}}),
    )
    asked = []

    def once(request: Server) -> bool:
        asked.append(request.path)
        return asked == [f"/{NAME}"] and request.send(200, other.encode())

    with serving(release, once) as url:
        assert verify_url(url).sound

    def always(request: Server) -> bool:
        asked.append(request.path)
        return request.path == f"/{NAME}" and request.send(200, other.encode() + b" " * len(asked))

    assert sound
    with serving(release, always) as url, pytest.raises(PublishError, match="一再更新"):
        verify_url(url)
    assert remote.ATTEMPTS == 3
