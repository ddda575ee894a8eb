"""`based_on`: a declaration is the one it is based on, with its own differences laid over it.

Lists whose items have a `key`, an `id` or a `slug` are merged item by item (`remove: 是` takes one out, `after:` or
`before:` places a new one or moves one that is there), mappings entry by entry (`{remove: 是}` takes one out);
everything else is replaced. The merge works on trees, so a mistake still has the file and line it came from.
"""

from __future__ import annotations

from build_tools.forms import reading as r
from build_tools.source import Entry, Mapping, Node, Scalar, Sequence

STEERING = ("remove", "after", "before")
GROUPS = "groups"
# the lists whose items runs (`groups`) begin and end with
AXES = ("rows", "columns")
# what an item of these lists says of itself; one that says less was meant to change an item that is there
WHOLE = {"blocks": "kind", "sections": "heading", "rules": "rule"}


def overlay(base: Mapping, change: Mapping, findings: r.Findings) -> Mapping:
    """The base with the entries of `change` laid over it, recursively. Findings name what cannot be placed."""
    entries = {entry.key.text: entry for entry in base.entries}
    for entry in change.entries:
        if entry.key.text in STEERING:
            continue
        below = entries.get(entry.key.text)
        if isinstance(entry.value, Mapping) and steering(entry.value, "remove"):
            take_out(entries, entry, findings)
            continue
        value = merge(below.value, entry.value, findings, entry.key.text) if below else entry.value
        entries[entry.key.text] = Entry(entry.key, value)
    groups = base.get(GROUPS)
    if isinstance(groups, Mapping):
        _fit_groups(entries, groups, base, change)
    return change._replace(entries=tuple(entries.values()))


def _fit_groups(entries: dict[str, Entry], groups: Mapping, base: Mapping, change: Mapping) -> None:
    """Runs grow with a row that is placed after their last or before their first, and shrink with an end taken out.

    What `change` itself says of a run is left as it is.
    """
    restated = change.get(GROUPS)
    stated = {entry.key.text for entry in restated.entries} if isinstance(restated, Mapping) else set()
    held = entries[GROUPS].value
    if not isinstance(held, Mapping):
        return
    fitted = []
    for entry in held.entries:
        value = entry.value
        if entry.key.text not in stated and isinstance(value, Sequence):
            for axis in AXES:
                value = _fit_run(value, base.get(axis), change.get(axis))
        fitted.append(entry._replace(value=value))
    entries[GROUPS] = entries[GROUPS]._replace(value=held._replace(entries=tuple(fitted)))


def _fit_run(run: Sequence, before: Node | None, changes: Node | None) -> Sequence:
    """One run, written [first, last], after what `changes` takes out and places."""
    if not isinstance(before, Sequence) or not isinstance(changes, Sequence) or len(run.items) != 2:
        return run
    first, last = run.items
    names = [name_of(item) for item in before.items]
    for item in changes.items:
        name = name_of(item)
        if not isinstance(item, Mapping) or name is None:
            continue
        if steering(item, "remove") and name in names:
            at = names.index(name)
            if name == name_of(first) and name != name_of(last):
                first = _named_like(first, names[at + 1])
            elif name == name_of(last) and name != name_of(first):
                last = _named_like(last, names[at - 1])
            names.pop(at)
        elif name not in names and steering(item, "after") == name_of(last) and last != first:
            last = _named_like(last, name)
        elif name not in names and steering(item, "before") == name_of(first) and last != first:
            first = _named_like(first, name)
    return run._replace(items=(first, last))


def _named_like(node: Node, name: str | None) -> Node:
    """The same scalar with another text; its place stays that of the run."""
    return node._replace(text=name) if isinstance(node, Scalar) and name is not None else node


def take_out(entries: dict[str, Entry], entry: Entry, findings: r.Findings) -> None:
    """An entry that the variant does not have."""
    if entries.pop(entry.key.text, None) is None:
        r.wrong(
            findings,
            entry.key.place,
            f"要去掉的“{entry.key.text}”不在所依据的表里",
            r.did_you_mean(entry.key.text, entries),
        )


def merge(base: Node, change: Node, findings: r.Findings, what: str = "") -> Node:
    """Two values of the key `what`. What cannot be merged leaves the base as it is: one mistake is one finding."""
    if isinstance(base, Mapping) and isinstance(change, Mapping):
        return overlay(base, change, findings)
    if not isinstance(base, Sequence) or not base.items or None in (named := [name_of(item) for item in base.items]):
        return change
    if not isinstance(change, Sequence):
        if any(isinstance(item, Mapping) for item in base.items):
            r.wrong(findings, change.place, f"{what}应是一个列表", "每项一行，前面写“- ”")
            return base
        return change
    if not any(isinstance(item, Mapping) for item in change.items):
        return change
    for item in change.items:
        if name_of(item) is None:
            known = "、".join(f"key: {name}" if name else "kind: …" for name in named[:3] if name is not None)
            r.wrong(findings, item.place, f"看不出这一项改的是{what}里的哪一项", f"先写它的名称，如 {known}")
    return change._replace(items=tuple(merge_items(base, change, findings, what)))


