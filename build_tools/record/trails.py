"""The contents that every data file has had on the published line, followed across renames, in one pass over git's log.

The published line is what the site is made from: the first parents of the branch that the remote has as its own, so
that commits which nobody has received yet are free to change. A merge counts as one step, as it was published.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from build_tools.calendar_china import CHINA
from build_tools.inputs import SETTINGS
from build_tools.source.repository import git

# files that are compared when a commit renames and edits at once; beyond that git still pairs what is unchanged
RENAMES = 1000
FILE = re.compile(r"data/(?P<place>[a-z0-9-]+/[a-z0-9-]+)/(?P<year>[0-9]{4})/(?P<kind>[a-z0-9-]+)\.yaml")
DEPARTMENT = re.compile(r"data/([a-z0-9-]+/[a-z0-9-]+)/department\.yaml")
HEAD = re.compile(r"\n?([0-9a-f]{40,64}) ([0-9]{1,12})")
ORDINARY = ("100644", "100755")
# the names of a department in its own file, however they are written
BORNE = re.compile("名称[\"']?: *[\"']?([^\\s,}\"']{2,60})")
SINCE = re.compile("^ +公开起始: *([0-9]{4}-[0-9]{2}-[0-9]{2}) *$".encode(), re.MULTILINE)
MOST = 200_000
# where a merge request is checked before it is merged, GitLab says what it is merged into
REQUESTED = "CI_MERGE_REQUEST_DIFF_BASE_SHA"


class Step(NamedTuple):
    """A commit after which a file was another: its place on the line, its day in China, the name of the file's contents
    in git, '' where it was deleted.
    """

    order: int
    commit: str
    day: str
    blob: str


@dataclass(frozen=True)
class Trails:
    """The steps of each file by the path that it has now or had last, oldest first; `moved` are former paths with those
    of today. `shallow` = the clone does not hold the whole history; `start` is the day from which the site is public.
    """

    root: Path = Path()
    tip: str = ""
    steps: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    shallow: bool = False
    start: str = ""

    def below(self, folder: str) -> Trails:
        """Those of the files in a folder, which is named with its last stroke."""
        kept = {path: steps for path, steps in self.steps.items() if path.startswith(folder)}
        moved = {old: new for old, new in self.moved.items() if new in kept}
        return replace(self, steps=kept, moved=moved)

    def counted(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        """The steps of a file since the site is public: those from that day on, and what stood on it."""
        before = [one for one in steps if one.day < self.start]
        return (*before[-1:], *(one for one in steps if one.day >= self.start))


NO_TRAILS = Trails()


class _Entry(NamedTuple):
    """What a commit did to a file: A, M, D or R; its path and contents before and after."""

    what: str
    old: str
    new: str
    before: str
    blob: str


def read_trails(root: Path) -> Trails:
    """Of a project folder; none where it is in no repository."""
    tip = published_tip(root)
    if not tip:
        return NO_TRAILS
    shallow = (git(root, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true"
    line = ["--first-parent", "--diff-merges=first-parent", "--reverse"]
    form = ["-z", "--raw", "--no-abbrev", "--relative", "--find-renames", f"-l{RENAMES}", "--format=%x01%H %ct"]
    told = (git(root, "log", *line, *form, tip, "--", "data") or b"").decode("utf-8", "surrogateescape")
    trails: dict[str, list[Step]] = {}
    moved: dict[str, str] = {}
    for order, (commit, day, entries) in enumerate(_commits(told)):
        _follow(trails, moved, Step(order, commit, day, ""), entries, dict(_renames(entries, root)))
    kept = {path: tuple(steps) for path, steps in trails.items()}
    return Trails(root, tip, kept, _present(moved), shallow, public_since(root, tip))


def public_since(root: Path, tip: str) -> str:
    """公开起始 under `extra:` of mkdocs.yml: what was tried before that day was not public. It can be set and moved
    back, never forward: the earliest day that was ever committed counts. '' = from the first commit.
    """
    path = root / SETTINGS
    now = SINCE.search(path.read_bytes()[:MOST]) if path.is_file() and not path.is_symlink() else None
    if not now:
        return ""
    told = git(root, "log", "--first-parent", "--format=%H", "-G", "公开起始", tip, "--", SETTINGS) or b""
    texts = [git(root, "cat-file", "blob", f"{one}:./{SETTINGS}") or b"" for one in told.decode().split()]
    found = [now, *filter(None, (SINCE.search(text) for text in texts))]
    return min(one[1].decode() for one in found)


def published_tip(root: Path) -> str:
    """The newest commit that counts as published; '' where nothing was ever committed."""
    for base in (os.environ.get(REQUESTED, ""), "refs/remotes/origin/HEAD"):
        # never taken for an option
        if base and not base.startswith("-") and (found := git(root, "merge-base", "HEAD", base)):
            return found.decode().strip()
    return (git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") or b"").decode().strip()


def _commits(told: str) -> Iterator[tuple[str, str, list[_Entry]]]:
    """Each commit of the log with its day and what it did to data files."""
    for part in told.split("\x01")[1:]:
        head, *fields = part.split("\0")
        found = HEAD.fullmatch(head)
        if found:
            day = datetime.fromtimestamp(int(found[2]), CHINA).date().isoformat()
            yield found[1], day, list(_entries(fields))


def _entries(fields: list[str]) -> Iterator[_Entry]:
    """`:mode mode blob blob M`, a path, of a rename two."""
    at = 0
    while at + 1 < len(fields):
        words = fields[at].strip("\n:").split(" ")
        if len(words) < 5:
            at += 1
            continue
        what, before, blob = words[4][:1], words[2], words[3]
        paths = fields[at + 1 : at + (3 if what == "R" else 2)]
        at += 1 + len(paths)
        if paths and any(FILE.fullmatch(one) or DEPARTMENT.fullmatch(one) for one in paths):
            # a link or a folder in the place of a file is no file
            what = what if words[1] in ORDINARY else "D"
            yield _Entry(what, paths[0], paths[-1], before, "" if what == "D" else blob)


def _follow(
    trails: dict[str, list[Step]], moved: dict[str, str], at: Step, entries: list[_Entry], renames: dict[str, str]
) -> None:
    """One commit more. A file that was deleted keeps its trail, and goes on with it where it comes back."""
    for one in entries:
        if one.new in renames.values() and FILE.fullmatch(one.new):
            old = next(old for old, new in renames.items() if new == one.new)
            steps = trails.pop(old, [])
            trails[one.new] = [*steps, at._replace(blob=one.blob)]
            moved[old] = one.new
            moved.pop(one.new, None)
    for one in entries:
        if one.what in "RD" and FILE.fullmatch(one.old) and one.old not in renames and one.old in trails:
            trails[one.old].append(at)
        if one.what != "D" and FILE.fullmatch(one.new) and one.new not in renames.values():
            moved.pop(one.new, None)
            trails.setdefault(one.new, []).append(at._replace(blob=one.blob))


def _renames(entries: list[_Entry], root: Path) -> Iterator[tuple[str, str]]:
    """Old and new path of what is the same disclosure: of the same year and kind, in one department or in one whose
    folder was renamed with this commit. Anything else that git takes for similar is another disclosure.
    """
    folders = dict(_renamed_folders(entries, root))
    renames: dict[str, str] = {}
    for one in entries:
        old, new = FILE.fullmatch(one.old), FILE.fullmatch(one.new)
        if one.what != "R" or not old or not new or (old["year"], old["kind"]) != (new["year"], new["kind"]):
            continue
        if folders.get(new["place"], new["place"]) == old["place"]:
            renames[one.old] = one.new
    yield from renames.items()
    # what was edited too much for git to see it goes with its folder
    left = {one.old for one in entries if one.what in "RD"} - renames.keys()
    for one in entries:
        new = FILE.fullmatch(one.new)
        if one.what in "RA" and new and one.new not in renames.values():
            old_path = f"data/{folders.get(new['place'], '')}/{new['year']}/{new['kind']}.yaml"
            if old_path in left:
                yield old_path, one.new


def _renamed_folders(entries: list[_Entry], root: Path) -> Iterator[tuple[str, str]]:
    """New and old folder of each department that moved with this commit: git says so of its own file, or that bears a
    name that it bore before.
    """
    gone = {found[1]: one for one in entries if one.what in "RD" and (found := DEPARTMENT.fullmatch(one.old))}
    come = {found[1]: one for one in entries if one.what in "RA" and (found := DEPARTMENT.fullmatch(one.new))}
    for place, one in come.items():
        known = [old for old, other in gone.items() if other is one]
        yield from ((place, old) for old in known)
        if not known and gone:
            names = _borne(root, one.blob)
            alike = [old for old, other in gone.items() if names & _borne(root, other.before)]
            yield from ((place, old) for old in alike[:1])


def _borne(root: Path, blob: str) -> set[str]:
    """The names of a department in a version of its file."""
    text = (git(root, "cat-file", "blob", blob) or b"")[:MOST].decode("utf-8", "replace")
    return set(BORNE.findall(text))


def _present(moved: dict[str, str]) -> dict[str, str]:
    """Former paths with the last of those that came after them."""
    found = {}
    for old in moved:
        new, met = moved[old], {old}
        while new in moved and new not in met:
            met.add(new)
            new = moved[new]
        found[old] = new
    return found
