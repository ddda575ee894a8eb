"""What was found in a text, and how it is shown: never whole.

The masked form is also the name by which an acknowledgement calls it, so it depends on nothing but the number itself.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import yaml

ACKNOWLEDGED = "隐私确认"
# what an entry says, by what it is, and what it must say
KEYS: dict[str, str] = yaml.load(
    (Path(__file__).parent / "acknowledgement.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)
FIELDS = (KEYS["content"], KEYS["section"], KEYS["reason"])


class Kind(StrEnum):
    """What a piece of text is."""

    IDENTITY = "身份证号码"
    MOBILE = "手机号码"
    CARD = "银行卡号"
    ACCOUNT = "银行账号"
    EMAIL = "个人邮箱"
    SECRECY = "密级标志"
    PASSPORT = "护照号码"
    PERMIT = "通行证号码"
    PLATE = "车牌号码"
    QQ = "QQ 号"
    WECHAT = "微信号"
    ADDRESS = "家庭住址"


# how many characters at either end are shown: enough to tell which one is meant
SHOWN = {Kind.IDENTITY: (2, 3), Kind.MOBILE: (3, 4), Kind.CARD: (2, 4), Kind.ACCOUNT: (2, 4)}
SHOWN |= {Kind.PASSPORT: (1, 2), Kind.PERMIT: (1, 2), Kind.PLATE: (2, 2), Kind.QQ: (2, 2), Kind.WECHAT: (1, 1)}
SHOWN |= {Kind.ADDRESS: (3, 0)}
LOCAL = re.compile(r"[\w.%+-]+")


class Private(NamedTuple):
    """One piece of a text, from `start` to `end`; `value` is what it says without full-width digits, blanks and
    hyphens.
    """

    kind: Kind
    start: int
    end: int
    value: str

    @property
    def shown(self) -> str:
        """The masked form: 138****1234, z***@qq.com; a mark of secrecy as it is."""
        if self.kind is Kind.SECRECY:
            return self.value
        if self.kind is Kind.EMAIL:
            return f"{self.value[0]}***{self.value[self.value.index('@') :]}"
        first, last = SHOWN[self.kind]
        return f"{self.value[:first]}{'*' * (len(self.value) - first - last)}{self.value[len(self.value) - last :]}"

    def over(self, written: str) -> str:
        """The masked form laid over the text as written, character by character, so that nothing behind it moves."""
        if self.kind is Kind.SECRECY:
            return written
        if self.kind is Kind.EMAIL:
            local = LOCAL.match(written)
            # of other length: spelled by escapes
            at = local.end() if local and local.end() == self.value.index("@") else len(written)
            return written[: at < len(written)] + "*" * (at - (at < len(written))) + written[at:]
        signs = [number for number, char in enumerate(written) if char.isalnum()]
        if len(signs) != len(self.value):
            # digits spelled by escapes
            return "*" * len(written)
        first, last = SHOWN[self.kind]
        hidden = set(signs[first : len(signs) - last])
        return "".join("*" if number in hidden else char for number, char in enumerate(written))
