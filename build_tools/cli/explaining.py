"""`mingzhang explain`: a rule of the forms, or a finding about shape, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from build_tools.amount import format_exact
from build_tools.diagnostics import Finding, Severity
from build_tools.diagnostics.catalogue import CATALOGUE, TOPICS
from build_tools.diagnostics.text import tally, visible
from build_tools.forms import Form, Forms, Identity
from build_tools.formula import additive
from build_tools.web.pages.example import Case, Example
from build_tools.web.pages.rules import Declaration, declarations, registry
from build_tools.web.pages.status import rank

MEANING = {
    Severity.ERROR: "错误，改正或说明以前这份文件不能公开",
    Severity.WARNING: "警告，照常公开，结果写明“不符”",
    Severity.HINT: "提示，不影响公开，请核实",
}
BLANKS = {
    "": "没有填的数不计；一边全没有填的不核对，记“未执行”",
    "zero": "一边空白、一边有数时，空白按 0.00 算；两边都空白的不核对",
    "silent": "左边没有写的不核对",
}
OTHERS = "其他"


def known_ids(forms: Forms) -> list[str]:
    """Every id that a finding can carry; rules first."""
    return [*registry(forms), *CATALOGUE]


def listing(forms: Forms) -> str:
    """Every id with its sentence: rules by table in official order, findings about shape by topic."""
    known = registry(forms)
    tables: dict[str, list[str]] = {title: [] for title in official(forms)}
    for rule, found in known.items():
        tables.setdefault(titled(found[0][0]), []).append(f"  {rule}  {found[0][1].says}")
    topics: dict[str, list[str]] = {topic: [] for topic in (*TOPICS, OTHERS)}
    for code, entry in CATALOGUE.items():
        topic = next((topic for topic, words in TOPICS.items() if code.partition("-")[0] in words), OTHERS)
        topics[topic].append(f"  {code}  {entry.says}")
    heads = {f"勾稽关系 {len(known)} 条": tables, f"填写和写法 {len(CATALOGUE)} 种": topics}
    return "\n\n".join(
        block
        for head, groups in heads.items()
        for block in (head, *("\n".join([name, *lines]) for name, lines in groups.items() if lines))
    )


def official(forms: Forms) -> Iterator[str]:
    """The tables as they are printed, kinds of disclosure in the order of a year, the newest templates first."""
    for template in sorted(forms.templates, key=lambda one: (rank(one.slug), -one.begins)):
        yield from (titled(form) for key in template.tables for form in forms.forms if form.key == key)


def titled(form: Form) -> str:
    """What a table is called."""
    return f"{form.kind}·{form.title}"


def explanation(code: str, forms: Forms) -> str | None:
    """The text for one id; None where it is unknown."""
    known = registry(forms)
    if code in known:
        return "\n\n".join(of_rule(one) for one in declarations(code, known, forms))
    entry = CATALOGUE.get(code)
    return f"{code}：{entry.says}\n缘由：{entry.why}\n怎么改：{entry.fix}\n例：{entry.example}" if entry else None


def of_rule(declared: Declaration) -> str:
    """Sentence, formula, what blanks mean for it, severity, rounding, where it stands and on what basis, an example."""
    identity, example = declared.identity, declared.example
    lines = [f"{identity.id}：{identity.says}", f"公式：{identity.text}"]
    if identity.gives:
        lines.append("留空：左边留空时由系统按这条公式计算，记“推算”；填了数则核对，不改动")
    lines.append(f"空白：{BLANKS[identity.blanks]}")
    lines.append(f"级别：{MEANING[identity.severity]}" + (f"（{identity.because}）" if identity.because else ""))
    if identity.natures:
        lines.append(f"适用：{'、'.join(identity.natures)}单位")
    lines.append(f"尾差：{rounding(identity, example)}")
    for tables, citation in declared.bases:
        lines += [f"表：{tables}", f"依据：{citation}"]
    return "\n".join([*lines, *(in_figures(example) if example else ())])


def rounding(identity: Identity, example: Example | None) -> str:
    """What difference is explained by rounding."""
    if example and not example.slack:
        return "个数和分数没有四舍五入，差一点也是不符"
    if additive(identity.rule.left) and additive(identity.rule.right):
        return "相差不超过 0.005 ×（不为零的加数个数 ＋ 1）算四舍五入尾差"
    return "各数四舍五入各有 0.005 的误差，按公式折算；相差在折算的范围以内算尾差"


def in_figures(example: Example) -> Iterator[str]:
    """The example: what was made up, and what comes of it."""
    yield "例（数是编的）："
    for made in example.passing.figures:
        yield f"  {made.name} = {'、'.join(made.figures)}"
    yield f"  {example.passing.text}  通过"
    yield f"  {example.failing.text}  不符：相差 {plain(example.failing.difference, example.failing)}" + (
        f"，尾差最多 {plain(example.slack, example.failing)}" if example.slack else ""
    )


def plain(amount: Decimal, case: Case) -> str:
    """A difference as it is read, whole among whole numbers."""
    return format_exact(abs(amount), not any("." in figure for made in case.figures for figure in made.figures))


def broken_forms(findings: Sequence[Finding]) -> str:
    """Which forms could not be read whole, so that their rules may be missing above."""
    files: dict[str, list[Finding]] = {}
    for finding in findings:
        files.setdefault(finding.place.file, []).append(finding)
    named = "、".join(f"{visible(file)}（{tally(some)}）" for file, some in files.items())
    return f"有的表样写错了，其中的勾稽关系可能没有列出：{named}。运行 mingzhang check 查看"