def merge_items(base: Sequence, change: Sequence, findings: r.Findings, what: str) -> list[Node]:
    """Item by item, by name, in the base's order; new and moved items beside the one that they name; other new ones
    last, where the order is not printed.
    """
    items, said = list(base.items), set[str]()
    for item in change.items:
        names = [name_of(one) for one in items]
        name = name_of(item)
        if name is None:
            continue
        if name in said:
            r.wrong(findings, item.place, f"“{name}”在这里写了两次", "两处合并成一处")
            continue
        # what was taken out may come back elsewhere
        if not (isinstance(item, Mapping) and steering(item, "remove")):
            said.add(name)
        if isinstance(item, Mapping):
            prove_steering(item, findings)
        if name in names:
            index = names.index(name)
            old = items.pop(index)
            if isinstance(item, Mapping) and steering(item, "remove"):
                continue
            moved = isinstance(item, Mapping) and any(steering(item, word) for word in ("after", "before"))
            at = place_of(item, [*names[:index], *names[index + 1 :]], findings) if moved else index
            items.insert(at, merged(old, item, findings))
        elif new_item(item, name, [one for one in names if one], what, findings):
            items.insert(place_of(item, names, findings), without_steering(item))
    return items


def new_item(item: Node, name: str, names: list[str], what: str, findings: r.Findings) -> bool:
    """True where an item that the base does not have can be a new one; else a finding says what was probably meant."""
    if not isinstance(item, Mapping):
        return True
    if steering(item, "remove"):
        r.wrong(findings, item.place, f"要去掉的“{name}”不在所依据的表里", r.did_you_mean(name, names))
        return False
    lacking = WHOLE.get(what)
    if lacking and item.get(lacking) is None:
        hint = r.did_you_mean(name, names)
        r.wrong(findings, item.place, f"“{name}”不在所依据的 {what} 里", f"{hint or ''}新的一项还要写 {lacking}")
        return False
    if what in AXES and not any(item.get(word) for word in ("after", "before")):
        meant = _meant(item, name, names)
        hint = f"{meant}新的一行（栏）写 after: 上一行 或 before: 下一行"
        r.wrong(findings, item.place, f"“{name}”不在所依据的表里，也没有写放在哪里", hint)
        return False
    return True


def _meant(item: Mapping, name: str, names: list[str]) -> str:
    """The name that is there, or the word for its place, which was probably meant; '' where nothing is alike."""
    if near := r.nearest(name, names):
        return f"是不是“{near}”？"
    words = ((entry.key.text, r.nearest(entry.key.text, ("after", "before"))) for entry in item.entries)
    return next((f"“{word}”是不是“{near}”？" for word, near in words if near), "")


def prove_steering(item: Mapping, findings: r.Findings) -> None:
    """`remove` says 是 and nothing else; an item has one place."""
    removed = item.get("remove")
    if removed is not None and steering(item, "remove") != "是":
        r.wrong(findings, removed.place, "remove 只写 是", "不去掉的，删去 remove")
    places = [node for word in ("after", "before") if (node := item.get(word)) is not None]
    if len(places) == 2:
        r.wrong(findings, places[1].place, "after 和 before 只写一个", "删去其中一个")
    for node in places:
        if not isinstance(node, Scalar) or not node.text.strip():
            r.wrong(findings, node.place, "after、before 后面写一行（栏、表）的名称")


def merged(old: Node, item: Node, findings: r.Findings) -> Node:
    """An item that is there with what the change says of it; a name alone is still only moved."""
    if isinstance(item, Mapping) and isinstance(old, Mapping):
        return overlay(old, item, findings)
    return without_steering(item)


def place_of(item: Node, names: list[str | None], findings: r.Findings) -> int:
    """Where a new or moved item goes: before or after the one that it names, else to the end."""
    for word, step in (("after", 1), ("before", 0)):
        beside = steering(item, word) if isinstance(item, Mapping) else ""
        if beside and beside not in names:
            r.wrong(
                findings,
                item.place,
                f"{word} 指的“{beside}”不在所依据的表里",
                r.did_you_mean(beside, [one for one in names if one]),
            )
        elif beside:
            return names.index(beside) + step
    return len(names)


def name_of(item: Node) -> str | None:
    """What an item is called: its key, id or slug, or the text itself. A block without a key is called ''."""
    if isinstance(item, Scalar):
        return item.text
    if isinstance(item, Mapping):
        name = item.get("id") or item.get("key") or item.get("slug")
        if isinstance(name, Scalar):
            return name.text
        return "" if item.get("kind") else None
    return None


def steering(item: Mapping, key: str) -> str:
    """The text of `remove` or `after`."""
    node = item.get(key)
    return node.text if isinstance(node, Scalar) else ""


def without_steering(item: Node) -> Node:
    """A new item as the form will hold it."""
    if not isinstance(item, Mapping):
        return item
    return item._replace(entries=tuple(entry for entry in item.entries if entry.key.text not in STEERING))
