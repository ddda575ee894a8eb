"""The nginx configuration of deploy/nginx, run as it is: types, compression, caching, headers, what is not shown."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import brotli
import pytest

from build_tools.engine.assets import HASHED
from build_tools.publish import Source, publish, rollback, verify_url
from build_tools.publish.manifest import NAME
from tests.nginx import CONFIGURATION, served

pytestmark = pytest.mark.slow

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "text/xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".png": "image/png",
    # the licences of what was taken over
    ".txt": "text/plain; charset=utf-8",
    # the search's index, packed by whoever made it
    **dict.fromkeys((".pagefind", ".pf_fragment", ".pf_index", ".pf_meta"), "application/octet-stream"),
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


def put(to: Path, site: Path, mark: str = "") -> str:
    """Publish a folder, with a mark on its home page."""

    def fill(folder: Path) -> bool:
        shutil.copytree(site, folder, dirs_exist_ok=True)
        (folder / "index.html").write_text((site / "index.html").read_text(encoding="utf-8") + mark, encoding="utf-8")
        return True

    done = publish(to, fill, Source(None, False, {}), lambda _: None)
    assert done is not None
    return done.name


@pytest.fixture(scope="module")
def releases(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, published."""
    to = tmp_path_factory.mktemp("served") / "public"
    (to / "releases" / put(to, site) / ".secret").write_text("x", encoding="utf-8")
    return to


