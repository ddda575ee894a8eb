"""The YAML files of a folder of forms, sorted by what they declare: forms, templates, regions.

A file holds one of them; a template may bring the variants that it needs. Each is then laid over what it is based on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from build_tools.diagnostics import Finding, Place
from build_tools.forms import reading as r
from build_tools.forms.overlay import overlay
from build_tools.source import Entry, Mapping, Node, Parsed, Scalar, Sequence, parse, read_bytes

# what a template says of itself alone, not of those that are based on it
UNINHERITED = ("template", "based_on", "from", "known", "until", "optional", "variants")
# what was meant to be a file of forms, as Windows or an editor names it
MISNAMED = re.compile(r"\.ya?ml(\.\w+)?", re.IGNORECASE)
HIDDEN = (".", "~")
RENAME = "改名为 ….yaml（小写）；不用的移出 forms/"


@dataclass(frozen=True, slots=True)
class DraftTemplate:
    """A template over its base. `own` are the variants that it or its base brings, by the key of their table."""

    name: str
    tree: Mapping
    own: dict[str, str]


@dataclass(frozen=True, slots=True)
class Declared:
    """Forms by the name of their variant, templates by their names, regions whose forms are another's."""

    forms: dict[str, Mapping] = field(default_factory=dict)
    templates: dict[str, DraftTemplate] = field(default_factory=dict)
    regions: list[Mapping] = field(default_factory=list)


def read_folder(folder: Path, findings: r.Findings) -> list[Mapping]:
    """The trees of every YAML file in a folder, in order of their names."""
    trees = []
    for path in sorted(folder.rglob("*")):
        if path.suffix != ".yaml" and not path.name.startswith(HIDDEN) and MISNAMED.search(path.name):
            place = Place(path.relative_to(folder.parent).as_posix())
            findings.append(Finding("path-name", f"“{path.name}”没有读：表样文件以 .yaml 结尾", place, hint=RENAME))
        if path.suffix != ".yaml":
            continue
        parsed = _parse_once(read_bytes(path), path.relative_to(folder.parent).as_posix())
        findings += parsed.findings
        if parsed.root is not None:
            trees.append(parsed.root)
    return trees


@lru_cache(maxsize=256)
def _parse_once(data: bytes, file: str) -> Parsed:
    """A preview and a test read the same forms again and again: about a fifth of the time of loading them."""
    return parse(data, file)


def sort_declarations(trees: Iterable[Mapping], findings: r.Findings) -> Declared:
    """What each tree declares, laid over its base. A base is named by its `variant`, or by its key if it has none."""
    declared, templates = Declared(), dict[str, Mapping]()
    for tree in trees:
        if tree.get("template"):
            _put(templates, word(tree, "template"), tree, findings, "每个模板要有自己的名称")
        elif tree.get("same_as"):
            declared.regions.append(tree)
        else:
            name = word(tree, "variant") or word(tree, "key")
            _put(declared.forms, name, tree, findings, "变体要写 variant，名称不能重复")
    for name in templates:
        _settle(name, templates, declared, findings, ())
    settled = {name: declared.templates[name] for name in templates}
    declared.templates.clear()
    declared.templates.update(settled)
    written = dict(declared.forms)
    for name, tree in written.items():
        declared.forms[name] = _over_base(tree, written, findings, (name,))
    return declared


def _put(found: dict[str, Mapping], name: str, tree: Mapping, findings: r.Findings, hint: str) -> None:
    """Under a name that nobody else has."""
    if name in found:
        r.wrong(findings, tree.place, f"“{name}”已经声明过（{found[name].file}）", hint)
    found[name] = tree


def _over_base(tree: Mapping, named: dict[str, Mapping], findings: r.Findings, seen: tuple[str, ...]) -> Mapping:
    """Follow `based_on` to its end."""
    base = word(tree, "based_on")
    if not base:
        return tree
    if base not in named or base in seen:
        message = (
            f"based_on 转了圈：{' → '.join((*seen[seen.index(base) :], base))}"
            if base in seen
            else f"没有叫“{base}”的表"
        )
        r.wrong(findings, (tree.get("based_on") or tree).place, message, r.did_you_mean(base, named))
        return tree
    return overlay(_over_base(named[base], named, findings, (*seen, base)), tree, findings)


