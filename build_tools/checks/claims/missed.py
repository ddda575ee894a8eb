"""Nothing was missed, in words, and marks were lost: 目标全部完成 beside 扣2分, 自评得分98分, 1项指标未达标, or a table
of marks.

Marks are lost for small things, so this is a hint. What a rule of marking says (未完成的扣5分) is about nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from build_tools.checks.claims.text import Block

GOAL = "(?:绩效(?:指标|目标)|年度目标任务|年度目标|目标任务)"
ALL = "(?:均已经|均已|均|都已|已经全部|已全部|已全面|全部|全面|圆满)"
PROMISE = re.compile(
    "(?:没有|未|无|不存在|未出现|未发生)(?:任何)?偏离(?:年度|年初|预期)?绩效目标|未发生偏离"
    "|绩效(?:目标|指标)[一-鿿]{0,6}(?:没有|未出现|不存在|无)(?:任何)?偏差"
    f"|(?:指标|目标)(?:已|均已|已经)?全部(?:按[一-鿿]{{0,8}})?(?:完成|实现)|{GOAL}{ALL}(?:按[一-鿿]{{0,8}})?(?:完成|实现|达标|达成|达到预期)"
    "|(?:全部|全面|圆满)完成了?[一-鿿]{0,6}(?:绩效(?:目标|指标)|年度目标)"
)
# 除满意度外，其余目标均已完成 owns up to what was missed
BUT, SENTENCE_END = re.compile("除|其余|其他|其它|另外|剩余|基本"), re.compile("[。！？\n]")
SCORE = re.compile(
    r"(?:自评|自我评价|绩效评价|综合|最终|总)(?:总得分|得分|总分|评分|得|分)[为是：:]?(?P<score>\d{1,3}(?:\.\d{1,2})?)分"
)
FULL = re.compile(r"满分[为是：:]?(\d{2,3})分?")
ABOUT = re.compile("绩效|自评|自我评价|满分|扣")
TAKEN = re.compile(
    r"(?:共|合计|累计|总计|共计|实际|被|因此|故|因[^，。；]{2,20}?)扣(?:除|减|分)?[为了]?\d{1,2}(?:\.\d{1,2})?分|扣分[为了]?\d{1,2}(?:\.\d{1,2})?分"
)
UNDONE = re.compile(
    "(?:\\d{1,3}|[一二三四五六七八九十两]{1,2})[项个][一-鿿]{0,8}(?:指标|目标)未能?(?:全部)?(?:完成|达标|达到|实现)(?![一-鿿]{0,2}原因|的)"
    "|[一-鿿]{2,16}指标未能?(?:完成|达到|实现)(?![一-鿿]{0,2}原因|的)"
)
RULE = re.compile("每|[如若凡]|否则|扣完|标准|细则|办法|的扣|则扣|不得分|酌情|没有未|不存在未|无未|是否|有无")
# characters of a sentence that are looked back over
NEAR = 60
HUNDRED = Decimal(100)


def promises(text: str) -> Iterator[re.Match[str]]:
    """Where a text says that nothing was missed, with nothing excepted in the same sentence."""
    for match in PROMISE.finditer(text) if "标" in text or "偏离" in text else ():
        if not BUT.search(SENTENCE_END.split(text[max(0, match.start() - NEAR) : match.start()])[-1]):
            yield match


def losses(text: str) -> Iterator[str]:
    """What a paragraph tells of marks that were lost or targets that were missed, in its own words."""
    for match in SCORE.finditer(text) if ABOUT.search(text) else ():
        if Decimal(match["score"]) < full_of(text):
            yield match[0]
    for pattern in (TAKEN, UNDONE):
        for match in pattern.finditer(text):
            start = max(0, match.start() - NEAR)
            before, after = (
                SENTENCE_END.split(text[start : match.end()])[-1],
                SENTENCE_END.split(text[match.end() : match.end() + NEAR])[0],
            )
            if not RULE.search(f"{before}{after}"):
                yield match[0][-NEAR:]


def full_of(text: str) -> Decimal:
    """The marks that could be had: 100, unless the paragraph gives another number."""
    match = FULL.search(text)
    return Decimal(match[1]) if match else HUNDRED


def contradictions(blocks: Sequence[Block]) -> Iterator[tuple[Block, re.Match[str], str]]:
    """Every promise with what stands against it: in its own paragraph, or elsewhere where the whole text speaks of one
    result only.
    """
    promised = [(block, match) for block in blocks for match in promises(block.text)]
    if not promised:
        return
    lost = {id(block): next(losses(block.text), "") for block in blocks}
    scores = {id(block): {match["score"] for match in SCORE.finditer(block.text)} for block in blocks}
    one_result = len({score for some in scores.values() for score in some}) < 2
    elsewhere = next(filter(None, lost.values()), "") if one_result else ""
    for block, match in promised:
        against = lost[id(block)] or ("" if scores[id(block)] else elsewhere)
        if against:
            yield block, match, against
