"""A disclosure's certificate: every identity at every place, both sides written out, the difference, the verdict.

It says no more than was checked: what was derived, was not run or is explained stands there as that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from build_tools.accounts.corpus import ledgers, near
from build_tools.accounts.statement import Statement
from build_tools.checks import Checked, Report
from build_tools.diagnostics import OUTCOMES, CellRef, Outcome, Verdict, occurring
from build_tools.fast import make
from build_tools.forms import Identity, Instance
from build_tools.forms.instances import Refs
from build_tools.formula import Relation
from build_tools.web.certificate.sides import Side, written_out
from build_tools.web.pages.cells import Piece, Told, View
from build_tools.web.pages.model import Site
from build_tools.web.pages.status import url_of, visible

REPEATING = ("each", "classes", "parents")
NOT_PLAIN = (Outcome.FAILED, Outcome.ROUNDING, Outcome.EXPLAINED)
# instances of some departments
MOST = 1 << 16
HERE = "本表"
NO_REASON, NOT_PUBLIC = "有关的数没有填，无法核对", "对照的文件本站没有展示，那边的数不显示"


class Line(NamedTuple):
    """One identity at one place in the tables.

    `difference` is left minus right, None where a side is missing or not to be told, and where nothing was compared.
    `whole` = both sides are made of whole numbers. `reason` says why it was not run, or what is said of the difference;
    why a figure is not shown. `idle` = there is nothing to see: no figure on either side but zeros.
    """

    place: Piece
    relation: Relation
    left: Side
    right: Side
    verdict: Verdict
    difference: Decimal | None
    whole: bool
    reason: str
    idle: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One identity of a table with all its places."""

    identity: Identity
    lines: tuple[Line, ...]

    @property
    def telling(self) -> tuple[Line, ...]:
        """The places with figures."""
        return tuple(line for line in self.lines if not line.idle)

    @property
    def idle(self) -> tuple[tuple[Line, ...], ...]:
        """The places without, those that came out alike together."""
        found: dict[tuple[Outcome, str], list[Line]] = {}
        for line in self.lines:
            if line.idle:
                found.setdefault((line.verdict.outcome, line.reason), []).append(line)
        return tuple(tuple(lines) for lines in found.values())


