"""Private mailboxes, and marks of secrecy (GB/T 9704: the grade, a star and the term in the corner of the first page).

A mailbox is private where its provider gives mailboxes to persons; those of offices (gov.cn) are public. Words of
secrecy are part of ordinary prose (保密审查, 国家秘密, 工作秘密): a mark is one that stands alone, in brackets, behind
密级 or with a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.privacy.model import Kind, Private

PROVIDERS = frozenset(
    (
        "qq.com",
        "vip.qq.com",
        "foxmail.com",
        "163.com",
        "vip.163.com",
        "126.com",
        "vip.126.com",
        "yeah.net",
        "188.com",
        "139.com",
        "189.cn",
        "wo.cn",
        "wo.com.cn",
        "sina.com",
        "sina.cn",
        "vip.sina.com",
        "sohu.com",
        "vip.sohu.com",
        "tom.com",
        "21cn.com",
        "263.net",
        "aliyun.com",
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "outlook.cn",
        "hotmail.com",
        "live.com",
        "live.cn",
        "msn.com",
        "msn.cn",
        "yahoo.com",
        "yahoo.cn",
        "yahoo.com.cn",
        "icloud.com",
        "me.com",
        "mac.com",
        "proton.me",
        "protonmail.com",
    )
)
LOCAL = re.compile(r"[A-Za-z0-9._%+-]{1,64}")
# written so that programs do not gather them: [at], (at), # and [dot]
AT = re.compile(r"[@#]|[\[({<【〔] ?(?:[aA][tT]|@)[\])}>】〕]| (?:at|AT) (?=[\w-]{1,30} (?:dot|DOT) )")
DOT = re.compile(r" ?[\[({<【〔] ?(?:[dD][oO][tT]|\.)[\])}>】〕] ?| (?:dot|DOT) ")
DOMAIN = re.compile(rf" ?([A-Za-z0-9-]{{1,30}}(?:(?:\.|{DOT.pattern})[A-Za-z0-9-]{{1,30}}){{1,4}})")
# what a look at the bytes goes by: words that are quickly searched for, and then what stands behind them
SIGNS = (b"at", b"At", b"AT")
SPELLED = re.compile(rb"[aA][tT](?:[\])}>]|\xe3\x80[\x91\x95]|\xef\xbc[\x89\xbd\x9e]|\xef\xbd\x9d)| (?:dot|DOT) ")
HEADS = b"|".join(sorted({one.split(".")[0].encode() for one in PROVIDERS}))
HASHES = (re.compile(rb"# ?(?i:%s)" % HEADS), re.compile(rb"\xef\xbc\x83 ?(?i:%s)" % HEADS))


WORD = re.compile(
    r"绝 ?密|机 ?密|秘 ?密|(?:核 ?心|普 ?通) ?商 ?密|工 ?作 ?秘 ?密|内 ?部 ?(?:资 ?料|文 ?件|材 ?料|使 ?用|参 ?考|传 "
    r"?阅)|保 ?密 ?期 ?限"
)
STAR = re.compile(r"(?: ?级)? ?[★☆⭐✩✪] ?(?:[0-9]{1,3} ?(?:年|个月|天|日)|长期|启用前|解密前)?")
TERM = re.compile(r"(?: ?级)? ?(?:[0-9]{1,3} ?(?:年|个月|天|日)|长期)")
LABEL = re.compile(r"(?:密级|密等|保密级别|保密等级|秘密等级|标密)[”\"' ]?[:：] ?[“\"']?$")
PERIOD = re.compile(r" ?[:：] ?(?:[0-9]{1,3} ?(?:年|个月|天|日)|长期|启用前)")
OPEN, SHUT = re.compile(r"(?:仅供)?$"), re.compile(r"(?: ?[级件])?(?: ?[0-9]{1,3} ?年)? ?")
SQUARE, ROUND = {"【": "】", "[": "]", "〔": "〕", "［": "］"}, {"（": "）", "(": ")"}
GRAVE = ("绝", "机", "秘")
KEEP = re.compile(r"[ ，,、；;:：!·—-]{0,3}(?:请)?(?:注意保|妥善保|严禁|禁止|不得|请勿|切勿|谨防)[^，。；\n]{0,10}")
ORNAMENT = " \t\"'“”‘’*_>|《》。!"
LONGEST_LINE = 40


def mailboxes(text: str) -> Iterator[Private]:
    """Every private mailbox of a folded text."""
    for match in AT.finditer(text):
        at = match.start()
        domain = DOMAIN.match(text, match.end())
        name = DOT.sub(".", domain[1]) if domain else ""
        before = text[max(0, at - 65) : at].removesuffix(" ")
        local = LOCAL.match(before[::-1]) if name.lower() in PROVIDERS else None
        if local and domain:
            start = at - len(text[max(0, at - 65) : at]) + len(before) - local.end()
            yield Private(Kind.EMAIL, start, domain.end(), f"{local[0][::-1]}@{name}")


def markings(text: str) -> Iterator[Private]:
    """Every mark of secrecy of a folded text."""
    for match in WORD.finditer(text):
        end = marked_until(text, match)
        if end:
            yield Private(Kind.SECRECY, match.start(), end, "".join(text[match.start() : end].split()))


def marked_until(text: str, match: re.Match[str]) -> int:
    """Where a mark that begins with this word ends; 0 where the word is part of prose."""
    start, end = match.span()
    head = text[max(0, start - LONGEST_LINE) : start].rsplit("\n", 1)[-1]
    tail = text[end : end + LONGEST_LINE].split("\n", 1)[0]
    word = match[0].replace(" ", "")
    if word == "保密期限":
        period = PERIOD.match(tail)
        return end + period.end() if period else 0
    star = STAR.match(tail)
    if star:
        return end + star.end()
    if LABEL.search(head):
        return end
    term = TERM.match(tail)
    return bracketed(word, head, tail, end) or alone(word, head, tail, end, end + term.end() if term else 0)


def bracketed(word: str, head: str, tail: str, end: int) -> int:
    """The word between square brackets; between round ones only the grave words, because （内部资料） also names a sort
    of book.
    """
    inner = head.removesuffix("仅供")
    shut = SQUARE.get(inner[-1:]) or (ROUND.get(inner[-1:]) if word[0] in GRAVE else None)
    rest = SHUT.match(tail)
    return end if shut and rest and tail[rest.end() : rest.end() + 1] in (shut, ")" if shut == "）" else shut) else 0


def alone(word: str, head: str, tail: str, end: int, term: int) -> int:
    """The only words of a line, or with a term the only ones behind a key; 内部资料 also with 注意保存 and the like."""
    if len(head) + len(tail) > LONGEST_LINE:
        return 0
    keep = KEEP.match(tail) if word.startswith("内部") else None
    until = term or (end + keep.end() if keep else end)
    rest = tail[until - end :].lstrip("级件").strip(ORNAMENT)
    lead = head.removesuffix("仅供").strip(ORNAMENT)
    keyed = term and lead.endswith((":", "：")) and len(lead) <= 20
    return until if not rest and (not lead or keyed) else 0
