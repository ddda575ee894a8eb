"""A reader who never stops: pages of a site as fast as they come, each with its styles and scripts, in every encoding.

The public manifest is read between pages: where it is the same before and after one, that page must be the one that it
lists.

Run as a program: address, expectations (JSON: release → path → SHA-256), a file whose appearance ends it. Prints JSON.
"""

from __future__ import annotations

import gzip
import hashlib
import http.client
import json
import random
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import brotli

PAUSE = 0.004
ASSET = re.compile(rb'<(?:link|script)\b[^<>]*?\s(?:href|src)="([^":?#]+\.(?:css|js))"')


@dataclass
class Reader:
    """What was asked for and what was wrong with the answers."""

    url: str
    expected: dict[str, dict[str, str]]
    requests: int = 0
    pages: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    manifests: dict[str, dict[str, str]] = field(default_factory=dict)
    public: str = ""
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    connection: http.client.HTTPConnection | None = None

    def get(self, path: str, encoding: str) -> tuple[int, bytes]:
        """One request on a connection that is kept."""
        self.connection = self.connection or http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=20)
        begun = time.monotonic()
        try:
            self.connection.request("GET", "/" + quote(path), headers={"Accept-Encoding": encoding})
            answer = self.connection.getresponse()
            body = answer.read()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # the server closes a connection after so many requests; a browser opens another
            self.connection = None
            return self.get(path, encoding)
        self.requests += 1
        self.slowest = max(self.slowest, time.monotonic() - begun)
        used = answer.headers.get("Content-Encoding")
        return answer.status, gzip.decompress(body) if used == "gzip" else brotli.decompress(
            body
        ) if used == "br" else body

    def same(self) -> bool:
        """True where the manifest that is public now is the one that was public when this was asked before."""
        status, body = self.get("manifest.json", "gzip")
        before, self.public = self.public, hashlib.sha256(body).hexdigest()[:12]
        if status != 200:
            self.wrong.append(f"manifest.json: {status}")
        elif self.public not in self.manifests:
            self.manifests[self.public] = {path: entry["sha256"] for path, entry in json.loads(body)["files"].items()}
        return self.public == before and status == 200

    def look(self, path: str, encoding: str) -> None:
        """One page and everything that it needs to be shown, all from one release."""
        status, body = self.get(path.removesuffix("index.html"), encoding)
        digest = hashlib.sha256(body).hexdigest()
        releases = [name for name, files in self.expected.items() if files.get(path) == digest]
        self.pages += 1
        if status != 200 or not releases:
            self.wrong.append(f"{path} ({encoding}): {status}, {digest} is in no manifest")
            return
        if self.same() and self.manifests[self.public].get(path) != digest:
            self.wrong.append(f"{path}: {digest} is not in the manifest {self.public} that was public before and after")
        self.seen[releases[0]] = self.seen.get(releases[0], 0) + 1
        for address in {one.decode() for one in ASSET.findall(body)}:
            asset = urljoin(path, address)
            status, body = self.get(asset, encoding)
            if status != 200 or hashlib.sha256(body).hexdigest() not in {
                self.expected[name].get(asset) for name in releases
            }:
                self.wrong.append(f"{path} of {releases} with {asset}: {status}, not of that release")


def main(url: str, expected: Path, end: Path) -> dict[str, object]:
    """Read until the end."""
    reader = Reader(url, json.loads(expected.read_text(encoding="utf-8")))
    paths = sorted(set.intersection(*(set(files) for files in reader.expected.values())))
    paths = [path for path in paths if path.endswith("index.html")]
    chance = random.Random(1)
    while not end.exists():
        reader.look(chance.choice(paths), chance.choice(("gzip", "br", "identity")))
        time.sleep(PAUSE)
    counted = {
        "requests": reader.requests,
        "pages": reader.pages,
        "seen": reader.seen,
        "releases": sorted(reader.manifests),
        "slowest": round(reader.slowest, 3),
    }
    return {**counted, "violations": len(reader.wrong), "wrong": reader.wrong[:20]}


if __name__ == "__main__":
    json.dump(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])), sys.stdout)
