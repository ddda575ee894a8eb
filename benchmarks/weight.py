"""What a browser fetches before a page stands there: its HTML with every style sheet and script that it names,
compressed as `publish` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from lxml import html

from build_tools.publish.pack import COMPRESSORS

DISCLOSURES = ("final-accounts", "performance-targets", "self-evaluation", "evaluation-report")


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of a page, of its styles and of its scripts, packed one way."""

    page: int
    styles: int
    scripts: int

    @property
    def all(self) -> int:
        """Everything."""
        return self.page + self.styles + self.scripts


def weigh(site: Path, url: str, pack: Callable[[bytes], bytes]) -> Weight:
    """One page of a site. Raises OSError where what it names is not there."""
    name = f"{url}/index.html"
    found = html.fromstring((site / name).read_text(encoding="utf-8"))
    styles = found.xpath("//link[@rel='stylesheet']/@href")
    scripts = found.xpath("//script[@src]/@src")
    sizes = [sum(len(pack((site / urljoin(name, one)).read_bytes())) for one in some) for some in (styles, scripts)]
    return Weight(len(pack((site / name).read_bytes())), *sizes)


def weights(site: Path) -> Mapping[str, tuple[Weight, Weight]]:
    """The middle and the heaviest page of each kind of disclosure, by gzip and by brotli."""
    found = {}
    for kind in DISCLOSURES:
        pages = sorted(site.glob(f"*/*/[0-9]*/{kind}/index.html"), key=lambda path: path.stat().st_size)
        for which, path in (("middle", pages[len(pages) // 2]), ("heaviest", pages[-1])) if pages else ():
            url = path.parent.relative_to(site).as_posix()
            found[f"{kind}, {which}"] = (weigh(site, url, COMPRESSORS[".gz"]), weigh(site, url, COMPRESSORS[".br"]))
    return found
