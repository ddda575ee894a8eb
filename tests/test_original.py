"""The published PDF beside a disclosure: what is offered, what is refused at its line, and how it reaches the site."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from build_tools.accounts.corpus.original import MAX_BYTES
from build_tools.engine import GeneratorError, build_site
from build_tools.engine.settings import site_settings
from build_tools.privacy.shared import examine_any
from build_tools.web.pages.model import Site
from build_tools.web.pages.sharing import feedback
from tests.helpers import CENTRE
from tests.support import DISCLOSURE, INFORMATION, check, make_project, repository_project

pytestmark = pytest.mark.slow

PDF = b"%PDF-1.7\n% plainly fictional\n%%EOF\n"
FOLDER = DISCLOSURE.rpartition("/")[0]


def project(root: Path, name: str, files: dict[str, str | bytes | None] | None = None) -> Path:
    """A small project whose disclosure names this original."""
    return make_project(root, {DISCLOSURE: f"{INFORMATION}  原件: {name}\n", **(files or {})})


def about(root: Path) -> list[tuple[str, bool, str, int]]:
    """Code, whether it blocks, file and line of what is told of originals."""
    return [
        (one.code, one.blocks, one.place.file, one.place.line)
        for one in check(root)[1]
        if one.code.startswith("original-")
    ]


@pytest.mark.parametrize("name", ["决算.pdf", "2020年度部门决算（公开）.PDF", "a b.pdf", "甲" * 76 + ".pdf"])
def test_a_pdf_beside_the_file_is_offered(tmp_path: Path, name: str) -> None:
    root = project(tmp_path, name, {f"{FOLDER}/{name}": PDF})
    assert about(root) == []
    assert check(root)[0][0].checked[0].disclosure.original == root / FOLDER / name


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("没有.pdf", None, "original-missing"),
        ("决算.docx", PDF, "original-name"),
        ("../department.pdf", None, "original-name"),
        ("../../../../etc/决算.pdf", None, "original-name"),
        ("/etc/决算.pdf", None, "original-name"),
        ("'C:\\决算.pdf'", None, "original-name"),
        (".决算.pdf", None, "original-name"),
        (".pdf", None, "original-name"),
        ("甲" * 117 + ".pdf", None, "original-name"),
        ("网页.pdf", b"<!DOCTYPE html>", "original-not-pdf"),
        ("空.pdf", b"", "original-not-pdf"),
        ("移位.pdf", b" " + PDF, "original-not-pdf"),
    ],
)
def test_what_cannot_be_offered_is_told_at_its_line_and_holds_nothing_back(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    root = project(tmp_path, name, {f"{FOLDER}/{name}": content} if content is not None and "/" not in name else None)
    assert about(root)[0] == (code, False, DISCLOSURE, INFORMATION.count("\n") + 1)
    assert check(root)[0][0].checked[0].disclosure.original is None


def test_the_bound_is_exact(tmp_path: Path) -> None:
    root = project(tmp_path, "决算.pdf", {f"{FOLDER}/决算.pdf": PDF})
    os.truncate(root / FOLDER / "决算.pdf", MAX_BYTES)
    assert about(root) == []
    os.truncate(root / FOLDER / "决算.pdf", MAX_BYTES + 1)
    assert [one[0] for one in about(root)] == ["original-too-large"]


def test_a_link_and_a_folder_are_no_originals(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.pdf").write_bytes(PDF)
    root = project(tmp_path / "p", "决算.pdf")
    (root / FOLDER / "决算.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    assert [one[0] for one in about(root)] == ["original-symlink"]
    (root / FOLDER / "决算.pdf").unlink()
    (root / FOLDER / "决算.pdf").mkdir()
    assert [one[0] for one in about(root)] == ["original-missing"]


def test_a_pdf_that_nobody_names_is_told(tmp_path: Path) -> None:
    root = project(tmp_path, "决算.pdf", {f"{FOLDER}/决算.pdf": PDF, f"{FOLDER}/另一份.pdf": PDF})
    assert about(root) == [("original-unused", False, f"{FOLDER}/另一份.pdf", 1)]


def test_what_a_pdf_says_is_not_read(tmp_path: Path) -> None:
    """Its digits are packed or belong to its own tables; the hint of `check --staged` says that nobody has looked."""
    number = "电话 138".encode() + b"0000" + b"1234"
    found = examine_any(PDF + number, f"{FOLDER}/决算.pdf", tmp_path)
    assert [one.blocks for one in found] == [False]
    assert [one.blocks for one in examine_any(number, f"{FOLDER}/a.txt", tmp_path)] == [True]


def test_it_comes_to_the_site_with_size_and_hash_and_follows_every_change(project_root: Path) -> None:
    """Copied as it is under a short name; a new one brings a new hash; without the line it goes."""
    folder = project_root / "data" / CENTRE / "2020"
    source, page = folder / "final-accounts.yaml", Path("site", CENTRE, "2020", "final-accounts")
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("公开信息:\n", "公开信息:\n  原件: 决算 & 说明.pdf\n", 1), encoding="utf-8")

    def built(change: Callable[[], object]) -> html.HtmlElement:
        change()
        assert build_site(project_root).site is not None
        return html.parse(project_root / page / "index.html").getroot()

    for data in (PDF, PDF + b"x" * 1_500_000):
        document = built(lambda data=data: (folder / "决算 & 说明.pdf").write_bytes(data))
        link = document.xpath("//a[contains(@href, 'original.pdf')]")[0]
        assert link.get("download") == link.text == "决算 & 说明.pdf"
        assert hashlib.sha256(data).hexdigest() in link.getparent().text_content()
        assert ("1.5 MB" if len(data) > 1_000_000 else "1 KB") in link.getparent().text_content()
        assert (project_root / page / "original.pdf").read_bytes() == data
        newest = (
            html.parse(project_root / "site" / CENTRE / "final-accounts" / "index.html")
            if (project_root / "site" / CENTRE / "final-accounts").is_dir()
            else None
        )
        assert newest is None or newest.xpath("//a[contains(@href, '2020/final-accounts/original.pdf')]")
    document = built(lambda: source.write_text(text, encoding="utf-8"))
    assert not document.xpath("//a[contains(@href, 'original.pdf')]")
    assert not (project_root / page / "original.pdf").exists()


def settings(root: Path, line: str) -> str:
    """The feedback address of a project with this line under extra."""
    path = root / "mkdocs.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("extra:\n", f"extra:\n  {line}\n"), encoding="utf-8")
    return site_settings(root).feedback


@pytest.mark.parametrize(
    ("address", "start", "end"),
    [
        (
            "mailto:office@example.gov.cn",
            "mailto:office@example.gov.cn?subject=%E7%94%B2%202020&body=https%3A%2F%2Fa.example%2Fx%2F",
            "%0A",
        ),
        ("https://a.example/form", "https://a.example/form?page=https%3A%2F%2Fa.example%2Fx%2F", "&row="),
        ("https://a.example/form?id=3#top", "https://a.example/form?id=3&page=https%3A%2F%2Fa.example%2Fx%2F", "&row="),
    ],
)
def test_feedback_carries_the_page_and_has_room_for_the_row(
    project_root: Path, address: str, start: str, end: str
) -> None:
    assert settings(project_root, f"反馈: {address}") == address
    site = Site(repository_project(), url="https://a.example/", feedback=address)
    assert feedback(site, "甲 2020", "x/") == start + end


def test_without_an_address_there_is_no_feedback(project_root: Path) -> None:
    assert settings(project_root, "反馈: ") == ""
    assert feedback(Site(repository_project(), url="https://a.example/"), "甲", "x/") == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/",
        "javascript:alert(1)",
        "mailto:nobody",
        "'https://a.example/\"x'",
        "[1]",
        "office@example.gov.cn",
    ],
)
def test_another_address_stops_the_build_with_advice(project_root: Path, address: str) -> None:
    with pytest.raises(GeneratorError, match="mailto:"):
        settings(project_root, f"反馈: {address}")
