"""Releases: what is written, what is refused, what is kept, the way back, and what `verify` tells about all of it."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import shutil
import subprocess
import threading
import zlib
from pathlib import Path

import brotli
import pytest

from build_tools.cli import main
from build_tools.publish import (
    Manifest,
    ManifestError,
    PublishError,
    Source,
    existing,
    provenance,
    publish,
    rollback,
    verify,
)
from build_tools.publish import manifest as manifests
from build_tools.publish import place as places
from build_tools.publish.manifest import NAME, Entry, entry_of
from build_tools.publish.pack import OPEN, PIECES, TEXTS, opened
from build_tools.publish.place import Place
from tests.helpers import ROOT, one_disclosure
from tests.publisher import SOURCE, fill_with, leftovers, put

pytestmark = pytest.mark.slow


def quiet(holder: str) -> None:
    """Nobody waits."""


def test_what_is_written(tmp_path: Path) -> None:
    """One release, its manifest, a link to it; texts compressed beside themselves where that is shorter; readable by
    the web server.
    """
    name = put(tmp_path / "public", "甲")
    release = tmp_path / "public/releases" / name
    assert (tmp_path / "public/current").resolve() == release
    assert os.readlink(tmp_path / "public/current") == f"releases/{name}"
    record = json.loads((release / NAME).read_bytes())
    assert record["commit"] == SOURCE.commit
    assert record["versions"] == SOURCE.versions
    files = {path.relative_to(release).as_posix(): path for path in release.rglob("*") if path.is_file()}
    assert record["files"].keys() == files.keys() - {NAME}
    assert {path: Entry(**record["files"][path]) for path in record["files"]} == {
        path: entry_of(files[path].read_bytes()) for path in record["files"]
    }
    plain = (release / "甲/表.csv").read_bytes()
    assert gzip.decompress((release / "甲/表.csv.gz").read_bytes()) == plain
    assert brotli.decompress((release / "甲/表.csv.br").read_bytes()) == plain
    assert not {"assets/picture.png.gz", "tiny.txt.gz", "tiny.txt.br", "empty.css.br"} & files.keys()
    assert {oct(path.stat().st_mode & 0o777) for path in files.values()} == {"0o644"}
    assert {oct(path.stat().st_mode & 0o777) for path in [release, *release.rglob("*")] if path.is_dir()} == {"0o755"}
    assert len({path.stat().st_mtime for path in files.values()}) == 1


def test_the_same_bytes_for_the_same_site(tmp_path: Path) -> None:
    """Also compressed, so that two machines publish what can be compared."""
    for to in ("a", "b"):
        put(tmp_path / to, "甲")
    assert verify(tmp_path / "a").manifest.files == verify(tmp_path / "b").manifest.files


def test_a_name_says_when_and_what(tmp_path: Path) -> None:
    """In order however quickly they follow each other, so that no two have one Last-Modified; the end is the manifest's
    digest.
    """
    names = [put(tmp_path / "public", mark) for mark in "甲乙丙"]
    assert names == sorted(names)
    assert len({name.split("-")[0] for name in names}) == 3
    for name in names:
        data = (tmp_path / "public/releases" / name / NAME).read_bytes()
        assert name.split("-")[1] == manifests.fingerprint(data)


def test_what_has_not_changed_keeps_its_time(tmp_path: Path) -> None:
    """So that a browser need not fetch it again; what has changed gets a later one."""
    first, second = (tmp_path / "public/releases" / put(tmp_path / "public", mark) for mark in "甲乙")
    for path in ("same.html", "same.html.br"):
        assert (second / path).stat().st_mtime == (first / path).stat().st_mtime
    for path in ("index.html", "index.html.gz"):
        assert (second / path).stat().st_mtime > (first / path).stat().st_mtime
    assert (second / "same.html").stat().st_ino != (first / "same.html").stat().st_ino


def test_a_spoilt_neighbour_is_not_carried_on(tmp_path: Path) -> None:
    """Compressed files of the public release are used again only while they are what its manifest says."""
    first = tmp_path / "public/releases" / put(tmp_path / "public", "甲")
    (first / "same.html.br").write_bytes(b"defaced")
    (first / "same.html.gz").unlink()
    put(tmp_path / "public", "乙")
    assert brotli.decompress((tmp_path / "public/current/same.html.br").read_bytes()) == b"<p>same" * 40
    assert verify(tmp_path / "public").sound


def test_the_same_site_again(tmp_path: Path) -> None:
    """Nothing new; after a rollback the release that is there; a spoilt one is written anew."""
    to = tmp_path / "public"
    first = put(to, "甲")
    assert put(to, "甲") == first
    second = put(to, "乙")
    rollback(to, None, quiet)
    done = publish(to, fill_with("乙"), SOURCE, quiet)
    assert done is not None
    assert (done.name, done.fresh, done.moved) == (second, False, True)
    (to / "current/index.html").write_bytes(b"defaced")
    third = put(to, "乙")
    assert third not in (first, second)
    assert verify(to).sound
    assert put(to, "乙") == third
    other = publish(to, fill_with("乙"), Source("1" * 40, False, SOURCE.versions), quiet)
    assert other is not None
    assert other.fresh


def test_the_last_ones_are_kept(tmp_path: Path) -> None:
    """As many as asked for, and always the public one and the one before it."""
    to = tmp_path / "public"
    names = [put(to, mark, 2) for mark in "甲乙丙"]
    assert Place(to).names() == names[1:]
    rollback(to, names[1], quiet)
    done = publish(to, fill_with("丁"), SOURCE, quiet, 1)
    assert done is not None
    assert Place(to).names() == [names[1], done.name]
    assert done.removed == (names[2],)


def test_assets_outlive_their_release(tmp_path: Path) -> None:
    """A page of the release before, or after, finds its styles as long as that release is kept."""
    to = tmp_path / "public"
    for mark in "甲乙":
        put(to, mark)
    styles = {path.name for path in (to / "shared").rglob("*.css")}
    assert len(styles) == 2
    put(to, "丙", 1)
    assert {path.name for path in (to / "shared").rglob("*.css")} & styles == {
        path.name for path in (to / "releases" / Place(to).names()[0] / "assets").glob("*.css")
    }
    shutil.rmtree(to / "shared/assets")
    rollback(to, None, quiet)
    assert verify(to).sound is False
    put(to, "丁", 1)
    assert verify(to).sound


def test_a_build_that_fails_touches_nothing(tmp_path: Path) -> None:
    """Whether it says so or breaks off."""
    to = tmp_path / "public"
    name = put(to, "甲")

    def broken(folder: Path) -> bool:
        (folder / "index.html").write_text("half", encoding="utf-8")
        raise RuntimeError

    assert publish(to, lambda folder: False, SOURCE, quiet) is None
    with pytest.raises(RuntimeError):
        publish(to, broken, SOURCE, quiet)
    assert Place(to).names() == [name]
    assert leftovers(to) == []
    assert verify(to).sound


def test_what_the_disk_gives_back_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is not what was written keeps the release from becoming one."""
    to = tmp_path / "public"
    name = put(to, "甲")
    settle = places.sync

    def rot(path: Path) -> None:
        settle(path)
        if path.name == NAME:
            (path.parent / "index.html").write_bytes(b"rotten")

    monkeypatch.setattr("build_tools.publish.release.sync", rot)
    with pytest.raises(PublishError, match="读回来不一样"):
        put(to, "乙")
    assert Place(to).names() == [name]
    assert leftovers(to) == []


