"""What is noted beside a text or a figure of the printed document that its own figures contradict: neutral, short,
where it stands.

原文写105.9%，按表计算105.4%。 The public is shown what the tables bear out and no more: a figure that is not public is
not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_tools.accounts.statement import Statement, address
from build_tools.amount import round_half_up
from build_tools.checks import Checked
from build_tools.checks.prose import Prose, Told
from build_tools.diagnostics import CellRef, Outcome
from build_tools.web.certificate.lines import Line, Part
from build_tools.web.pages.cells import View

# behind these a sentence is over
ENDS = "。！？\n"
DECIMALS, QUOTED = 4, 60


@dataclass(frozen=True, slots=True)
class Note:
    """A note at one text or figure. `at` is where its sentence ends in the text, `sentence` quotes it, `row` names its
    cell where many share a table.
    """

    text: str
    at: int = 0
    sentence: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes by the address of the cell; `under` those by table that cannot stand beside it; `counts` are the claims of
    the texts by outcome.
    """

    beside: Mapping[str, tuple[Note, ...]]
    under: Mapping[str, tuple[tuple[str, Note], ...]]
    counts: Mapping[str, int]


def notes(checked: Checked, proofs: tuple[Part, ...], view: View) -> Notes:
    """Every note of a disclosure."""
    beside: dict[str, list[Note]] = {}
    under: dict[str, list[tuple[str, Note]]] = {}
    for statement, ref, note in (*of_texts(checked.prose, view), *of_figures(checked, proofs, view)):
        if ref and statement.form.layout.style == "list" and statement.axes[ref.block].block.kind == "fields":
            beside.setdefault(address(statement.anchor, *ref[1:4]), []).append(note)
        else:
            under.setdefault(statement.key, []).append((address(statement.anchor, *ref[1:4]) if ref else "", note))
    counts = {word: number for word, number in checked.prose.counts.items() if number}
    return Notes(
        {key: tuple(some) for key, some in beside.items()}, {key: tuple(some) for key, some in under.items()}, counts
    )


def of_texts(prose: Prose, view: View) -> Iterator[tuple[Statement, CellRef | None, Note]]:
    """What the texts get wrong, also where the file itself says so."""
    for one in sorted((*prose.told, *prose.known), key=lambda one: one.offset):
        if one.note:
            end = ending(one)
            start = max(one.text.text.rfind(mark, 0, one.offset) for mark in ENDS) + 1
            row = view.row_name(one.text.ref) if one.text.ref else ""
            yield (
                one.text.statement,
                one.text.ref,
                Note(one.note, end, shortened(one.text.text[start:end].strip(), one.offset - start), row),
            )


def ending(one: Told) -> int:
    """Behind the sentence of what was found."""
    text = one.text.text
    found = [at + (text[at] != "\n") for mark in ENDS if (at := text.find(mark, one.offset)) >= 0]
    return min(found, default=len(text))


def shortened(sentence: str, at: int) -> str:
    """As much of a sentence as leads to what was found."""
    if len(sentence) <= QUOTED:
        return sentence
    start = max(0, min(at - QUOTED // 2, len(sentence) - QUOTED))
    return f"{'…' if start else ''}{sentence[start : start + QUOTED]}{'…' if start + QUOTED < len(sentence) else ''}"


def of_figures(checked: Checked, proofs: tuple[Part, ...], view: View) -> Iterator[tuple[Statement, CellRef, Note]]:
    """What stands under 载明 and the tables give otherwise, or cannot give at all."""
    statements = checked.disclosure.statements
    for line in (line for part in proofs for _, line in part.doubted):
        ref = line.verdict.cells[0] if line.verdict.cells else None
        if (
            ref
            and line.verdict.outcome in (Outcome.FAILED, Outcome.EXPLAINED)
            and stated(ref, statements)
            and line.relation == "=="
        ):
            text = computed(line, statements[ref.table], ref)
            if text:
                yield statements[ref.table], ref, Note(text, row=view.row_name(ref))
    for ref in checked.baseless:
        yield (
            statements[ref.table],
            ref,
            Note(f"原文写{statements[ref.table].cell(ref).text}，它的基数是零，不能算百分数。", row=view.row_name(ref)),
        )


def stated(ref: CellRef, statements: Mapping[str, Statement]) -> bool:
    """True for a figure that the document prints beside its tables."""
    axes = statements[ref.table].axes.get(ref.block) if ref.table in statements and not ref.scope else None
    column = axes.block.column(ref.column) if axes else None
    return column is not None and column.stated


def computed(line: Line, statement: Statement, ref: CellRef) -> str:
    """Both figures, the computed one with as many decimals as it takes to see that it is another; '' where it is not to
    be told.
    """
    left, right = line.left.amount, line.right.amount
    if left is None or right is None:
        return ""
    column = statement.axes[ref.block].block.column(ref.column)
    percent = column is not None and column.type == "percent"
    unit = "%" if percent else column.unit_in(statement.unit) if column else statement.unit
    left = left if percent else round_half_up(left)
    places = range(max(0, -int(left.as_tuple().exponent)), DECIMALS + 1)
    shown = [round_half_up(right, some) for some in places]
    other = next((one for one in shown if one != left), right)
    return f"原文写{left:f}{unit}，按表计算{other:f}{unit}。"
