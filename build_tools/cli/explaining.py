"""`mingzhang explain`: a rule of the forms, or a finding about shape, in words."""

from __future__ import annotations

from build_tools.diagnostics.catalogue import CATALOGUE
from build_tools.forms import Forms, Identity


def known_ids(forms: Forms) -> dict[str, str]:
    """Every id that a finding can carry, with its sentence; rules first."""
    rules = {identity.id: identity.says for form in forms.forms for identity in form.rules}
    return rules | {code: entry.says for code, entry in CATALOGUE.items()}


def explanation(code: str, forms: Forms) -> str | None:
    """The text for one id; None where it is unknown."""
    for form in forms.forms:
        for identity in form.rules:
            if identity.id == code:
                return of_rule(identity, form.title)
    entry = CATALOGUE.get(code)
    if entry is None:
        return None
    return "\n".join([f"{code}：{entry.says}", f"缘由：{entry.why}", f"怎么改：{entry.fix}", f"例：{entry.example}"])


def of_rule(identity: Identity, title: str) -> str:
    """Sentence, formula, basis, severity, and what blanks mean for it."""
    lines = [f"{identity.id}：{identity.says}", f"表：{title}", f"公式：{identity.text}"]
    if identity.gives:
        lines.append("左边留空时由系统按这条公式计算；填了数则核对，不改动")
    lines.append(f"级别：{identity.severity}" + (f"（{identity.because}）" if identity.because else ""))
    lines.append("尾差：相差不超过 0.005 ×（不为零的加数个数 ＋ 1）算四舍五入尾差")
    lines.append(f"依据：{identity.citation}")
    return "\n".join(lines)
