"""The hand-written pages as they came out of the generator, beside the finished site: where their links lead, what they
ask for by comments, whether another page has their address.

Links are judged by what is there in the end, so that those into compiled pages count like any other. The generator
itself would only warn, and nobody reads that in a pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from html import unescape
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

from build_tools.accounts.corpus.by_hand import MARKDOWN, folded, missing_home, taken
from build_tools.diagnostics import Finding
from build_tools.engine.menu import dead_ends, files_at
from build_tools.engine.refusal import place_of
from build_tools.engine.task import Setup
from build_tools.forms import did_you_mean

# what a page may ask for: `<!-- mingzhang: districts -->`
FRAGMENTS = ("districts", "coverage", "glossary", "newest", "sections", "feed", "example", "states")
HOME = "index.html"
# of the rest of a page the theme is the author
ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
ASKED = re.compile(r"\s*mingzhang\b\s*[:：]?(.*)", re.DOTALL)
LINKS = {"a": "href", "img": "src", "audio": "src", "video": "src", "source": "src", "iframe": "src"}
IDS = re.compile(r'\s(?:id|name)="([^"]*)"')
# how an address may stand in Markdown and in HTML
BEFORE = ("](", "](<", "]: ", 'href="', 'src="', "<", "")


class Seen(HTMLParser):
    """Addresses and comments of a page, in their order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.comments: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A link or a picture."""
        self.links += [value for name, value in attrs if value and name == LINKS.get(tag)]

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self.comments.append(data)


def examine_written(
    setup: Setup, by_generator: Sequence[Path], compiled: Iterable[str], names: Collection[str]
) -> list[Finding]:
    """What is wrong with the hand-written pages and with the menu, `names` being all files of the site and `compiled`
    those that are not the generator's. Where only a part of a site is made, no link is asked for.
    """
    root, files = setup.root, frozenset(names)
    sources = {one.as_posix(): file for one in by_generator if (file := _source_of(one, root))}
    findings = [] if HOME in files else [missing_home()]
    findings += _replaced(sources, compiled)
    for name, file in sources.items():
        if not name.endswith(".html"):
            continue
        html = (setup.generated / name).read_text(encoding="utf-8")
        seen = Seen(found[0] if (found := ARTICLE.search(html)) else html)
        findings += _unknown(dict.fromkeys(seen.comments), file, root)
        if setup.settings.menu is not None:
            findings += _broken(dict.fromkeys(seen.links), name, file, setup, files)
    return findings + list(dead_ends(setup.settings.menu or (), files, root))


def _source_of(page: Path, root: Path) -> str:
    """The file of `content/` that became this file of the generator; '' where it is made by itself."""
    name = PurePosixPath(page.as_posix())
    stems = (name.parent / "index", name.parent / "README", name.parent, name.with_suffix(""))
    texts = [f"{stem}{suffix}" for stem in stems for suffix in MARKDOWN] if name.suffix == ".html" else []
    return next((f"content/{one}" for one in (str(name), *texts) if (root / "content" / one).is_file()), "")


def _replaced(sources: dict[str, str], compiled: Iterable[str]) -> Iterator[Finding]:
    """Files of `content/` that the compiler would write over: at their address stands another page of the site."""
    mine = {folded(name): file for name, file in sources.items()}
    for name in compiled:
        if file := mine.get(folded(name)):
            yield taken(file, f"系统生成的 {name.removesuffix('index.html')}")


def _unknown(comments: Iterable[str], file: str, root: Path) -> Iterator[Finding]:
    """Comments that ask for what there is not."""
    for comment in comments:
        asked = ASKED.fullmatch(comment)
        if asked and comment not in [f" mingzhang: {name} " for name in FRAGMENTS]:
            name = asked[1].strip()
            hint = f"写成 <!-- mingzhang: {name} -->" if name in FRAGMENTS else did_you_mean(name, FRAGMENTS)
            said = f"不认识注释“{' '.join(comment.split())[:60]}”，这里会是空白"
            yield Finding("comment-unknown", said, place_of(root, file, f"<!--{comment}-->"), hint=hint)


def _broken(links: Iterable[str], name: str, file: str, setup: Setup, files: frozenset[str]) -> Iterator[Finding]:
    """Links of a page whose file or part is not there."""
    for link in links:
        target = _target(link, name, setup.settings.url)
        if target is None:
            continue
        there = next((one for one in files_at(target[0]) if one in files), "")
        part = target[1]
        if there and (not part or part in _parts(there, setup)):
            continue
        if there:
            said, hint = f"链接“{link[:80]}”指向的页面里，没有“{part[:40]}”这一处", "核对 # 后面的标题锚点"
        else:
            said = f"链接“{link[:80]}”指向的，网站上没有"
            hint = "核对文件名和路径；路径从这个文件算起，如 guide.md"
        # the generator has made addresses of the names of files
        place = place_of(setup.root, file, link, unquote(link), f"#{part}" if part else "", before=BEFORE)
        yield Finding("link-missing", said, place, hint=hint)


def _target(link: str, name: str, site: str) -> tuple[str, str] | None:
    """The file or folder of the site that a link of a page means, and the part of it; None for another site or a
    program.
    """
    try:
        parts = urlsplit(link)
    except ValueError:
        return "?", ""
    if parts.scheme or parts.netloc:
        return None
    path, part = unquote(parts.path), unquote(parts.fragment)
    if not path:
        return name, part
    if path.startswith("/"):
        return normpath(path.removeprefix(urlsplit(site).path.rstrip("/"))).strip("/"), part
    found = normpath(join(str(PurePosixPath(name).parent), path))
    return "" if found == "." else found, part


def _parts(name: str, setup: Setup) -> frozenset[str]:
    """The names of parts of a page of the new site, which may stand in the shown one already."""
    places = [folder / name for folder in (setup.out, setup.shown) if folder]
    page = next((path for path in places if path.is_file()), None)
    if page is None or page.suffix != ".html":
        return frozenset()
    return frozenset(map(unescape, IDS.findall(page.read_text(encoding="utf-8"))))
