"""Which folders and files of a project are read.

Names of folders and files become addresses, so only plain ones are accepted; symbolic links could lead out of the
folder and are refused.
"""

from __future__ import annotations

import re
from pathlib import Path

from build_tools.accounts.corpus.by_hand import linked, show, told
from build_tools.accounts.corpus.model import District
from build_tools.accounts.corpus.taken import taken_name
from build_tools.diagnostics import Finding, Place
from build_tools.privacy import named, private_in_name, unreadable

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_NAME = 60
LEFT_BY_PROGRAMS = ("README.md", "Thumbs.db", "desktop.ini")
NAMING = "文件夹和文件名只用小写英文字母、数字和连字符，如 business-environment-centre"


def entries(folder: Path, root: Path, findings: list[Finding]) -> list[Path]:
    """What a folder holds, sorted, without hidden files, notes for people, symbolic links and names with numbers of
    persons in them (which are reported, as is a folder that cannot be read).
    """
    found: list[Path] = []
    try:
        for path in sorted(folder.iterdir()):
            if path.name.startswith((".", "~$")) or path.name in LEFT_BY_PROGRAMS:
                continue
            if private_in_name(told(path.name)):
                findings.append(named(show(path, root), path.is_dir()))
            elif path.is_symlink():
                findings.append(linked(path, root))
            else:
                found.append(path)
    except OSError as error:
        findings.append(unreadable(show(folder, root), error))
        return []
    return found


def folders(parent: Path, root: Path, findings: list[Finding]) -> list[Path]:
    """The well-named folders inside one; anything else is reported."""
    found = []
    for path in entries(parent, root, findings):
        if not path.is_dir():
            if path.name not in ("district.yaml", "department.yaml"):
                hint = "公开文件放在 区县/部门/年度/ 之下，如 data/shifeng/…/2020/final-accounts.yaml"
                findings.append(
                    Finding("path-unexpected", f"这里不该有文件“{told(path.name)}”", Place(show(path, root)), hint=hint)
                )
        elif not NAME.fullmatch(path.name) or len(path.name) > MAX_NAME:
            findings.append(
                Finding("path-name", f"文件夹名“{told(path.name)}”不能用作网址", Place(show(path, root)), hint=NAMING)
            )
        elif parent == root / "data" and path.name != "reference" and (taken := taken_name(path, root)):
            findings.append(taken)
        else:
            found.append(path)
    return found


def departments_of(district: District, root: Path, findings: list[Finding]) -> list[Path]:
    """The department folders of a district, in order of their names."""
    met: list[Finding] = []
    found = folders(root / "data" / district.slug, root, met)
    findings += [finding for finding in met if finding not in district.findings]
    return found