@pytest.fixture(scope="module")
def url(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address."""
    with served(releases, tmp_path_factory.mktemp("nginx") / "work") as found:
        yield found


def ask(
    url: str, path: str, encoding: str = "", method: str = "GET", **more: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One request, nothing followed."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    connection.request(method, "/" + quote(path), headers={"Accept-Encoding": encoding or "identity", **more})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def test_every_file_in_every_encoding(url: str, releases: Path) -> None:
    """Right type, with its charset also when compressed; the compressed neighbour where there is one; the same bytes in
    the end.
    """
    folder = releases / "current"
    files = [path.relative_to(folder.resolve()).as_posix() for path in folder.resolve().rglob("*") if path.is_file()]
    plain = [path for path in files if not path.endswith((".gz", ".br")) and not path.startswith(".")]
    assert {Path(path).suffix for path in plain} == TYPES.keys()
    for path in plain:
        for encoding, suffix in (("", ""), ("gzip", ".gz"), ("br", ".br")):
            status, headers, body = ask(url, path, encoding)
            used = encoding if path + suffix in files else ""
            assert (status, headers["Content-Type"], headers.get("Content-Encoding", "")) == (
                200,
                TYPES[Path(path).suffix],
                used,
            ), path
            assert UNPACK[used](body) == (folder / path).read_bytes(), path
            assert headers.get("Vary") == ("Accept-Encoding" if {path + ".gz", path + ".br"} & set(files) else None), (
                path
            )
            assert headers["Cache-Control"] == (
                "public, max-age=31536000, immutable" if HASHED.search(path) else "no-cache"
            ), path


def test_brotli_before_gzip(url: str) -> None:
    """What a browser asks for."""
    assert ask(url, "", "gzip, deflate, br")[1]["Content-Encoding"] == "br"


@pytest.mark.parametrize(
    "path", ["", "lukou", "lukou/", "nothing", "sitemap.xml", NAME, "assets/", ".secret", "assets/x.0123456789ab.css"]
)
def test_headers_on_every_answer(url: str, path: str) -> None:
    """Also on redirects and on what is not there; the policy allows no inline script, no inline style, and WebAssembly
    for the search.
    """
    _, headers, _ = ask(url, path)
    assert {name: headers[name] for name in HEADERS} == HEADERS
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert policy["style-src"] == "'self'"
    assert headers["Content-Security-Policy"].count("unsafe") == 1
    assert headers["Server"] == "nginx"


def test_other_sites_may_frame_portable_pages_and_charts_and_nothing_else(url: str) -> None:
    """The portable one lets no script run; one that is not there is our own page under the strict policy."""
    page = "shifeng/business-environment-centre/2020/final-accounts/"
    status, headers, _ = ask(url, f"{page}portable.html", "br")
    assert status == 200
    assert (
        headers["Content-Security-Policy"]
        == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )
    assert "X-Frame-Options" not in headers
    status, headers, _ = ask(url, "shifeng/business-environment-centre/2020/charts.html", "br")
    assert status == 200
    assert headers["Content-Security-Policy"].split("; ")[:3] == [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
    ]
    assert "frame-ancestors" not in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers
    for path, expected in (
        (page, 200),
        ("lukou/portable.html", 404),
        (f"{page}portable.html/", 404),
        (f"{page}portablexhtml", 404),
    ):
        status, headers, _ = ask(url, path)
        assert (status, headers["X-Frame-Options"]) == (expected, "DENY")
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "a/b/c/",
        "assets/",
        "assets",
        ".secret",
        "assets/x.0123456789ab.css",
        "../lock",
        "shared/",
        "%00",
        "lock",
    ],
)
def test_what_is_not_there(url: str, path: str) -> None:
    """Our own page; no listing, nothing hidden, nothing from outside the release; never remembered as if it were an
    asset.
    """
    status, headers, body = ask(url, path)
    if status == 301:
        status, headers, body = ask(url, headers["Location"].lstrip("/"))
    assert status in (400, 404)
    assert headers["Cache-Control"] == "no-cache"
    assert status == 400 or "没有这个页面" in body.decode()
    assert b"Index of" not in body


def test_a_folder_without_its_slash(url: str) -> None:
    """A way that also works behind a proxy."""
    status, headers, _ = ask(url, "lukou")
    assert (status, headers["Location"]) == (301, "/lukou/")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE"])
def test_nothing_but_reading(url: str, method: str) -> None:
    """There is nothing to send to."""
    assert ask(url, "", method=method)[0] == 405


def test_nothing_is_loaded_again_that_has_not_changed(site: Path, tmp_path: Path) -> None:
    """304 across a publication for what is the same; at once, in both directions and without a reload, for what
    is not.
    """
    to = tmp_path / "public"
    first = put(to, site, "<p>甲")
    with served(to, tmp_path / "nginx") as url:
        tags = {path: ask(url, path, "br")[1]["ETag"] for path in ("", "lukou/", "sitemap.xml")}
        assert {ask(url, path, "br", **{"If-None-Match": tag})[0] for path, tag in tags.items()} == {304}
        put(to, site, "<p>乙")
        assert {path: ask(url, path, "br", **{"If-None-Match": tag})[0] for path, tag in tags.items()} == {
            "": 200,
            "lukou/": 304,
            "sitemap.xml": 304,
        }
        assert "<p>乙" in ask(url, "")[2].decode()
        assert rollback(to, None, lambda _: None).name == first
        assert ask(url, "", "br", **{"If-None-Match": tags[""]})[0] == 304
        assert "<p>甲" in ask(url, "")[2].decode()


def test_the_public_can_verify_what_it_gets(url: str, releases: Path) -> None:
    """Every file in every encoding; a page altered only in the encoding that browsers ask for is found."""
    found = verify_url(url)
    assert found.sound
    assert found.added is None
    assert (releases / "current").resolve().name.endswith(found.fingerprint)
    page = releases / "current/index.html.br"
    sound = page.read_bytes()
    try:
        page.write_bytes(brotli.compress(b"defaced"))
        assert verify_url(url).altered == ("index.html.br",)
    finally:
        page.write_bytes(sound)


def test_one_pattern_says_what_is_named_by_content() -> None:
    """The build, the publisher and both places in the configuration mean the same."""
    written = re.findall(r'"~?(\\\.\(\?:.*?\$)"', CONFIGURATION.read_text(encoding="utf-8"))
    assert written == [HASHED.pattern, HASHED.pattern]