@pytest.mark.parametrize("name", ["链接.html", NAME])
def test_what_cannot_be_part_of_a_site(tmp_path: Path, name: str) -> None:
    """Links lead out of a release; the manifest's name is taken."""

    def fill(folder: Path) -> bool:
        (folder / "index.html").write_text("甲", encoding="utf-8")
        (folder / name).symlink_to("/etc/passwd") if name != NAME else (folder / name).write_text(
            "{}", encoding="utf-8"
        )
        return True

    with pytest.raises(PublishError, match=name):
        publish(tmp_path / "public", fill, SOURCE, quiet)
    assert Place(tmp_path / "public").names() == []


def test_a_compressed_stranger_is_replaced(tmp_path: Path) -> None:
    """Who lays `index.html.br` into the content would be served instead of the page."""

    def fill(folder: Path) -> bool:
        (folder / "index.html").write_bytes(b"<p>page" * 50)
        (folder / "index.html.br").write_bytes(b"stranger")
        (folder / "x.txt").write_bytes(b"x")
        (folder / "x.txt.gz").write_bytes(b"stranger")
        (folder / "archive.gz").write_bytes(b"own")
        return True

    assert publish(tmp_path / "public", fill, SOURCE, quiet)
    assert brotli.decompress((tmp_path / "public/current/index.html.br").read_bytes()) == b"<p>page" * 50
    assert not (tmp_path / "public/current/x.txt.gz").exists()
    assert (tmp_path / "public/current/archive.gz").read_bytes() == b"own"
    assert verify(tmp_path / "public").sound


