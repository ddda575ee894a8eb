"""Whatever was changed, and however often, what is built on top of the last site is what a build from nothing gives.

And what lies in the cache is believed only where it is whole and belongs to this very site.
"""

from __future__ import annotations

import os
import pickle
import random
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from benchmarks.district import LAST, LIKE, make
from benchmarks.emit import Pen
from benchmarks.names import SLUG, units
from build_tools.engine import build_site, compile, site, staging, writing
from build_tools.engine.department import compile_department
from build_tools.engine.reading import PROVED, forms_key, found_clean, proved_forms, read
from build_tools.engine.record import read_record
from build_tools.engine.staging import MARK, PLAN
from build_tools.engine.task import Compiled, Setup, Task
from build_tools.forms import Forms, load_forms
from build_tools.inputs import inputs_of, key_of, seal, unsealed
from build_tools.privacy.digits import identity_check
from build_tools.web.pages.model import Page
from tests.shared import make_once
from tests.support import contents

pytestmark = pytest.mark.slow

STEPS = 5
# a number of a person without its last digit, in a region that there is not
MADE_UP = "99010119900101001"
Change = Callable[[Path, random.Random], None]


def two_departments(folder: Path) -> None:
    """Two departments with two years, of which each is held against the one before."""
    make(folder, units(2, 1), range(LAST - 1, LAST + 1), Pen(True), 1, LIKE)


@pytest.fixture
def unbuilt(tmp_path: Path) -> Path:
    """The project as it is before its first build."""
    two_departments(found := tmp_path / "root")
    return found


