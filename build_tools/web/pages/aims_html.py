"""The indicators of one project as a page above its document shows them: those that fell short in the open, the rest
behind a fold.

The reason stands under the name and not in a last column, which a phone would not show.
"""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.web.charts.html import figure_html
from build_tools.web.escaping import escape
from build_tools.web.pages.year_results import Aim, Undertaking
from build_tools.web.tables import frame

HEADS = (
    '<th scope="col">指标和偏差原因</th><th scope="col">目标</th><th scope="col">实际完成</th>'
    '<th scope="col" class="mz-n">得分／分值</th>'
)


def aims_html(one: Undertaking, number: int, base: str) -> str:
    """A project's indicators under its name; `number` is its place on the page."""
    short, rest = [aim for aim in one.aims if aim.short], [aim for aim in one.aims if not aim.short]
    parts = [f'<h3 id="aims-{number}">{escape(one.name)} <span class="mz-second">{escape(one.documents)}</span></h3>']
    if short:
        parts.append(table(short, f"{one.name}：有扣分或没有达标的指标", base))
    if rest:
        words = f"其余 {len(rest)} 项指标" if short else f"{len(rest)} 项指标"
        parts.append(
            f'<details class="mz-more"><summary>{words}</summary>{table(rest, f"{one.name}：{words}", base)}</details>'
        )
    return "".join(parts)


def table(aims: Sequence[Aim], caption: str, base: str) -> str:
    """Some indicators."""
    lines = "".join(line(aim, base) for aim in aims)
    head = f'<caption class="mz-hidden">{escape(caption)}</caption><thead><tr>{HEADS}</tr></thead>'
    return frame(f'<table class="mz-table mz-matrix mz-aims">{head}<tbody>{lines}</tbody></table>', caption)


def line(aim: Aim, base: str) -> str:
    """One indicator; what staff did not write is said to be so where it was due."""
    name = f'<a href="{escape(base + aim.url)}">{escape(aim.name)}</a>' if aim.url else escape(aim.name)
    actual = escape(aim.actual) or '<span class="mz-none">未填</span>'
    marks = (
        f"{figure_html(aim.score, base)} / {figure_html(aim.weight, base)}"
        if aim.score.amount is not None
        else '<span class="mz-none">—</span>'
    )
    reason = (
        f"原因：{escape(aim.reason)}" if aim.reason else '<span class="mz-none">没有写原因</span>' if aim.short else ""
    )
    because = f'<span class="mz-because">{reason}</span>' if reason else ""
    return (
        f'<tr><th scope="row">{name}{because}</th><td>{escape(aim.target)}</td><td>{actual}</td><td class="mz-n">'
        f"{marks}</td></tr>"
    )