@pytest.mark.parametrize("strange", ["index.html", "data/x.yaml", "current/index.html", "releases/x/y"])
def test_a_folder_that_is_not_ours(tmp_path: Path, strange: str) -> None:
    """Nothing in it is touched, not even where part of it looks like ours."""
    to = tmp_path / "public"
    (to / strange).parent.mkdir(parents=True)
    (to / strange).write_text("theirs", encoding="utf-8")
    if strange.startswith("releases"):
        (to / "notes.txt").write_text("theirs", encoding="utf-8")
    before = sorted(to.rglob("*"))
    with pytest.raises(PublishError, match="里有别的文件"):
        put(to, "甲")
    assert sorted(to.rglob("*")) == before
    with pytest.raises(PublishError, match="没有发布过"):
        existing(to)


def test_a_file_laid_beside_later_is_left_alone(tmp_path: Path) -> None:
    """Once the folder is ours, a note of whoever is on duty does not stop a publication; nor does a file among the
    releases.
    """
    to = tmp_path / "public"
    (to / "lost+found").mkdir(parents=True)
    put(to, "甲", 1)
    for name in ("note.txt", "releases/note.txt"):
        (to / name).write_text("?", encoding="utf-8")
    for mark in "乙丙":
        put(to, mark, 1)
    assert (to / "note.txt").is_file()
    assert (to / "releases/note.txt").is_file()


def test_no_folder_above(tmp_path: Path) -> None:
    """A slip of the pen does not become a new place of publication."""
    with pytest.raises(PublishError, match="没有文件夹"):
        put(tmp_path / "no" / "public", "甲")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PublishError, match="里有别的文件"):
        put(tmp_path / "file", "甲")


