"""Numbers of persons among all the digits of a text: identity, mobile telephone, bank card, account.

A run is digits with at most a blank and a hyphen between any two of them; a number begins and ends where a group of the run
does. What is public is told apart by its check digit, by the word before it (编号, 代码 …) and by its shape: amounts, dates,
office telephones, unified social credit codes, index numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from build_tools.privacy.digits import is_credit_code, is_identity_number, is_old_identity_number, luhn
from build_tools.privacy.model import Kind, Private

RUN = re.compile(r"[0-9](?: ?-? ?[0-9]){8,}(?: ?-? ?[xX](?![0-9A-Za-z]))?")
GROUP = re.compile(r"[0-9]+[xX]?|[xX]")
# numbers that name a thing, not a person
NAMED = re.compile(
    r"(?:编号|编码|代码|识别号|索引号?|文号|税号|备案号?|标识码|流水号|订单号|发票号码?|登记号|合同号|项目号|许可证号|条码|公网安备|ISBN|ISSN)[^0-9A-Za-z\n]{0,6}$"
)
CODE_OF_UNIT = re.compile(r"(?:信用代码|识别号|索引号?|目录编号|税号)[^0-9A-Za-z\n]{0,6}$")
OF_PERSON = re.compile(r"(?:身份证|证件号|公民身份)[^0-9\n]{0,12}$")
TELEPHONE = re.compile(r"(?:手机|电话|联系|热线|微信|[Tt]el|TEL|[Pp]hone|[Mm]obile)[^\n]{0,24}$")
ACCOUNT_BESIDE = re.compile(r"(?:账号|帐号|账户|帐户|卡号)[^0-9A-Za-z\n]{0,8}$")
ACCOUNT_NEAR = re.compile(r"账号|帐号|账户|帐户|卡号|开户|户名|银行卡")
AMOUNT = re.compile(r"\.[0-9]| ?(?:元|万|亿|%|‰)")
OF_INDEX = re.compile("/[0-9]{4}")
OFFICE = re.compile("0[0-9]{9,11}")
BREAK = re.compile(r"[\s<>\"'）】，。；]")
# a letter or a decimal point that a number hangs on
GLUED_LEFT, GLUED_RIGHT = re.compile(r"(?:[A-Za-z]|[0-9]\.)$"), re.compile(r"[0-9A-Za-z]")
LATIN_WORD = re.compile(r"(?:tel|phone|mobile|mob)$", re.IGNORECASE)
YEAR_OR_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:[01][0-9][0-3][0-9])?")
# how people part the digits of a mobile number; other ways count only behind 电话 and the like
PARTED = ((3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (1,) * 11)
IDENTITY = re.compile(r"(?=([1-9][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9xX]))")
MOBILE = re.compile(r"(?=(1[3-9][0-9]{9}))")
CARD = re.compile(r"(62|9558|4|5)(?=[0-9])")
# by the first digits of who issues them
CARD_LENGTHS = {"62": (16, 17, 18, 19), "9558": (19,), "4": (16,), "5": (16,)}
REGION_AND_YEAR = re.compile(r"[0-9]{6}(?:19|20)[0-9]{2}")
LONGEST = 30
BEFORE, NEAR = 40, 160


@dataclass(frozen=True, slots=True)
class Run:
    """Digits that stand together. `digits` without what parts them; group `n` of them begins at `firsts[n]`, ends at `lasts[n]`.

    `offsets` are the places of the groups in the text, `before` the same line before the run, `near` also two lines above it.
    """

    text: str
    digits: str
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    offsets: tuple[int, ...]
    before: str
    near: str

    def groups(self, first: int, last: int) -> range:
        """The groups that make up the digits from `first` to `last`; empty where these are no edges of groups."""
        start, end = bisect_left(self.firsts, first), bisect_left(self.lasts, last)
        whole = start < len(self.firsts) and end < len(self.lasts) and self.firsts[start] == first and self.lasts[end] == last
        return range(start, end + 1) if whole else range(0)

    def place(self, groups: range) -> tuple[int, int]:
        """Where these groups stand in the text."""
        last = groups[-1]
        return self.offsets[groups[0]], self.offsets[last] + self.lasts[last] - self.firsts[last]

    def behind(self, groups: range) -> str:
        """A little of what follows these groups."""
        end = self.place(groups)[1]
        return self.text[end : end + 8]

    def beside(self, groups: range) -> str:
        """The line before these groups, the last of it."""
        start = self.offsets[groups[0]]
        return self.before if groups[0] == 0 else self.text[max(self.offsets[0], start - BEFORE) : start]

    def written(self, groups: range) -> list[str]:
        """The digits of each of these groups."""
        return [self.digits[self.firsts[number] : self.lasts[number]] for number in groups]

    def shape(self, groups: range) -> tuple[int, ...]:
        """How many digits each of these groups has."""
        return tuple(self.lasts[number] - self.firsts[number] for number in groups)


def numbers_in(text: str) -> Iterator[Private]:
    """Every number of a person in a folded text, in reading order; none overlaps another."""
    for match in RUN.finditer(text):
        run = read_run(text, match)
        taken: dict[int, tuple[range, Kind]] = {}
        for kind, finder in FINDERS.items():
            for groups in finder(run):
                if not any(number in taken for number in groups):
                    taken |= dict.fromkeys(groups, (groups, kind))
        for groups, kind in dict.fromkeys(taken[number] for number in sorted(taken)):
            start, end = run.place(groups)
            value = run.digits[run.firsts[groups[0]] : run.lasts[groups[-1]]].upper()
            yield Private(kind, start, end, value[-11:] if kind is Kind.MOBILE else value)


def read_run(text: str, match: re.Match[str]) -> Run:
    """A run with what stands before it."""
    spans = [one.span() for one in GROUP.finditer(match[0])]
    # an X that a blank parts from its digits
    firsts, at = [], 0
    for start, end in spans:
        firsts.append(at)
        at += end - start
    lines = text[max(0, match.start() - NEAR) : match.start()].split("\n")[-3:]
    lasts = (*firsts[1:], at)
    return Run(
        text, match[0].replace(" ", "").replace("-", ""), tuple(firsts), lasts, tuple(match.start() + start for start, _ in spans), lines[-1][-BEFORE:],
        "\n".join(lines),
    )


def identities(run: Run) -> Iterator[range]:
    """Identity numbers by their check digit; behind 身份证号 also those that were mistyped, and the old ones of 15 digits."""
    for match in IDENTITY.finditer(run.digits):
        groups = run.groups(match.start(), match.start() + 18)
        if groups and is_identity_number(match[1]) and stands_alone(run, groups) and not is_code(run, groups, CODE_OF_UNIT):
            yield groups
    if OF_PERSON.search(run.before):
        yield from filter(None, (run.groups(0, 18), run.groups(0, 15)))
    elif OF_PERSON.search(run.near) and len(run.firsts) == 1 and len(run.digits) == 15 and is_old_identity_number(run.digits):
        yield range(1)


def mobiles(run: Run) -> Iterator[range]:
    """Mobile numbers, written in one or parted, with or without +86."""
    spoken = bool(TELEPHONE.search(run.before))
    for match in MOBILE.finditer(run.digits):
        first, last = match.start(), match.start() + 11
        prefix = next((one for one in ("0086", "86") if run.digits[:first] == one), "")
        groups = run.groups(first, last) or (run.groups(0, last) if prefix else range(0))
        if not groups or not stands_alone(run, groups) or in_address(run, groups):
            continue
        alone = groups[-1] == len(run.firsts) - 1 and (groups[0] == 0 or (bool(prefix) and groups[0] == 1))
        parted = alone and run.shape(groups) in PARTED and not any(YEAR_OR_DAY.fullmatch(one) for one in run.written(groups[1:]))
        if spoken or ((len(groups) == 1 or parted) and not is_code(run, groups, NAMED)):
            yield groups


def cards(run: Run) -> Iterator[range]:
    """Bank cards: the first digits of an issuer, a length that it uses, Luhn's check digit; in one or in fours."""
    for first in run.firsts:
        issuer = CARD.match(run.digits, first)
        for length in CARD_LENGTHS[issuer[1]] if issuer else ():
            groups = run.groups(first, first + length)
            shape, digits = run.shape(groups), run.digits[first : first + length]
            together = len(shape) == 1 or set(shape[:-1]) == {4} or (len(shape) == 2 and shape[0] == 6)
            # the last sign of a run may be an X
            if not together or not digits.isdecimal():
                continue
            coded = is_credit_code(digits) or (issuer and issuer[1] in "45" and REGION_AND_YEAR.match(digits)) or is_code(run, groups, NAMED)
            if luhn(digits) and not coded and stands_alone(run, groups) and not in_address(run, groups):
                yield groups


