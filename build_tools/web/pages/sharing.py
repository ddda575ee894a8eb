"""What a reader takes away from a disclosure or sends back about it: the published PDF, an address to write to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from build_tools.accounts.corpus import Disclosure
from build_tools.web.exports import Download
from build_tools.web.pages.model import Site


@dataclass(frozen=True, slots=True)
class Original:
    """The published PDF, under the name that staff gave it; `size` in bytes."""

    name: str
    size: int
    sha256: str
    download: Download


def original_file(disclosure: Disclosure, url: str) -> Original | None:
    """The PDF beside the disclosure, where there is one; its address is short and does not depend on its name. Raises
    OSError.
    """
    path = disclosure.original
    if path is None:
        return None
    data = path.read_bytes()
    download = Download(f"原件：{path.name}", f"{url}original.pdf", data)
    return Original(path.name, len(data), hashlib.sha256(data).hexdigest(), download)


def feedback(site: Site, title: str, url: str) -> str:
    """Where a reader may write to about this page, '' = nowhere. What ends it is the text to which the name of a row
    may be added.
    """
    address = site.absolute(url)
    if site.feedback.startswith("mailto:"):
        return f"{site.feedback}?subject={quote(title)}&body={quote(address, safe='')}%0A"
    if not site.feedback:
        return ""
    parts = urlsplit(site.feedback)
    query = "&".join(filter(None, (parts.query, f"page={quote(address, safe='')}", "row=")))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
