"""The findings, one function for each kind: what stands there (masked), what to do, on what basis."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from functools import partial

from build_tools.diagnostics import Finding, Place, Severity
from build_tools.privacy.model import Kind, Private

PERSONAL = "政府信息公开条例第十五条（涉及个人隐私、公开会损害第三方合法权益的，不得公开）；个人信息保护法"
STATE_SECRETS = "政府信息公开条例第十四条（国家秘密不予公开）、第十七条（公开前依法审查）；保守国家秘密法"
Tell = Callable[[str, Place, str], Finding]


def tell(one: Private, place: Place, section: str, beside: str) -> Finding:
    """The finding for something private. `section` and `beside` say how and where it is acknowledged."""
    return TELL[one.kind](one.shown, place, f"确须公开的，在{beside}里写 内容: {one.shown}、位置: {section} 和理由")


def identity(shown: str, place: Place, way_out: str) -> Finding:
    """A resident identity number."""
    return Finding(
        "privacy-identity-number",
        f"这里有居民身份证号码 {shown}",
        place,
        hint=f"删去，或遮盖为 {shown}；{way_out}",
        citation=PERSONAL,
    )


def mobile(shown: str, place: Place, way_out: str) -> Finding:
    """A mobile number."""
    hint = f"写办公电话，或遮盖为 {shown}；是金额的写上小数，是编号的前面写明“编号”；{way_out}"
    return Finding("privacy-mobile-number", f"这里有手机号码 {shown}", place, hint=hint, citation=PERSONAL)


def card(shown: str, place: Place, way_out: str) -> Finding:
    """A bank card."""
    return Finding(
        "privacy-bank-card",
        f"这里有银行卡号 {shown}",
        place,
        hint=f"删去，或遮盖为 {shown}；是编号的前面写明“编号”；{way_out}",
        citation=PERSONAL,
    )


def account(shown: str, place: Place, way_out: str) -> Finding:
    """Digits beside 账号."""
    return Finding(
        "privacy-bank-account",
        f"这里像是银行账号 {shown}",
        place,
        hint=f"删去，或遮盖为 {shown}；{way_out}",
        citation=PERSONAL,
    )


def email(shown: str, place: Place, way_out: str) -> Finding:
    """A mailbox of a person."""
    return Finding(
        "privacy-email",
        f"这里有个人邮箱 {shown}",
        place,
        hint=f"写单位的邮箱或办公电话，或遮盖为 {shown}；{way_out}",
        citation=PERSONAL,
    )


def secrecy(shown: str, place: Place, way_out: str) -> Finding:
    """A mark of secrecy."""
    hint = f"先不要提交，交本单位保密工作机构处理；已经解密的删去标志；{way_out}"
    return Finding("privacy-secrecy", f"这里有密级标志“{shown}”", place, hint=hint, citation=STATE_SECRETS)


def clue(kind: Kind, shown: str, place: Place, way_out: str) -> Finding:
    """What only a word beside it gives away: a hint."""
    hint = f"是个人的，删去，或遮盖为 {shown}；是单位的，可以公开；{way_out}"
    return Finding("privacy-personal", f"这里像是{kind} {shown}", place, Severity.HINT, hint=hint, citation=PERSONAL)


def unread(file: str, why: str) -> Finding:
    """A file that nobody but a person can look into."""
    hint = "请打开看一遍；表格另存为 CSV、文字另存为 txt 就能检查"
    return Finding(
        "privacy-unread", f"{why}，没有检查里面有没有个人信息和密级标志", Place(file), Severity.HINT, hint=hint
    )


def unreadable(file: str, error: OSError) -> Finding:
    """A file or folder that the system does not let us read."""
    why = "没有权限" if error.errno in (errno.EACCES, errno.EPERM) else error.strerror or "系统拒绝"
    return Finding(
        "file-unreadable",
        f"“{file.rsplit('/', 1)[-1]}”读不出来：{why}",
        Place(file),
        hint="检查它的所有者和权限，让运行明账的账号能读",
    )


TELL: Mapping[Kind, Tell] = {
    Kind.IDENTITY: identity,
    Kind.MOBILE: mobile,
    Kind.CARD: card,
    Kind.ACCOUNT: account,
    Kind.EMAIL: email,
    Kind.SECRECY: secrecy,
    **{
        kind: partial(clue, kind)
        for kind in (Kind.PASSPORT, Kind.PERMIT, Kind.PLATE, Kind.QQ, Kind.WECHAT, Kind.ADDRESS)
    },
}
