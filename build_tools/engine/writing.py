"""A page as a value → a file in its folder: what that takes is made ready once in each process, and what stands already
is left alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from build_tools.accounts.corpus import Project, read_project
from build_tools.engine.generator import shell_path
from build_tools.engine.task import Group, Setup
from build_tools.engine.timing import each, phase
from build_tools.fast import fold
from build_tools.resources import TEMPLATES
from build_tools.source import line_reader
from build_tools.web.narrative import forget_templates
from build_tools.web.page import Renderer
from build_tools.web.pages.model import Page, Site
from build_tools.web.search import Stub, stub_of
from build_tools.web.shell import BODY, CRUMBS, DEPTHS, DESCRIPTION, HEAD, HEADING, TITLE, TOC, Shell, bake, fill


@dataclass(frozen=True, slots=True)
class Workshop:
    """The same as in `Setup`, made ready for use."""

    project: Project
    site: Site
    renderer: Renderer
    shells: dict[int, Shell]


# what this process has ready: one build at a time
READY: dict[Setup, Workshop] = {}


def workshop(setup: Setup, project: Project | None = None) -> Workshop:
    """The workshop of a build, made once in each process; a forked one finds it ready."""
    if setup not in READY:
        READY.clear()
        forget_templates()
        project = project or read_project(setup.root, setup.today, sound=True)
        shells = {depth: bake(shell_path(setup.generated, depth).read_text(encoding="utf-8")) for depth in DEPTHS}
        settings = setup.settings
        site = Site(
            project,
            setup.preview,
            settings.progress,
            settings.url,
            settings.feedback,
            settings.column_type,
            settings.own,
        )
        READY[setup] = Workshop(
            project, site, Renderer(TEMPLATES, project.reference, line_reader(setup.root), site.own), shells
        )
    return READY[setup]


def write_group(pages: Iterable[Page], key: str, setup: Setup, tools: Workshop) -> Group:
    """Write pages and the files beside them."""
    urls: list[str] = []
    files: list[str] = []
    stubs: list[Stub | None] = []
    for page in each("说明、证书和数据文件", pages):
        write_page(page, setup, tools)
        urls.append(page.url)
        files += files_beside(page)
        stubs.append(stub_of(page))
    return Group(key, tuple(urls), tuple(files), fold(stubs))


def files_beside(page: Page) -> list[str]:
    """What a page brings with it; the page without a year leads to the files of its year."""
    return [
        *(one.url for one in page.downloads),
        *filter(None, (page.portable if not page.canonical else "", page.embed)),
    ]


def write_page(page: Page, setup: Setup, tools: Workshop) -> None:
    """A page and the files beside it."""
    with phase("页面"):
        text = finish(page, tools)
    with phase("写文件"):
        write(setup, f"{page.url}index.html", text)
        for download in page.downloads:
            write(setup, download.url, download.data)
    if page.portable and not page.canonical:
        with phase("单文件网页"):
            text = tools.renderer.portable(page, tools.site.absolute(page.url), setup.settings.notice)
        write(setup, page.portable, text)
    if page.embed:
        address, base = tools.site.absolute(page.url), "../" * page.url.count("/")
        write(setup, page.embed, tools.renderer.charts_alone(page, base, address, setup.settings.notice))


def finish(page: Page, tools: Workshop) -> str:
    """One page: its own HTML in the slots of the shell."""
    depth, renderer = page.url.count("/"), tools.renderer
    base = "../" * depth
    texts = {TITLE: page.title, DESCRIPTION: page.description, HEADING: page.title}
    blocks = {
        BODY: renderer.body(page, base),
        TOC: renderer.part("parts/toc.html.j2", base, toc=page.toc),
        CRUMBS: renderer.part("parts/crumbs.html.j2", base, crumbs=page.crumbs),
        HEAD: renderer.part(
            "parts/head.html.j2", base, canonical=tools.site.absolute(page.canonical or page.url), page=page
        ),
    }
    return fill(tools.shells[depth], texts, blocks)


def write(setup: Setup, name: str, content: str | bytes) -> None:
    """A file with exactly this text or these bytes, its folder made where needed; nothing where it stands so in the
    site.
    """
    data = content.encode() if isinstance(content, str) else content
    if not stands(setup, name, data):
        # a path in words: there are tens of thousands, and of a small file the library's paths would take a third of
        # the time
        path = f"{setup.out}/{name}"
        try:
            put(path, data)
        except FileNotFoundError:
            # most have a folder by now, and asking for it costs as much as writing a small file
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            put(path, data)


def put(path: str, data: bytes) -> None:
    """The file with these bytes."""
    with open(path, "wb", buffering=0) as file:  # noqa: PTH123 - see above
        file.write(data)


def stands(setup: Setup, name: str, data: bytes) -> bool:
    """True where the shown site has this file with exactly these bytes."""
    if not setup.standing:
        return False
    path = f"{setup.shown}/{name}"
    # asked for every file of a department that has changed
    return os.path.isfile(path) and not os.path.islink(path) and Path(path).read_bytes() == data  # noqa: PTH113, PTH114
