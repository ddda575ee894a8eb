"""The printed order of a disclosure's keys, for the canonical writer.

Tables, blocks, rows and columns go into the order of the form; codes ascend; what the form does not know stays where
it was, at the end of its own level. Lists are never reordered: their order is content.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Named

from build_tools.accounts.statement.names import normal, split_code
from build_tools.forms import STATED, Block, Form
from build_tools.source import Entry, Mapping, Node


def in_form_order(root: Mapping, forms: Named[str, Form], keys: Sequence[str]) -> Mapping:
    """The file's tree with every key in printed order. `forms` by table key, none = as it is; `keys` are those of the
    top level, of tables and of what stands around them.
    """
    if not forms:
        return root
    names = {normal(name): key for key, form in forms.items() for name in (form.title, key)}
    order = ranks(keys)
    entries = [
        entry._replace(value=one_or_many(entry.value, forms[names[normal(entry.key.text)]]))
        if normal(entry.key.text) in names
        else entry
        for entry in root.entries
    ]
    return arranged(root, entries, lambda key: order.get(names.get(normal(key), key), len(order) - 1))


def ranks(keys: Sequence[str]) -> dict[str, int]:
    """Position by key."""
    return {key: position for position, key in enumerate(keys)}


def arranged(node: Mapping, entries: list[Entry], rank: Callable[[str], float]) -> Mapping:
    """The mapping with its entries sorted by rank; equal ranks stay as they were."""
    return node._replace(entries=tuple(sorted(entries, key=lambda entry: rank(entry.key.text))))


def one_or_many(node: Node, form: Form) -> Node:
    """A table, or the instances of a repeated form in the order in which they were written."""
    if form.repeated and isinstance(node, Mapping):
        return node._replace(entries=tuple(entry._replace(value=table(entry.value, form)) for entry in node.entries))
    return table(node, form)


def table(node: Node, form: Form) -> Node:
    """One table."""
    if not isinstance(node, Mapping):
        return node
    if form.block(""):
        return block_order(node, form.blocks[0])
    order = ranks([normal(block.key) for block in form.blocks])
    entries = [
        entry._replace(value=block_order(entry.value, one)) if (one := block_named(entry, form)) else entry
        for entry in node.entries
    ]
    return arranged(node, entries, lambda key: order.get(normal(key), len(order)))


def block_named(entry: Entry, form: Form) -> Block | None:
    """The block that an entry fills."""
    return next((block for block in form.blocks if normal(block.key) == normal(entry.key.text)), None)


def block_order(node: Node, block: Block) -> Node:
    """Rows and columns of one block."""
    if not isinstance(node, Mapping) or block.kind == "records":
        return node
    if block.kind == "fields":
        return columns_order(node, block)
    entries = [entry._replace(value=columns_order(entry.value, block)) for entry in node.entries]
    places = [
        (row, position if row.total or block.kind != "coded" else 10**8 + position)
        for position, row in enumerate(block.rows)
    ]
    order: dict[str, float] = {
        normal(name): place for row, place in reversed(places) for name in (*row.aliases, row.label)
    }
    # a key wins over the label of another row
    order |= {normal(row.key): place for row, place in places}

    def rank(key: str) -> float:
        code, _ = split_code(key)
        if normal(key) in order:
            return order[normal(key)]
        return 1000 + float(f"0.{code}") if code else 10**9

    return arranged(node, entries, rank)


def columns_order(node: Node, block: Block) -> Node:
    """The columns of a row (or the fields of a block), with 载明 last."""
    if not isinstance(node, Mapping):
        return node
    order = ranks([normal(name) for name in (column.data_key for column in block.columns)])
    order |= {normal(column.label): order[normal(column.data_key)] for column in reversed(block.columns)}
    entries = [
        entry._replace(value=columns_order(entry.value, block)) if entry.key.text == STATED else entry
        for entry in node.entries
    ]
    return arranged(node, entries, lambda key: len(order) + 1 if key == STATED else order.get(normal(key), len(order)))