def test_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits and knows for whom; in the end it is refused, or its turn comes."""
    to = tmp_path / "public"
    put(to, "甲")
    monkeypatch.setattr(places, "WAIT", 0.3)
    told: list[str] = []
    with (to / "lock").open("r+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(PublishError, match="另一次发布还没有结束"):
            publish(to, fill_with("乙"), SOURCE, told.append)
        monkeypatch.setattr(places, "WAIT", 30)
        threading.Timer(0.3, lambda: fcntl.flock(other, fcntl.LOCK_UN)).start()
        assert publish(to, fill_with("乙"), SOURCE, told.append)
    assert f"进程 {os.getpid()}" in told[0]


def test_a_lost_link_is_laid_again(tmp_path: Path) -> None:
    """Whatever became of `current`, a publication or a rollback puts it right."""
    to = tmp_path / "public"
    name = put(to, "甲")
    (to / "current").unlink()
    assert put(to, "甲") == name
    assert verify(to).sound
    (to / "current").unlink()
    (to / "current").symlink_to("releases/gone")
    assert rollback(to, None, quiet).name == name
    assert verify(to).sound


def test_rollback(tmp_path: Path) -> None:
    """One back, one more, to a name or its beginning or its digits; never to what is not whole."""
    to = tmp_path / "public"
    with pytest.raises(PublishError, match="没有发布过"):
        rollback(to, None, quiet)
    first, second, third = (put(to, mark) for mark in "甲乙丙")
    assert rollback(to, None, quiet).name == second
    assert rollback(to, None, quiet).name == first
    with pytest.raises(PublishError, match="没有更早的一版"):
        rollback(to, None, quiet)
    assert rollback(to, third.split("-")[1], quiet).before == first
    assert rollback(to, third, quiet).moved is False
    with pytest.raises(PublishError, match="没有一版叫"):
        rollback(to, "1999", quiet)
    with pytest.raises(PublishError, match="有几版叫"):
        rollback(to, "20", quiet)
    (to / "releases" / second / "index.html").write_bytes(b"defaced")
    with pytest.raises(PublishError, match="没有回退"):
        rollback(to, second, quiet)
    (to / "releases" / first / NAME).unlink()
    with pytest.raises(PublishError, match="没有回退"):
        rollback(to, first, quiet)
    assert Place(to).public() == third


def test_verify_tells_what_differs(tmp_path: Path) -> None:
    """Missing, altered and added, among the files, the shared assets and in the manifest itself."""
    to = tmp_path / "public"
    name = put(to, "甲")
    release = to / "releases" / name
    style = next((to / "shared").rglob("*.css"))
    (release / "甲/表.csv").unlink()
    (release / "index.html.br").write_bytes(b"defaced")
    (release / "new.html").write_bytes(b"x")
    (release / "same.html").unlink()
    (release / "same.html").symlink_to("/etc/passwd")
    (release / "link").symlink_to("/etc")
    style.write_bytes(b"defaced")
    (style.parent / "more.0123456789ab.js").write_bytes(b"x")
    found = verify(to)
    assert found.missing == ("甲/表.csv",)
    assert found.altered == ("index.html.br", "same.html", f"shared/assets/{style.name}")
    assert found.added == ("link", "new.html", "shared/assets/more.0123456789ab.js")
    assert verify(to / "current") == verify(release)
    assert not verify(release).sound


def test_without_a_home_page_nothing_is_published_nor_sound(tmp_path: Path) -> None:
    """Whatever its manifest lists: a site that nobody finds the beginning of is none."""
    to = tmp_path / "public"
    release = to / "releases" / put(to, "甲")

    def fill(folder: Path) -> bool:
        (folder / "guide.html").write_text("<p>", encoding="utf-8")
        return True

    with pytest.raises(PublishError, match="没有首页"):
        publish(to, fill, SOURCE, quiet)
    told = json.loads((release / NAME).read_text(encoding="utf-8"))
    assert "index.html" in told["files"]
    told["files"] = {path: entry for path, entry in told["files"].items() if not path.startswith("index.html")}
    bare = tmp_path / "bare"
    shutil.copytree(release, bare, symlinks=True)
    for path in bare.glob("index.html*"):
        path.unlink()
    (bare / NAME).write_text(json.dumps(told), encoding="utf-8")
    assert verify(bare).missing == ("index.html",)


def test_a_publication_meanwhile_is_no_defacement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies about while somebody publishes is looked at again; what stays is told in the end."""
    to = tmp_path / "public"
    put(to, "甲")
    monkeypatch.setattr("build_tools.publish.verifying.PAUSE", 0.2)
    unfinished = to / "shared" / f"{places.NEW}x.css"
    unfinished.touch()
    with (to / "lock").open("r+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        threading.Timer(0.3, unfinished.unlink).start()
        assert verify(to).sound
        unfinished.touch()
        assert verify(to).added == (f"shared/{unfinished.name}",)


def test_a_rewritten_manifest_is_noticed(tmp_path: Path) -> None:
    """Whoever alters a page and the list with it has not altered the release's name."""
    to = tmp_path / "public"
    release = to / "releases" / put(to, "甲")
    record = json.loads((release / NAME).read_bytes())
    (release / "index.html").write_bytes(b"defaced")
    record["files"]["index.html"] = {"sha256": entry_of(b"defaced").sha256, "size": 7}
    (release / NAME).write_text(json.dumps(record), encoding="utf-8")
    assert verify(to).altered == (NAME,)
    copy = tmp_path / "copy"
    shutil.copytree(release, copy)
    assert verify(copy).sound


RECORD = {
    "format": 1,
    "released": "2026-01-01T00:00:00+08:00",
    "commit": None,
    "uncommitted_changes": False,
    "versions": {},
    "files": {},
}


def entry(**other: object) -> dict[str, object]:
    """A list with one file, of which something is wrong."""
    return {**RECORD, "files": {"a": {"sha256": "0" * 64, "size": 1, **other}}}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"null",
        b"[" * 100_000,
        json.dumps({**RECORD, "format": 2}).encode(),
        json.dumps({**RECORD, "files": []}).encode(),
        json.dumps({**RECORD, "versions": {"a": 1}}).encode(),
        json.dumps({**RECORD, "commit": 1}).encode(),
        json.dumps({**RECORD, "released": None}).encode(),
        *(
            json.dumps({**RECORD, "files": {path: {"sha256": "0" * 64, "size": 1}}}).encode()
            for path in ("", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "a\\b", "a\0b", NAME)
        ),
        *(
            json.dumps(entry(**one)).encode()
            for one in (
                {"size": -1},
                {"size": True},
                {"size": "1"},
                {"sha256": "0" * 63},
                {"sha256": 1},
                {"sha256": "g" * 64},
            )
        ),
        json.dumps({**RECORD, "files": {"a": []}}).encode(),
    ],
)
def test_a_manifest_of_a_stranger(data: bytes) -> None:
    """Refused in words, whatever it is; nothing leads out of the release."""
    with pytest.raises(ManifestError, match=r"[\u4e00-\u9fff]"):
        manifests.read(data)


