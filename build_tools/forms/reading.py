"""Reading a declaration: the few moves that turn a tree into typed values, with a finding wherever it does not fit.

The same mistakes happen to those who write forms as to those who fill them, so they get the same kind of answer:
a place, and the word that was probably meant.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from collections.abc import Mapping as Named

from build_tools.diagnostics import Finding, Place
from build_tools.source import Entry, Mapping, Node, Scalar, Sequence

Findings = list[Finding]
# what forms once said and is now counted or said elsewhere
RETIRED = {
    "line": "行次由系统按次序编排；删去 line，新的行写 after: 上一行 或 before: 下一行",
    "lines": "行次的起止由系统编排；删去 lines",
    "number": "栏次由系统按次序编排；删去 number",
    "region": "地区只写在模板里（region: 湖南）",
    "years": "年度只写在模板里（from: 2024）",
}


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant. Of two characters one may be wrong: 合记 for 合计."""
    matches = difflib.get_close_matches(word[:60], list(known), n=1, cutoff=0.5 if len(word) == 2 else 0.6)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str | None:
    """A hint that names the nearest known word, or else lists what there is."""
    known = list(known)
    match = nearest(word, known)
    if match:
        return f"是不是“{match}”？"
    return otherwise or (f"可以写：{'、'.join(known[:12])}{'……' if len(known) > 12 else ''}" if known else None)


def wrong(findings: Findings, place: Place, message: str, hint: str | None = None) -> None:
    """A mistake in a form."""
    findings.append(Finding("form-mistake", message, place, hint=hint))


def members(
    node: Node | None, what: str, allowed: Iterable[str], needed: Iterable[str], findings: Findings, at: Place
) -> dict[str, Node]:
    """The entries of a mapping by key; unknown and missing keys are mistakes."""
    if not isinstance(node, Mapping):
        wrong(findings, node.place if node else at, f"{what}应写成“键: 值”的一组")
        return {}
    allowed = list(allowed)
    found: dict[str, Node] = {}
    for entry in node.entries:
        if entry.key.text in allowed:
            found[entry.key.text] = entry.value
        else:
            wrong(
                findings,
                entry.key.place,
                f"{what}里没有“{entry.key.text}”这一项",
                RETIRED.get(entry.key.text) or did_you_mean(entry.key.text, allowed),
            )
    for key in needed:
        if key not in found:
            wrong(findings, node.place, f"{what}缺少“{key}”")
    return found


def text(found: Named[str, Node], key: str, findings: Findings, default: str = "") -> str:
    """A scalar's text."""
    node = found.get(key)
    if node is None:
        return default
    if not isinstance(node, Scalar):
        wrong(findings, node.place, f"“{key}”应是一段文字")
        return default
    return node.text.strip()


def choice(found: Named[str, Node], key: str, options: Iterable[str], findings: Findings, default: str) -> str:
    """A scalar that is one of a few words."""
    value = text(found, key, findings, default)
    options = list(options)
    if value not in options:
        wrong(findings, found[key].place, f"“{key}”不能是“{value}”", did_you_mean(value, options))
        return default
    return value


def whole(found: Named[str, Node], key: str, findings: Findings) -> int | None:
    """A whole number."""
    value = text(found, key, findings)
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 6):
        wrong(findings, found[key].place, f"“{key}”应是整数，不是“{value}”")
        return None
    return int(value)


def items(node: Node | None, what: str, findings: Findings) -> tuple[Node, ...]:
    """The items of a list; nothing at all is an empty list."""
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        wrong(findings, node.place, f"{what}应是一个列表")
        return ()
    return node.items


def texts(node: Node | None, what: str, findings: Findings) -> tuple[str, ...]:
    """A list of texts; a single text counts as a list of one."""
    if isinstance(node, Scalar):
        return (node.text.strip(),)
    found = []
    for item in items(node, what, findings):
        if isinstance(item, Scalar):
            found.append(item.text.strip())
        else:
            wrong(findings, item.place, f"{what}的每一项应是一段文字")
    return tuple(found)


def year(found: Named[str, Node], key: str, findings: Findings, default: int) -> int:
    """A year of four digits."""
    value = whole(found, key, findings)
    if value is not None and not 1900 <= value <= 2999:
        wrong(findings, found[key].place, f"“{key}”应是四位数的年度，不是“{value}”")
        return default
    return default if value is None else value


def entries(node: Node | None, what: str, findings: Findings) -> tuple[Entry, ...]:
    """The entries of a mapping whose keys the form's author chooses."""
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        wrong(findings, node.place, f"{what}应写成“键: 值”的一组")
        return ()
    return node.entries
