"""A site as the public gets it, against its manifest: every file in every encoding in which it is served.

A defaced `.br` beside an untouched page would be what every browser shows; so each file is asked for plain, as gzip and
as brotli, and what arrives must be the file, whoever compressed it. What was added cannot be seen from outside.
"""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urljoin

import brotli  # type: ignore[import-untyped]

from build_tools.publish.manifest import LARGEST, NAME, Entry, Manifest, entry_of, fingerprint, read
from build_tools.publish.place import PublishError
from build_tools.publish.verifying import HOME, Differences

AT_ONCE = 8
SECONDS = 30
# a release that is switched while it is compared is compared again
ATTEMPTS = 3
SLACK = 2**16
ENCODINGS = {".gz": "gzip", ".br": "br"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: status (0 = none), the decoded body, or why there is none."""

    status: int
    body: bytes = b""
    trouble: str = ""


def verify_url(url: str) -> Differences:
    """The public site at this address. Raises PublishError, ManifestError."""
    base = url if url.endswith("/") else f"{url}/"
    for _ in range(ATTEMPTS):
        data = manifest_at(base)
        found = compare(base, read(data), fingerprint(data))
        if found.sound or fingerprint(manifest_at(base)) == found.fingerprint:
            return found
    raise PublishError("核对期间网站一再更新，没有核对完：等发布结束后重新运行")


def manifest_at(base: str) -> bytes:
    """The manifest as the site shows it. Raises PublishError."""
    if not re.match(r"https?://[^/\[\]]", base):
        raise PublishError(f"“{base[:200]}”不是网址：写成 https://…/，或写文件夹")
    answer = fetch(urljoin(base, NAME), "identity", LARGEST)
    if answer.status != 200:
        raise PublishError(
            f"取不到 {urljoin(base, NAME)}：{answer.trouble or f'服务器答复 {answer.status}'}；检查网址，"
            f"以及网站是不是用 publish 发布的"
        )
    return answer.body


def compare(base: str, manifest: Manifest, mark: str) -> Differences:
    """Every file of a manifest, fetched."""

    def one(path: str) -> tuple[str, str]:
        return path, difference(base, path, manifest)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(one, sorted(manifest.files)))
    of: Callable[[str], tuple[str, ...]] = lambda kind: tuple(path for path, told in found if told == kind)  # noqa: E731
    failed = tuple(f"{path}（{told}）" for path, told in found if told not in ("", "missing", "altered"))
    home = () if HOME in manifest.files else (HOME,)
    return Differences(manifest, mark, (*home, *of("missing")), of("altered"), None, failed)


def difference(base: str, path: str, manifest: Manifest) -> str:
    """'' where a file arrives as it is listed, else `missing`, `altered`, or in Chinese why it cannot be known."""
    plain, dot, suffix = path.rpartition(".")
    encoding = ENCODINGS.get(dot + suffix, "")
    if not encoding or plain not in manifest.files:
        plain, encoding = path, "identity"
    entry: Entry = manifest.files[plain]
    answer = fetch(urljoin(base, quote(plain)), encoding, entry.size)
    if answer.status in (404, 410):
        return "missing"
    if answer.status != 200:
        return answer.trouble or f"服务器答复 {answer.status}"
    return "" if entry_of(answer.body) == entry else "altered"


def fetch(url: str, encoding: str, size: int) -> Answer:
    """One file, of which no more is read or unpacked than `size` bytes and one: more than that is not the file."""
    request = urllib.request.Request(  # noqa: S310
        url, headers={"Accept-Encoding": encoding, "User-Agent": "mingzhang-verify", "Cache-Control": "no-cache"}
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return Answer(
                answer.status, unpack(answer.read(size + SLACK), answer.headers.get("Content-Encoding", ""), size + 1)
            )
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(error.code)
    except (urllib.error.URLError, OSError, http.client.HTTPException, ValueError) as error:
        return Answer(0, trouble=f"没有答复：{getattr(error, 'reason', None) or error}")


def unpack(data: bytes, encoding: str, most: int) -> bytes:
    """A body without its encoding, cut off after `most` bytes; what cannot be unpacked is b'' and so differs."""
    try:
        if encoding == "gzip":
            return zlib.decompressobj(31).decompress(data, most)
        if encoding == "br":
            return bytes(brotli.Decompressor().process(data, output_buffer_limit=most))
    except (zlib.error, brotli.error):
        return b""
    return data
