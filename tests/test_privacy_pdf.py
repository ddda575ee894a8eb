"""What a published PDF says is looked at; one that cannot be read is told, and none can stop or slow the check."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from build_tools.cli import main
from build_tools.engine import build_site
from build_tools.privacy import pdf
from build_tools.privacy.pdf import BROKEN, ENDLESS, SCANNED, WHY, examine_pdf, read_pdf
from build_tools.privacy.shared import examine_any, examine_shared
from tests.helpers import CENTRE
from tests.support import DISCLOSURE, INFORMATION, check, make_project

MOBILE = "138" + "0000" + "1234"
ORIGINAL = "data/x/y/2020/original.pdf"
Reading = list[bytes]


def document(*pages: str, content: bytes | None = None, more: bytes = b"") -> bytes:
    """A PDF with a line on each page; `content` in place of the first page's own, `more` in its trailer."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        line = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode()
        font = b"/Resources << /Font << /F1 3 0 R >> >>"
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] %s /Contents %d 0 R >>" % (font, 5 + 2 * number),
            content if content and not number else b"<< /Length %d >>\nstream\n%s\nendstream" % (len(line), line),
        ]
    return joined(objects, more)


def joined(objects: Sequence[bytes], more: bytes) -> bytes:
    """Objects as a file with its table."""
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(places))
    return out + table + b"trailer << /Root 1 0 R /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, more, len(out))


ENCRYPTED = document(
    "a",
    more=b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (b"11" * 32, b"22" * 32),
)
BOMB_DATA = zlib.compress(b"\0" * 300_000_000, 9)
BOMB = document(
    "a", content=b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(BOMB_DATA), BOMB_DATA)
)
HOSTILE = {
    "cut": document("a")[:200],
    "empty": b"%PDF-1.7\n",
    "noise": b"%PDF-1.7\n" + os.urandom(5000),
    "itself": document("a").replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
    "own parent": document("a").replace(b"/Parent 2 0 R", b"/Parent 4 0 R"),
    "deep": b"%PDF-1.7\n1 0 obj\n" + b"[" * 300_000 + b"\nendobj\nstartxref\n9\n%%EOF",
    "many": document("a").replace(b"/Count 1", b"/Count 999999999"),
    "bomb": BOMB,
    "encrypted": ENCRYPTED,
}
# a slip that readers look past
MENDED = (HOSTILE["own parent"], HOSTILE["many"])


def test_a_number_is_found_with_its_page(tmp_path: Path) -> None:
    found = examine_any(document("total 12.00", f"tel {MOBILE}"), "content/a.pdf", tmp_path)
    assert [(one.code, one.place.file, one.blocks) for one in found] == [
        ("privacy-mobile-number", "content/a.pdf", True)
    ]
    assert found[0].message.startswith("第 2 页：")
    assert MOBILE not in found[0].message


def test_what_is_said_of_the_file_and_noted_on_it_counts_as_well(tmp_path: Path) -> None:
    assert examine_pdf(document("a", more=b"/Info << /Author (%s) >>" % MOBILE.encode()), "a.pdf", tmp_path)
    noted = document("a").replace(
        b"/MediaBox",
        b"/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 1 1] /Contents (%s) >>] /MediaBox" % MOBILE.encode(),
    )
    assert [one.code for one in examine_pdf(noted, "a.pdf", tmp_path)] == ["privacy-mobile-number"]


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_a_hint_in_time(data: bytes, tmp_path: Path) -> None:
    started = time.monotonic()
    found = examine_pdf(data, "content/a.pdf", tmp_path)
    assert time.monotonic() - started < 3 * pdf.SECONDS
    assert [(one.code, one.blocks) for one in found] == ([] if data in MENDED else [("privacy-pdf-unread", False)])


def test_what_was_not_read_is_told_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_pdf(document("a")) == ("a\f", "")
    assert read_pdf(document(""))[1] == SCANNED
    assert read_pdf(ENCRYPTED)[1] == WHY[pdf.ENCRYPTED]
    assert read_pdf(HOSTILE["cut"])[1] == WHY[BROKEN]
    monkeypatch.setattr(pdf, "READER", "while True: pass")
    monkeypatch.setattr(pdf, "SECONDS", 0.2)
    assert read_pdf(document("a")) == ("", ENDLESS)


def test_an_original_with_a_number_is_told_and_not_offered(project_root: Path) -> None:
    """The figures stand without it."""
    folder = project_root / "data" / CENTRE
    file = next(iter(sorted(folder.glob("*/final-accounts.yaml"))))
    text = file.read_text(encoding="utf-8")
    (file.parent / "original.pdf").write_bytes(document(f"tel {MOBILE}"))
    file.write_text(text.replace("公开信息:\n", "公开信息:\n  原件: original.pdf\n", 1), encoding="utf-8")
    outcome = build_site(project_root)
    assert outcome.site is not None
    assert [one.code for one in outcome.findings if one.code.startswith("privacy-")] == ["privacy-mobile-number"]
    assert not list(outcome.site.rglob("*.pdf"))
    assert not any(one.held for one in outcome.departments)


def test_a_file_in_content_stops_the_build_and_an_acknowledged_one_does_not(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    (root / "content").mkdir(exist_ok=True)
    (root / "content/a.pdf").write_bytes(document(f"tel {MOBILE}"))
    assert [one.code for one in examine_shared(root)] == ["privacy-mobile-number"]
    entry = "隐私确认:\n  - {文件: content/a.pdf, 内容: 138****1234, 位置: 全文, 理由: 对外公布的值班手机}\n"
    (root / "privacy.yaml").write_text(entry, encoding="utf-8")
    assert examine_shared(root) == []


def test_a_clean_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what it holds, wherever it lies; one with a number is told again and again."""
    root = make_project(tmp_path, {DISCLOSURE: INFORMATION, ORIGINAL: document("total 12.00")})
    (root / ".cache").mkdir(exist_ok=True)
    read: Reading = []
    monkeypatch.setattr(pdf, "read_pdf", lambda data: read.append(data) or read_pdf(data))
    for _ in range(3):
        check(root)
    assert len(read) == 1
    (root / ORIGINAL).write_bytes(document(f"tel {MOBILE}"))
    for number in (2, 3):
        assert "privacy-mobile-number" in {one.code for one in check(root)[1]}
        assert len(read) == number
    assert MOBILE.encode() not in b"".join(path.read_bytes() for path in (root / ".cache").rglob("*") if path.is_file())


def test_a_build_with_nothing_changed_reads_none(
    project_root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project_root / "content/a.pdf").write_bytes(document(""))
    main(["build", "--root", str(project_root)])
    first = capsys.readouterr().out
    assert "privacy-pdf-unread" in first
    monkeypatch.setattr(pdf, "read_pdf", lambda data: pytest.fail("read again"))
    main(["build", "--root", str(project_root)])
    assert "privacy-pdf-unread" in capsys.readouterr().out
    # something else changed
    with (project_root / "content/guide.md").open("a", encoding="utf-8") as stream:
        stream.write("\n又一行。\n")
    main(["build", "--root", str(project_root)])
    assert "privacy-pdf-unread" in capsys.readouterr().out