def test_a_manifest_survives_the_file() -> None:
    """Read back as it was."""
    one = Manifest("2026-01-01T00:00:00+08:00", Source("a", True, {"x": "1"}), {"甲/a b.html": Entry("0" * 64, 3)})
    assert manifests.read(manifests.write(one)) == one
    assert one.size == 3


def test_where_a_site_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit of the folder, also inside a hook; whether something is in no commit; versions of what is
    installed.
    """
    assert provenance(tmp_path).commit is None
    project = one_disclosure(tmp_path / "root")
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@example.invalid", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *arguments], cwd=project, check=True)
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    source = provenance(project)
    assert len(source.commit or "") == 40
    assert not source.changed
    assert {"python", "mingzhang", "mkdocs", "jinja2"} <= source.versions.keys()
    (project / "site").mkdir()
    (project / "site/x").touch()
    assert not provenance(project).changed
    (project / "data/note.yaml").touch()
    assert provenance(project).changed


def test_texts_are_what_the_site_consists_of(site: Path) -> None:
    """Nothing that the build writes as text is left uncompressed."""
    # of Pagefind's own files the smallest stay as it packs them
    binary = {".png", "", ".pf_fragment"}
    assert {path.suffix for path in site.rglob("*") if path.is_file()} <= TEXTS | PIECES | binary
    assert zlib.decompress(gzip.compress(b"x", 9, mtime=0), 31) == b"x"


class Said:
    """The program run inside this process, and what it said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        """Exit status, output, errors."""
        status = main([str(one) for one in arguments])
        return status, *self.capsys.readouterr()


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Publish, again, change, list, go back, verify: what each says."""
    say, root, to = Said(capsys), one_disclosure(tmp_path / "root"), tmp_path / "public"
    status, out, _ = say("--root", root, "publish", "--to", to)
    assert status == 0
    first = Place(to).names()[0]
    assert f"已发布 {first}：" in out
    assert "没有提交号（不是 git 仓库）" in out
    assert not (to / "current/.mingzhang").exists()
    assert not (root / "site").exists()
    assert "完全相同，没有新建" in say("--root", root, "publish", "--to", to)[1]
    (root / "content/guide.md").write_text("# 另一页\n", encoding="utf-8")
    out = say("publish", "--root", root, "--to", to, "--keep", "1")[1]
    second = Place(to).names()[1]
    assert f"原来是 {first}；要退回去：mingzhang rollback --to {to} {first}" in out
    status, out, _ = say("releases", "--to", to)
    assert [line[: 2 + len(first)] for line in out.splitlines()[:2]] == [f"→ {second}", f"  {first}"]
    status, out, _ = say("rollback", "--to", to)
    assert status == 0
    assert f"现在公开的是 {first}" in out
    assert "没有改动" in say("rollback", "--to", to, first)[1]
    assert say("rollback", "--to", to, "x")[0] == 2
    status, out, _ = say("verify", to)
    assert status == 0
    assert "全部与清单一致。" in out
    for number in range(30):
        (to / f"current/{number:02}.html").touch()
    status, out, _ = say("verify", to)
    assert status == 1
    assert "多出：00.html\n" in out
    assert "多出的还有 10 个，没有列出" in out


def test_what_has_errors_is_held_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As in `build`: the disclosure alone; and where nothing can be built, nothing is published."""
    say, root, to = Said(capsys), one_disclosure(tmp_path / "root"), tmp_path / "public"
    file = next((root / "data").rglob("final-accounts.yaml"))
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace("本年支出合计: 108.06", "本年支出合计: 188.06", 1), encoding="utf-8")
    assert file.read_text(encoding="utf-8") != sound
    status, out, _ = say("--root", root, "publish", "--to", to)
    assert status == 1
    assert "有错误、没有发布的公开文件 1 份" in out
    page = next((to / "current").rglob("2020/final-accounts/index.html")).read_text(encoding="utf-8")
    assert "188.06" not in page
    name = Place(to).public()
    (root / "forms").mkdir()
    (root / "forms/broken.yaml").write_text("key: 坏表\nslug: broken\n", encoding="utf-8")
    status, out, error = say("--root", root, "publish", "--to", to)
    assert status == 2
    assert "错误[form-mistake]" in out
    assert "没有发布，公开的网站没有改动" in error
    assert Place(to).names() == [name]