def accounts(run: Run) -> Iterator[range]:
    """Accounts, which have no check digit: long numbers beside 账号, or near 开户行 and the like."""
    if not ACCOUNT_NEAR.search(run.near):
        return
    beside = bool(ACCOUNT_BESIDE.search(run.before))
    whole = range(len(run.firsts))
    parted = [whole] if beside and 12 <= len(run.digits) <= LONGEST else []
    for groups in (*(range(number, number + 1) for number in whole), *parted):
        length = sum(run.shape(groups))
        if not (9 if beside and groups[0] == 0 else 12) <= length <= LONGEST or not stands_alone(run, groups) or OFFICE.fullmatch(run.digits):
            continue
        if not is_code(run, groups, NAMED) and (beside or not is_credit_code(run.digits[run.firsts[groups[0]] : run.lasts[groups[-1]]])):
            yield groups


def is_code(run: Run, groups: range, named: re.Pattern[str]) -> bool:
    """True where a word before it, or a year behind a stroke, says that it names a thing or an office."""
    return bool(named.search(run.beside(groups)) or OF_INDEX.match(run.behind(groups)))


def stands_alone(run: Run, groups: range) -> bool:
    """False inside a longer name of letters and digits, behind a decimal point, and for amounts."""
    start, _ = run.place(groups)
    left, behind = run.text[max(0, start - 7) : start], run.behind(groups)
    if GLUED_LEFT.search(left) and not LATIN_WORD.search(left):
        return False
    return not (GLUED_RIGHT.match(behind) or AMOUNT.match(behind))


def in_address(run: Run, groups: range) -> bool:
    """True in the path of a web address; what stands behind = in it was filled in by somebody."""
    left = run.text[max(0, run.place(groups)[0] - 300) : run.place(groups)[0]]
    at = left.rfind("://")
    return at >= 0 and not left.endswith("=") and not BREAK.search(left, at)


FINDERS: Mapping[Kind, Callable[[Run], Iterator[range]]] = {Kind.IDENTITY: identities, Kind.CARD: cards, Kind.MOBILE: mobiles, Kind.ACCOUNT: accounts}
