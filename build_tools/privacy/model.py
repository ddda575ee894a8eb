"""What was found in a text, and how it is shown: never whole.

The masked form is also the name by which an acknowledgement calls it, so it depends on nothing but the number itself.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

ACKNOWLEDGED = "隐私确认"
FIELDS = ("内容", "位置", "理由")


class Kind(StrEnum):
    """What a piece of text is."""

    IDENTITY = "身份证号码"
    MOBILE = "手机号码"
    CARD = "银行卡号"
    ACCOUNT = "银行账号"
    EMAIL = "个人邮箱"
    SECRECY = "密级标志"


# how many characters at either end are shown: enough to tell which one is meant
SHOWN = {Kind.IDENTITY: (2, 3), Kind.MOBILE: (3, 4), Kind.CARD: (2, 4), Kind.ACCOUNT: (2, 4)}


class Private(NamedTuple):
    """One piece of a text, from `start` to `end`; `value` is what it says without full-width digits, blanks and hyphens."""

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
            return f"{self.value[0]}***{self.value[self.value.index('@'):]}"
        first, last = SHOWN[self.kind]
        return f"{self.value[:first]}{'*' * (len(self.value) - first - last)}{self.value[-last:]}"

    def over(self, written: str) -> str:
        """The masked form laid over the text as written, character by character, so that nothing behind it moves."""
        if self.kind is Kind.SECRECY:
            return written
        if self.kind is Kind.EMAIL:
            at = max(written.find("@"), written.find("＠"))
            return written[:1] + "*" * (at - 1) + written[at:] if at > 0 else "*" * len(written)
        signs = [number for number, char in enumerate(written) if char.isalnum()]
        if len(signs) != len(self.value):
            # digits spelled by escapes
            return "*" * len(written)
        first, last = SHOWN[self.kind]
        hidden = set(signs[first : len(signs) - last])
        return "".join("*" if number in hidden else char for number, char in enumerate(written))
