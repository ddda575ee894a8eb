"""`based_on`: a variant is the form it is based on, with its own differences laid over it.

Lists whose items have a `key` or an `id` are merged item by item (`remove: 是` takes one out, `after:` or `before:`
places a new one), mappings entry by entry (`{remove: 是}` takes one out); everything else is replaced. The merge works on
trees, so a mistake still has the file and line it came from.
"""

from __future__ import annotations

from build_tools.forms import reading as r
from build_tools.source import Entry, Mapping, Node, Scalar, Sequence

STEERING = ("remove", "after", "before")


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
        value = merge(below.value, entry.value, findings) if below else entry.value
        entries[entry.key.text] = Entry(entry.key, value)
    return change._replace(entries=tuple(entries.values()))


def take_out(entries: dict[str, Entry], entry: Entry, findings: r.Findings) -> None:
    """An entry that the variant does not have."""
    if entries.pop(entry.key.text, None) is None:
        r.wrong(findings, entry.key.place, f"要去掉的“{entry.key.text}”不在所依据的表里", r.did_you_mean(entry.key.text, entries))


def merge(base: Node, change: Node, findings: r.Findings) -> Node:
    """Two values of the same key."""
    if isinstance(base, Mapping) and isinstance(change, Mapping):
        return overlay(base, change, findings)
    if isinstance(base, Sequence) and isinstance(change, Sequence):
        keyed = [name_of(item) for item in (*base.items, *change.items)]
        if keyed and all(name is not None for name in keyed) and any(isinstance(item, Mapping) for item in change.items):
            return change._replace(items=tuple(merge_items(base, change, findings)))
    return change


def merge_items(base: Sequence, change: Sequence, findings: r.Findings) -> list[Node]:
    """Item by item, by name, in the base's order; new items at the end or beside the one they name."""
    items = list(base.items)
    for item in change.items:
        names = [name_of(one) for one in items]
        name = name_of(item)
        if name in names:
            index = names.index(name)
            old = items[index]
            if isinstance(item, Mapping) and steering(item, "remove"):
                del items[index]
            elif isinstance(item, Mapping) and isinstance(old, Mapping):
                items[index] = overlay(old, item, findings)
            else:
                items[index] = item
            continue
        if isinstance(item, Mapping) and steering(item, "remove"):
            r.wrong(findings, item.place, f"要去掉的“{name}”不在所依据的表里", r.did_you_mean(name or "", [one for one in names if one]))
            continue
        items.insert(place_of(item, names, findings), without_steering(item))
    return items


def place_of(item: Node, names: list[str | None], findings: r.Findings) -> int:
    """Where a new item goes: before or after the one that it names, else to the end."""
    for word, step in (("after", 1), ("before", 0)):
        beside = steering(item, word) if isinstance(item, Mapping) else ""
        if beside and beside not in names:
            r.wrong(findings, item.place, f"{word} 指的“{beside}”不在所依据的表里", r.did_you_mean(beside, [one for one in names if one]))
        elif beside:
            return names.index(beside) + step
    return len(names)


def name_of(item: Node) -> str | None:
    """What an item is called: its key or id, or the text itself. A block without a key is called ''."""
    if isinstance(item, Scalar):
        return item.text
    if isinstance(item, Mapping):
        name = item.get("id") or item.get("key")
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