@pytest.fixture
def root(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with its site and its cache, built once for the run and copied for each test."""

    def build(folder: Path) -> None:
        two_departments(folder)
        assert build_site(folder).built

    made = make_once(tmp_path_factory, "two-departments", build)
    shutil.copytree(made, found := tmp_path / "root", symlinks=True)
    return found


def built(root: Path) -> dict[str, bytes]:
    """The site after a build on top of what is there."""
    assert (found := build_site(root).site) is not None  # noqa: RUF018
    return contents(found)


def anew(root: Path, folder: Path) -> dict[str, bytes]:
    """The site from nothing, with nothing to go by."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("site", ".cache", ".site.*"))
    (into := folder / "site").mkdir()
    assert build_site(folder, into).built
    return contents(into)


def files(root: Path, pattern: str) -> list[Path]:
    """Files of data in order."""
    return sorted((root / "data" / SLUG).rglob(pattern))


def replaced(path: Path, old: str, new: str) -> None:
    """The same file with one text changed, where it is there."""
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def a_figure(root: Path, dice: random.Random) -> None:
    """A total that no longer adds up: the disclosure is held back."""
    path = dice.choice(files(root, "final-accounts.yaml"))
    replaced(path, "本年收入合计: ", f"本年收入合计: {dice.randint(1, 9)}")


def a_word(root: Path, dice: random.Random) -> None:
    """A summary in other words."""
    replaced(dice.choice(files(root, "*.yaml")), "摘要: ", f"摘要: 第{dice.randint(1, 99)}次改。")


def a_draft(root: Path, dice: random.Random) -> None:
    """A disclosure that is withdrawn, or comes back."""
    path = dice.choice(files(root, "*/20??/*.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("状态: 可公开", "状态: 草稿")
        if "状态: 可公开" in text
        else text.replace("状态: 草稿", "状态: 可公开"),
        encoding="utf-8",
    )


def removed(root: Path, dice: random.Random) -> None:
    """A file that goes."""
    dice.choice(files(root, "*/20??/*.yaml")).unlink()


def added(root: Path, dice: random.Random) -> None:
    """A department that comes."""
    path = dice.choice(files(root, "department.yaml")).parent
    shutil.copytree(path, path.with_name(f"new-{dice.randint(1, 9999)}"))


def renamed(root: Path, dice: random.Random) -> None:
    """A department at another address."""
    path = dice.choice(files(root, "department.yaml")).parent
    path.rename(path.with_name(f"moved-{dice.randint(1, 9999)}"))


def another_name(root: Path, dice: random.Random) -> None:
    """A department with another name."""
    path = dice.choice(files(root, "department.yaml"))
    replaced(path, "名称: 示例县", f"名称: 示例县第{dice.randint(1, 99)}")


def a_page(root: Path, dice: random.Random) -> None:
    """A hand-written page that comes, changes or goes."""
    path = root / "content" / "extra.md"
    if path.exists() and dice.random() < 0.5:
        path.unlink()
    else:
        path.write_text(f"# 附页\n\n第{dice.randint(1, 99)}版\n", encoding="utf-8")


def broken(root: Path, dice: random.Random) -> None:
    """A file that is no YAML any more."""
    path = dice.choice(files(root, "self-evaluation.yaml") or files(root, "*/20??/*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "：\n\t坏了", encoding="utf-8")


def years(root: Path, dice: random.Random) -> None:
    """Another year that the site collects, which every department's row shows."""
    path = root / "data" / SLUG / "district.yaml"
    replaced(path, f"年度: {LAST}", f"年度: {LAST + dice.randint(1, 2)}")


CHANGES: tuple[Change, ...] = (a_figure, a_word, a_draft, removed, added, renamed, another_name, a_page, broken, years)


@pytest.mark.parametrize("seed", [1, 2])
def test_any_sequence_of_changes_gives_what_a_build_from_nothing_gives(root: Path, tmp_path: Path, seed: int) -> None:
    """Byte for byte, file for file."""
    dice = random.Random(seed)
    built(root)
    for _ in range(STEPS):
        changes = dice.sample(CHANGES, dice.randint(1, 2))
        for change in changes:
            if len(files(root, "*/20??/*.yaml")) > 2:
                change(root, dice)
        assert built(root) == anew(root, tmp_path / "anew"), changes


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The departments that were compiled, in order."""
    found: list[str] = []

    def watched(task: Task) -> Compiled:
        found.append(task.department)
        return compile_department(task)

    monkeypatch.setattr(compile, "compile_department", watched)
    return found


def test_only_what_has_changed_is_made(unbuilt: Path, compiled: list[str]) -> None:
    """Nothing for nothing; one department for one file; all for a template's sake."""
    root = unbuilt
    before = built(root)
    first, second = compiled
    stamps = {path: path.stat().st_ino for path in (root / "site").rglob("*") if path.is_file()}
    assert built(root) == before
    assert compiled == [first, second]
    assert {path: path.stat().st_ino for path in (root / "site").rglob("*") if path.is_file()} == stamps
    a_word_in = files(root, f"{second}/*/final-accounts.yaml")[0]
    replaced(a_word_in, "摘要: ", "摘要: 改了。")
    assert built(root) != before
    assert compiled == [first, second, second]
    replaced(root / "mkdocs.yml", "site_url: https://", "site_url: https://other.")
    built(root)
    assert compiled == [first, second, second, first, second]


def test_of_a_department_only_the_year_and_the_next_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what spans the years; nothing above the departments for a word that is told nowhere else."""
    make(root := tmp_path / "root", units(1, 1), range(LAST - 3, LAST + 1), Pen(True), 1, LIKE)
    before = built(root)
    pages: list[str] = []
    real = writing.write_page

    def watched(page: Page, setup: Setup, tools: writing.Workshop) -> None:
        pages.append(page.url)
        real(page, setup, tools)

    monkeypatch.setattr(writing, "write_page", watched)
    replaced(files(root, f"*/{LAST - 2}/final-accounts.yaml")[0], "摘要: ", "摘要: 改了。")
    assert built(root) != before
    disclosures = {url.split("/")[2] for url in pages if url.count("/") == 4 and "/projects/" not in url}
    assert disclosures == {str(LAST - 2), str(LAST - 1)}
    assert not [url for url in pages if url.startswith(("checks/", "sections/", "quality/")) or url.count("/") == 1]


def spoil_kept(root: Path) -> None:
    """A kept department in which one letter was changed."""
    for path in (root / ".cache" / "build" / SLUG).rglob("*.bin"):
        data = path.read_bytes()
        path.write_bytes(data[:-40] + b"X" + data[-39:])


def spoil_seal(root: Path) -> None:
    """A kept department that is whole and says something else than what it should be."""
    for path in (root / ".cache" / "build" / SLUG).rglob("*.bin"):
        seal(path, msgspec.msgpack.encode(["x", {}]))


def spoil_record(root: Path) -> None:
    """A record that is none."""
    (root / ".cache" / "build" / "site.bin").write_bytes(b"\x80\x04.")


def other_site(root: Path) -> None:
    """A site that another build has made: its files differ, and one more lies there."""
    (root / "site" / MARK).write_text("0" * 32, encoding="utf-8")
    (root / "site" / "index.html").write_text("别的", encoding="utf-8")
    (root / "site" / "left.html").write_text("剩下的", encoding="utf-8")


def nothing_kept(root: Path) -> None:
    """A cache that was cleared away."""
    shutil.rmtree(root / ".cache")


def no_site(root: Path) -> None:
    """A site that was cleared away."""
    shutil.rmtree(root / "site")


@pytest.mark.parametrize(
    "spoil", [spoil_kept, spoil_seal, spoil_record, other_site, nothing_kept, no_site], ids=lambda one: one.__name__
)
def test_what_is_not_whole_is_made_again(root: Path, spoil: Callable[[Path], None]) -> None:
    """The site is right whatever has become of the cache, and a change is seen."""
    before = built(root)
    spoil(root)
    assert built(root) == before


class Evil:
    """Something that is run when it is read."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        """As a file from elsewhere may have it."""
        return os.system, ("touch evil",)


@pytest.mark.parametrize(
    "kept", [b"", b"garbage", pickle.dumps(Evil()), pickle.dumps({"forms": ()}), pickle.dumps(Decimal(1))]
)
def test_nothing_but_forms_comes_out_of_kept_forms(kept: bytes, unbuilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where its hash and its key are right."""
    root = unbuilt
    monkeypatch.chdir(root)
    before = built(root)
    inputs = inputs_of(root)
    assert isinstance(proved_forms(root, inputs), Forms)
    seal(root / ".cache" / PROVED, forms_key(inputs).encode() + kept)
    assert proved_forms(root, inputs) is None
    replaced(files(root, "final-accounts.yaml")[0], "摘要: ", "摘要: 改了。")
    assert built(root) != before
    assert not (root / "evil").exists()
    assert isinstance(proved_forms(root, inputs), Forms)


def test_kept_forms_are_those_that_were_read(root: Path) -> None:
    """And no others are kept than those that were there when it was asked what there is."""
    built(root)
    found = proved_forms(root, inputs_of(root))
    assert found is not None
    loaded, findings = load_forms([folder for folder in (root / "forms",) if folder.is_dir()])
    assert not findings
    assert repr(found) == repr(loaded)
    (root / "forms").mkdir(exist_ok=True)
    (root / "forms" / "more.yaml").write_text("", encoding="utf-8")
    assert proved_forms(root, inputs_of(root)) is None


def test_a_process_reads_forms_anew_only_where_they_have_changed(root: Path) -> None:
    """A preview builds again and again; what it knows of its forms is as good as what it would read."""
    built(root)
    first, second = read(root, inputs_of(root)).forms, read(root, inputs_of(root)).forms
    assert second is first
    (root / "forms").mkdir(exist_ok=True)
    (root / "forms" / "more.yaml").write_text("", encoding="utf-8")
    assert read(root, inputs_of(root)).forms is not first


def test_what_everybody_shares_is_looked_through_again_when_it_changes(root: Path) -> None:
    """What was clean is not any more; and taken back, it is."""
    built(root)
    assert found_clean(root, inputs_of(root))
    (note := root / "data" / SLUG / "note.txt").write_text(f"证件 {MADE_UP}{identity_check(MADE_UP)}", encoding="utf-8")
    assert not found_clean(root, inputs_of(root))
    assert any(one.code.startswith("privacy-") for one in build_site(root).findings)
    assert not found_clean(root, inputs_of(root))
    note.unlink()
    assert found_clean(root, inputs_of(root))
    (root / "privacy.yaml").write_text("", encoding="utf-8")
    assert not found_clean(root, inputs_of(root))


def test_the_generators_output_is_that_of_the_pages_as_they_are(root: Path) -> None:
    """Its key is kept by what it was made of, and not believed where it is none."""
    before = built(root)
    place = root / ".cache" / "shell.key"
    asked = unsealed(place).split()[0]
    for found in (b"0" * 24, b"../../elsewhere", b"x y z"):
        seal(place, asked + b" " + found)
        assert built(root) == before
    a_page(root, random.Random(1))
    assert "extra/index.html" in built(root)


def test_a_record_cannot_reach_out_of_the_site(root: Path) -> None:
    """A name in it that leads elsewhere makes it worthless; nothing outside is touched."""
    before = built(root)
    (precious := root / "precious.txt").write_text("原样", encoding="utf-8")
    told = msgspec.msgpack.decode(unsealed((cache := root / ".cache" / "build") / "site.bin"))
    for name in ("../precious.txt", f"{precious}"):
        seal(cache / "site.bin", msgspec.msgpack.encode({**told, "files": [*told["files"], name]}))
        assert read_record(cache, root / "site") is None
        assert built(root) == before
    assert precious.read_text(encoding="utf-8") == "原样"


@pytest.mark.parametrize("after", [0, 1, 7, 15])
def test_a_build_that_is_stopped_while_it_moves_is_finished_by_the_next(
    root: Path, tmp_path: Path, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped at any file: the next run ends with the same site, whatever it has to build itself."""
    built(root)
    replaced(files(root, "department.yaml")[0], "名称: 示例县", "名称: 示例县新")
    moved = 0
    real = staging.place

    def stopped(path: Path, target: Path, folder: Path) -> None:
        nonlocal moved
        if moved >= after:
            raise KeyboardInterrupt
        moved += 1
        real(path, target, folder)

    with monkeypatch.context() as patch:
        patch.setattr(staging, "place", stopped)
        with pytest.raises(KeyboardInterrupt):
            build_site(root)
    assert (root / ".site.new" / PLAN).is_file()
    assert (root / "site" / MARK).read_text(encoding="utf-8") == ""
    assert built(root) == anew(root, tmp_path / "anew")
    assert not (root / ".site.new").exists()


def test_a_build_that_fails_leaves_the_site(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also after departments were compiled and kept: the next build makes what the site does not have."""
    before = built(root)
    replaced(files(root, "final-accounts.yaml")[0], "摘要: ", "摘要: 改了。")
    with monkeypatch.context() as patch:
        patch.setattr(compile, "write_above", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            build_site(root)
    assert contents(root / "site") == before
    assert not (root / ".site.new").exists()
    assert any("改了。".encode() in data for data in built(root).values())


def test_what_was_saved_while_it_was_read_and_taken_back_is_not_shown(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is that of the words before, the page has those in between; the next build must not take the one for the
    other.
    """
    built(root)
    path = files(root, "final-accounts.yaml")[0]
    replaced(path, "摘要: ", "摘要: 改了。")

    def meanwhile(task: Task) -> Compiled:
        replaced(path, "摘要: 改了。", "摘要: 又改了。")
        return compile_department(task)

    with monkeypatch.context() as patch:
        patch.setattr(compile, "compile_department", meanwhile)
        assert any("又改了。".encode() in data for data in built(root).values())
    replaced(path, "摘要: 又改了。", "摘要: 改了。")
    assert not any("又改了。".encode() in data for data in built(root).values())


def test_a_folder_that_holds_nothing_and_a_link_to_a_folder_count(tmp_path: Path) -> None:
    """Both are told of by a build, so that one which goes by what has changed must not miss them."""
    (data := tmp_path / "data" / "county").mkdir(parents=True)
    (data / "district.yaml").write_text("名称: 县\n", encoding="utf-8")
    keys = [key_of([], inputs_of(tmp_path).files)]
    (data / "Empty").mkdir()
    keys.append(key_of([], inputs_of(tmp_path).files))
    (tmp_path / "content").symlink_to(data)
    keys.append(key_of([], inputs_of(tmp_path).files))
    (data / "Empty" / "x").touch()
    keys.append(key_of([], inputs_of(tmp_path).files))
    assert len({*keys}) == len(keys)


def test_of_all_files_those_of_a_folder_are_found_by_its_name(tmp_path: Path) -> None:
    """Also where another folder's name begins with it."""
    for name in ("a/district.yaml", "a/b/x.yaml", "a/b/2020/y.yaml", "a/b-2/x.yaml", "a/b0.yaml", "a/bb/x.yaml"):
        (path := tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    inputs = inputs_of(tmp_path)
    assert [name for name, _ in inputs.below("data/a/b/")] == ["data/a/b/2020/y.yaml", "data/a/b/x.yaml"]
    assert [name for name, _ in inputs.at("data/a/district.yaml")] == ["data/a/district.yaml"]
    assert inputs.at("data/a/district") == ()
    assert [name for name, _ in inputs.named(r"data/[^/]+/district\.yaml")] == ["data/a/district.yaml"]


def test_a_file_becomes_a_folder_and_back(tmp_path: Path) -> None:
    """What is in the way goes."""
    (new := tmp_path / ".site.new").mkdir()
    (folder := tmp_path / "site").mkdir()
    (folder / "a").write_text("文件", encoding="utf-8")
    (folder / "b").mkdir()
    (folder / "b" / "c").write_text("里面的", encoding="utf-8")
    (new / "a").mkdir()
    (new / "a" / "x").write_text("新", encoding="utf-8")
    (new / "b").write_text("新", encoding="utf-8")
    staging.move_in(new, folder, ["b/c", "gone/away"], "标记")
    assert {name: data.decode() for name, data in contents(folder).items()} == {"a/x": "新", "b": "新"}
    assert (folder / MARK).read_text(encoding="utf-8") == "标记"
    assert sorted(site.files_of(folder)) == ["a/x", "b"]