def _settle(
    name: str, written: dict[str, Mapping], declared: Declared, findings: r.Findings, seen: tuple[str, ...]
) -> DraftTemplate:
    """A template over its base, its variants among the forms."""
    if name in declared.templates:
        return declared.templates[name]
    tree, base = written[name], word(written[name], "based_on")
    below: DraftTemplate | None = None
    if base and (base not in written or base in (*seen, name)):
        r.wrong(
            findings,
            (tree.get("based_on") or tree).place,
            f"没有可以依据的模板“{base}”",
            r.did_you_mean(base, (one for one in written if one != name)),
        )
    elif base:
        below = _settle(base, written, declared, findings, (*seen, name))
    own = dict(below.own) if below else {}
    merged = tree
    if below:
        entries = tuple(one for one in below.tree.entries if one.key.text not in UNINHERITED)
        merged = overlay(below.tree._replace(entries=entries), tree, findings)
    draft = DraftTemplate(name, merged, own)
    for node in r.items(tree.get("variants"), "variants", findings):
        if isinstance(node, Mapping):
            _bring(node, draft, below, declared, findings)
        else:
            r.wrong(findings, node.place, "variants 的每一项应是一张表的变体")
    declared.templates[name] = draft
    return draft


def _bring(
    node: Mapping, draft: DraftTemplate, below: DraftTemplate | None, declared: Declared, findings: r.Findings
) -> None:
    """A variant that stands in a template's file: without `based_on` it changes the table that the base has."""
    based = word(node, "based_on")
    key = word(node, "key") or key_of(based, declared.forms)
    said: dict[str, str] = {}
    if not based and below and not node.get("blocks" if node.get("slug") else "slug"):
        tables = {key_of(name, declared.forms): name for name in table_names(below.tree)}
        based = below.own.get(key) or tables.get(key, "")
        if not based:
            place = (node.get("key") or node).place
            r.wrong(findings, place, f"所依据的模板里没有“{key}”", r.did_you_mean(key, tables))
            return
        said["based_on"] = based
    variant = word(node, "variant") or f"{key}（{draft.name}）"
    said |= {"key": key, "provenance": word(draft.tree, "provenance")}
    _put(declared.forms, variant, _saying(node, said), findings, "变体要写 variant，名称不能重复")
    draft.own[key] = variant


def _saying(node: Mapping, said: dict[str, str]) -> Mapping:
    """The mapping with these entries where it has none of that name."""
    more = [
        Entry(
            Scalar(key, "", node.file, node.line, node.column, 0),
            Scalar(text, "", node.file, node.line, node.column, 0),
        )
        for key, text in said.items()
        if text and not node.get(key)
    ]
    return node._replace(entries=(*node.entries, *more))


def key_of(name: str, forms: dict[str, Mapping], seen: tuple[str, ...] = ()) -> str:
    """The key of a variant, which it may have from its base; '' for a name that is no variant's."""
    tree = forms.get(name)
    if tree is None or name in seen:
        return ""
    return word(tree, "key") or key_of(word(tree, "based_on"), forms, (*seen, name))


def table_names(template: Mapping) -> Iterator[str]:
    """The variants that a template lists."""
    sections = template.get("sections")
    for section in sections.items if isinstance(sections, Sequence) else ():
        for node in tables_of(section):
            yield table_name(node)


def tables_of(section: Node) -> tuple[Node, ...]:
    """The items under `tables`."""
    tables = section.get("tables") if isinstance(section, Mapping) else None
    return tables.items if isinstance(tables, Sequence) else ()


def table_name(node: Node) -> str:
    """A variant as it is listed: its name, or `{key: …}` where it is also moved."""
    return node.text.strip() if isinstance(node, Scalar) else word(node, "key") if isinstance(node, Mapping) else ""


def word(tree: Mapping, key: str) -> str:
    """A scalar of the tree, '' where there is none."""
    node = tree.get(key)
    return node.text.strip() if isinstance(node, Scalar) else ""