@pytest.mark.parametrize("command", ["build", "publish", "pipeline"])
def test_the_exit_status_stands_in_the_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """For whoever writes a script around it."""
    with pytest.raises(SystemExit):
        main([command, "--help"])
    shown = "".join(capsys.readouterr().out.split())
    assert (
        "退出状态：0没有错误；1有错误，有错误的公开文件不发布，其余照常发布；2什么都没有发布，原来的网站没有改动。"
        in shown
    )


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("data/public", "项目自己的文件夹"),
        ("site", "项目自己的文件夹"),
        (".", "项目自己的文件夹"),
        ("..", "项目自己的文件夹"),
    ],
)
def test_not_into_the_project(tmp_path: Path, capsys: pytest.CaptureFixture[str], to: str, words: str) -> None:
    """What the build replaces or reads holds no releases."""
    root = one_disclosure(tmp_path / "root")
    status, _, error = Said(capsys)("--root", root, "publish", "--to", root / to)
    assert status == 2
    assert words in error


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["publish"], "缺少：--to"),
        (["publish", "--to", "x", "--keep", "0"], "--keep 的值“0”不对"),
        (["publish", "--to", "x", "--keep", "-1"], "--keep"),
        (["verify"], "缺少：目录或网址"),
    ],
)
def test_a_call_that_cannot_be_meant(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    """In Chinese."""
    with pytest.raises(SystemExit):
        main(arguments)
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["releases", "--to"], ["rollback", "--to"], ["verify"]])
def test_a_folder_where_nothing_was_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    """Said so, and nothing made there."""
    for folder in (tmp_path, tmp_path / "not-there", ROOT / "docs"):
        status, _, error = Said(capsys)(*arguments, folder)
        assert status == 2
        assert "没有" in error
    assert list(tmp_path.iterdir()) == []


def test_the_pieces_of_the_search_are_opened(site: Path, tmp_path: Path) -> None:
    """So that brotli can pack them smaller; whatever else bears such a name is published as it is."""
    odd = {
        "a.pf_index": b"no piece",
        "b.pf_meta": gzip.compress(b"other"),
        "c.pagefind": b"",
        "d.pf_index": gzip.compress(OPEN + b"x")[:-9],
    }

    def fill(folder: Path) -> bool:
        shutil.copytree(site / "search", folder / "search")
        shutil.copy(site / "index.html", folder)
        for name, data in odd.items():
            (folder / name).write_bytes(data)
        return True

    published = publish(tmp_path / "to", fill, SOURCE, quiet)
    assert published is not None
    release = tmp_path / "to/current"
    pieces = [path for path in (site / "search").rglob("*") if path.suffix in PIECES]
    assert {path.suffix for path in pieces} == PIECES
    packed = here = 0
    for path in pieces:
        plain, name = opened(path.read_bytes()), path.relative_to(site)
        assert plain.startswith(OPEN)
        assert (release / name).read_bytes() == plain
        assert (
            gzip.decompress((release / f"{name}.gz").read_bytes())
            == brotli.decompress((release / f"{name}.br").read_bytes())
            == plain
        )
        packed, here = packed + (release / f"{name}.br").stat().st_size, here + path.stat().st_size
    assert packed < here * 0.95
    assert {name: (release / name).read_bytes() for name in odd} == odd
