"""Numbers of persons among all the digits of a text: identity, mobile telephone, bank card, account.

What is public is told apart by its check digit, by the word before it (编号, 代码 …) and by its shape: amounts, dates,
office telephones, unified social credit codes, index numbers, numbers of documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from build_tools.privacy.digits import is_credit_code, is_identity_number, is_old_identity_number, luhn
from build_tools.privacy.model import Kind, Private
from build_tools.privacy.runs import Run, runs_in

# numbers that name a thing, not a person
NAMED = re.compile(
    r"(?:编号|编码|代码|识别号|索引号?|[文税单案批件票档卷册柜货书]号|备案号?|标识码|流水号?|发票号码?|登记号|注册号|合同号|项目号|凭证号|序列号|受理号|计划号|"
    r"许可证号|证书号|条码|公网安备|ISBN|ISSN)[^0-9A-Za-z\n]{0,6}\Z"
)
# 财预〔2023〕…, 第…号
DOCUMENT = re.compile(r"(?:[〔\[({【<](?:19|20)[0-9]{2}[〕\])}】>] ?第? ?|第 ?|[年字发文函令预办] ?)\Z")
OF_YEAR, ORDINAL = re.compile(r"[〕\])}】>] ?第? ?\Z"), re.compile(r" ?号(?!码)")
CODE_OF_UNIT = re.compile(r"(?:信用代码|识别号|索引号?|目录编号|税号)[^0-9A-Za-z\n]{0,6}\Z")
OF_PERSON = re.compile(r"(?:身份证|证件号|公民身份)[^0-9\n]{0,12}\Z")
# the head of a column, one or two lines above
PERSON_NEAR = re.compile(r"(?:身份证|证件号|公民身份)[^0-9\n]{0,60}\n(?:[^\n]*\n)?[^\n]*\Z")
TELEPHONE = re.compile(r"(?:手机|电话|联系|热线|微信|[Tt]el|TEL|[Pp]hone|[Mm]obile)[^\n]{0,24}\Z")
ACCOUNT_BESIDE = re.compile(r"(?:账号|帐号|账户|帐户|卡号)[^0-9A-Za-z\n]{0,8}\Z")
ACCOUNT_NEAR = re.compile(r"账号|帐号|账户|帐户|卡号|开户|户名|银行卡")
AMOUNT = re.compile(r"\.[0-9]| ?(?:元|万|亿|%|‰|[美港欧日]元|平方米|立方米|千瓦|公里|公斤|吨)")
PRICED = re.compile(r"(?:金额|合计|小计|共计|人民币|RMB|CNY|[¥￥$])[^0-9A-Za-z\n]{0,4}\Z")
OF_INDEX = re.compile("/[0-9]{4}")
OFFICE = re.compile("0[0-9]{9,11}")
BREAK = re.compile(r"[\s<>\"'）】，。；]")
# a letter or a decimal point that a number hangs on
GLUED_LEFT, GLUED_RIGHT, DECIMAL = re.compile(r"[A-Za-z]\Z"), re.compile("[0-9A-Za-z]"), re.compile(r"[0-9]\.\Z")
LATIN_WORD = re.compile(r"(?:tel|phone|mobile|mob|(?<![a-z])id|sfz)\Z", re.IGNORECASE)
YEAR_OR_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:[01][0-9][0-3][0-9])?")
# how people part the digits of a mobile number; other ways count only behind 电话 and the like
PARTED = ((11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (1,) * 11)
# what may be dialled before it
DIALLED = ("0086", "86", "")
# an identity number of 15 digits: the code of its province (GB/T 2260), in one or parted as it is read
PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")
OLD_SHAPES = ((15,), (6, 6, 3))
IDENTITY = re.compile(r"(?=([1-9][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9xX]))")
MOBILE = re.compile(r"(?=(1[3-9][0-9]{9}))")
CARD = re.compile(r"(62|9558|4|5)(?=[0-9])")
# by the first digits of who issues them
CARD_LENGTHS = {"62": (16, 17, 18, 19), "9558": (19,), "4": (16,), "5": (16,)}
REGION_AND_YEAR = re.compile(r"[0-9]{6}(?:19|20)[0-9]{2}")
LONGEST = 30


def numbers_in(text: str) -> Iterator[Private]:
    """Every number of a person in a folded text, in reading order; none overlaps another."""
    for run in runs_in(text):
        taken: dict[int, tuple[range, Kind]] = {}
        for kind, finder in FINDERS.items():
            for groups in finder(run):
                if not any(number in taken for number in groups):
                    taken |= dict.fromkeys(groups, (groups, kind))
        for groups, kind in dict.fromkeys(taken[number] for number in sorted(taken)):
            start, end = run.place(groups)
            value = run.digits[run.firsts[groups[0]] : run.lasts[groups[-1]]].upper()
            yield Private(kind, start, end, value[-11:] if kind is Kind.MOBILE else value)


def identities(run: Run) -> Iterator[range]:
    """Identity numbers by their check digit, whatever letters they hang on; those of 15 digits by region and birthday;
    behind 身份证号 also those that were mistyped.
    """
    for match in IDENTITY.finditer(run.digits):
        groups = run.groups(match.start(), match.start() + 18)
        if (
            groups
            and is_identity_number(match[1])
            and not in_amount(run, groups)
            and not is_code(run, groups, CODE_OF_UNIT)
        ):
            yield groups
    if OF_PERSON.search(run.before):
        yield from filter(None, (run.groups(0, 18), run.groups(0, 15)))
    else:
        yield from old_identities(run)


def old_identities(run: Run) -> Iterator[range]:
    """Those of 15 digits with no 身份证号 right before them, unless other words say what they are."""
    near = bool(PERSON_NEAR.search(run.near))
    for first in run.firsts:
        digits = run.digits[first : first + 15]
        if not is_old_identity_number(digits) or not (near or PROVINCE.match(digits)):
            continue
        groups = run.groups(first, first + 15)
        if (
            groups
            and run.shape(groups) in OLD_SHAPES
            and stands_alone(run, groups)
            and not is_public(run, groups)
            and not ACCOUNT_BESIDE.search(run.beside(groups))
            and not in_address(run, groups)
        ):
            yield groups


def mobiles(run: Run) -> Iterator[range]:
    """Mobile numbers, written in one or parted, with or without +86."""
    spoken = bool(TELEPHONE.search(run.before))
    for match in MOBILE.finditer(run.digits):
        first, last = match.start(), match.start() + 11
        dialled = next((one for one in DIALLED if first == len(one) and run.digits.startswith(one)), "")
        groups = run.groups(first, last) or (run.groups(0, last) if dialled else range(0))
        if not groups or not stands_alone(run, groups) or in_address(run, groups) or is_document(run, groups):
            continue
        shape = run.shape(groups)
        if dialled and run.firsts[groups[0]] == 0:
            shape = (shape[0] - len(dialled), *shape[1:])
        alone = groups[-1] == len(run.firsts) - 1 and run.firsts[groups[0]] in (0, len(dialled))
        parted = alone and shape in PARTED and not any(map(YEAR_OR_DAY.fullmatch, run.written(groups[1:])))
        if (spoken and run.plain(groups)) or ((len(groups) == 1 or parted) and not is_public(run, groups)):
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
            coded = (
                is_credit_code(digits)
                or (issuer and issuer[1] in "45" and REGION_AND_YEAR.match(digits))
                or is_public(run, groups)
            )
            if luhn(digits) and not coded and stands_alone(run, groups) and not in_address(run, groups):
                yield groups


def accounts(run: Run) -> Iterator[range]:
    """Accounts, which have no check digit: long numbers beside 账号, or near 开户行 and the like."""
    if not ACCOUNT_NEAR.search(run.near):
        return
    beside = bool(ACCOUNT_BESIDE.search(run.before))
    whole = range(len(run.firsts))
    parted = [whole] if beside and 12 <= len(run.digits) <= LONGEST and run.joined(whole) else []
    for groups in (*(range(number, number + 1) for number in whole), *parted):
        length = sum(run.shape(groups))
        if (
            not (9 if beside and groups[0] == 0 else 12) <= length <= LONGEST
            or not stands_alone(run, groups)
            or OFFICE.fullmatch(run.digits)
        ):
            continue
        if not is_code(run, groups, NAMED) and (
            beside or not is_credit_code(run.digits[run.firsts[groups[0]] : run.lasts[groups[-1]]])
        ):
            yield groups


def is_code(run: Run, groups: range, named: re.Pattern[str]) -> bool:
    """True where a word before it, or a year behind a stroke, says that it names a thing or an office."""
    return bool(named.search(run.beside(groups)) or OF_INDEX.match(run.behind(groups)))


def is_public(run: Run, groups: range) -> bool:
    """True where the words beside it say that it is a code, an amount or the number of a document."""
    return is_code(run, groups, NAMED) or bool(PRICED.search(run.beside(groups))) or is_document(run, groups)


def is_document(run: Run, groups: range) -> bool:
    """True for what stands behind the year of a document (文号), and between 第 and 号."""
    start = run.place(groups)[0]
    before = DOCUMENT.search(run.text, max(0, start - 12), start)
    return bool(before and (OF_YEAR.search(before[0]) or ORDINAL.match(run.behind(groups))))


def in_amount(run: Run, groups: range) -> bool:
    """True behind a decimal point, and for amounts."""
    start, _ = run.place(groups)
    return bool(DECIMAL.search(run.text, max(0, start - 2), start) or AMOUNT.match(run.behind(groups)))


def stands_alone(run: Run, groups: range) -> bool:
    """False inside a longer name of letters and digits, behind a decimal point, and for amounts."""
    start, _ = run.place(groups)
    left = run.text[max(0, start - 7) : start]
    if GLUED_LEFT.search(left) and not LATIN_WORD.search(left):
        return False
    return not (GLUED_RIGHT.match(run.behind(groups)) or in_amount(run, groups))


def in_address(run: Run, groups: range) -> bool:
    """True in the path of a web address; what stands behind = in it was filled in by somebody."""
    left = run.text[max(0, run.place(groups)[0] - 300) : run.place(groups)[0]]
    at = left.rfind("://")
    return at >= 0 and not left.endswith("=") and not BREAK.search(left, at)


FINDERS: Mapping[Kind, Callable[[Run], Iterator[range]]] = {
    Kind.IDENTITY: identities,
    Kind.CARD: cards,
    Kind.MOBILE: mobiles,
    Kind.ACCOUNT: accounts,
}