@dataclass(frozen=True)
class Part:
    """One table's part of the certificate."""

    statement: Statement
    groups: tuple[Group, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        """Verdicts by outcome, those that occur."""
        return occurring([line.verdict for group in self.groups for line in group.lines])

    @property
    def notable(self) -> bool:
        """True where something is not plainly as it should be."""
        return any(word in self.counts for word in NOT_PLAIN)

    @property
    def doubted(self) -> Iterator[tuple[Identity, Line]]:
        """The lines that are not plainly as they should be; most tables have none."""
        lines = ((group.identity, line) for group in self.groups for line in group.lines) if self.notable else ()
        return ((identity, line) for identity, line in lines if line.verdict.outcome in NOT_PLAIN)

    @property
    def anchor(self) -> str:
        """Its address inside the page."""
        return part_anchor(self.statement)


def part_anchor(statement: Statement) -> str:
    """Where the certificate of a table stands."""
    return f"checks-{statement.anchor}"


def title_of(statement: Statement) -> str:
    """A table's title; of a repeated form with the project that it is about."""
    return f"{statement.form.title}：{statement.name}" if statement.name else statement.form.title


def has_page(checked: Checked, site: Site) -> bool:
    """True where the disclosure's figures stand on its page; in a preview also those of a sound draft."""
    return visible(checked) or (site.preview and bool(checked.disclosure.statements) and not checked.held)


def certificate(checked: Checked, view: View) -> tuple[Part, ...]:
    """The parts of the certificate in official order."""
    found: dict[tuple[str, str], tuple[Identity, list[Line]]] = {}
    for instance, line in lines_of(checked, view):
        at = line.verdict.table, line.verdict.rule
        if at in found:
            found[at][1].append(line)
        else:
            found[at] = instance.identity, [line]
    groups: dict[str, list[Group]] = {}
    for (table, _), (identity, lines) in found.items():
        groups.setdefault(table, []).append(Group(identity, tuple(lines)))
    return tuple(
        Part(statement, tuple(groups[key])) for key, statement in checked.disclosure.statements.items() if key in groups
    )


def lines_of(checked: Checked, view: View, outcomes: tuple[Outcome, ...] = OUTCOMES) -> Iterator[tuple[Instance, Line]]:
    """Every identity that came to one of these outcomes, written out."""
    for instance, verdict in zip(checked.instances, checked.verdicts, strict=True):
        if verdict.outcome in outcomes:
            told, rule = view.beside(verdict.table), instance.identity.rule
            spot = SPOTS.get(id(instance)) or spot_of(instance, view)
            left = written_out(rule.left, spot.signs[0], spot.left, verdict.left, told)
            right = written_out(rule.right, spot.signs[1], spot.right, verdict.right, told)
            yield instance, line_of(place_of(spot, view, told), rule.relation, left, right, verdict)


def line_of(place: Piece, relation: Relation, left: Side, right: Side, verdict: Verdict) -> Line:
    """A line with what page and file both ask of it."""
    ran, told = verdict.outcome is not Outcome.NOT_RUN, left.amount is not None and right.amount is not None
    difference = left.amount - right.amount if ran and left.amount is not None and right.amount is not None else None
    whole = "." not in left.pieces[0].text and not any("." in piece.text for piece in (*left.pieces, *right.pieces))
    reason = verdict.reason
    if not reason and not (ran and told):
        # only a side without an amount may hold what is not told
        hidden = any(not piece.told for piece in (*left.pieces, *right.pieces))
        reason = NOT_PUBLIC if hidden else "" if ran else NO_REASON
    return make(Line, (place, relation, left, right, verdict, difference, whole, reason, left.idle and right.idle))


def view_of(checked: Checked, report: Report, site: Site) -> View:
    """What may be shown: this disclosure, and of those that its rules reach the ones that have a page."""
    asked = [one for one in report.checked if near(checked.disclosure, one.disclosure)]
    shown = {one.disclosure.file: one.disclosure for one in asked if one is checked or has_page(one, site)}
    ledger = ledgers(replace(report.department, disclosures=tuple(shown.values())), checked.disclosure)
    urls = {
        scope: next((url_of(report, one.year, one.slug) for one in shown.values() if one.statements is tables), "")
        for scope, tables in ledger.items()
    }
    return View(ledger, {**urls, "": ""})


class Spot(NamedTuple):
    """What an instance says in all tables of the same shape: the cells of both sides with their signs, and where it
    stands: the first cell that it names, those that stand in a row and in a column over which it runs. `text` says that
    place, None where it has to be asked of each table.
    """

    instance: Instance
    signs: tuple[tuple[bool, ...] | None, tuple[bool, ...] | None]
    left: tuple[Refs, ...]
    right: tuple[Refs, ...]
    first: CellRef | None
    row: CellRef | None
    column: CellRef | None
    text: str | None


# by the address of the instance, which is held, so that no other has it
SPOTS: dict[int, Spot] = {}


def spot_of(instance: Instance, view: View) -> Spot:
    """Worked out once for all tables that share the instance."""
    if len(SPOTS) >= MOST:
        SPOTS.clear()
    found = SPOTS[id(instance)] = read_spot(instance, view)
    return found


def read_spot(instance: Instance, view: View) -> Spot:
    """The same, not yet remembered."""
    if not instance.cells:
        # where a table is missing no cells are known
        return Spot(instance, ((), ()), ((), ()), ((), ()), None, None, None, HERE)
    pairs = [(name, refs[0]) for name, refs in zip(instance.identity.names, instance.names, strict=True) if refs]
    first = pairs[0][1]
    row = next((ref for name, ref in pairs if name.row[0] in REPEATING), None)
    column = next((ref for name, ref in pairs if name.column[0] == "each"), None)
    # the rows of another disclosure may not be public, records are called by what is written in them
    shared = not any(ref.scope or view.recorded(ref) for ref in (first, row, column) if ref)
    text = place_text(first, row, column, view) if shared else None
    return Spot(instance, instance.identity.signs, instance.left, instance.right, first, row, column, text)


def place_of(spot: Spot, view: View, told: Told) -> Piece:
    """Row and column at which an identity that repeats stands; else the first cell of its left side."""
    if spot.first is None:
        return Piece(HERE)
    text = place_text(spot.first, spot.row, spot.column, view) if spot.text is None else spot.text
    return make(Piece, (text, told[spot.first].url, False, True))


def place_text(first: CellRef, row: CellRef | None, column: CellRef | None, view: View) -> str:
    """In words."""
    line, head = view.row_name(row) if row else "", view.column_name(column) if column else ""
    return (
        f"{line}（{head}）" if line and head else line or head or view.row_name(first) or view.column_name(first)
    ) or HERE
