"""Documents made at random in the ways in which people write them, for the tests of reader and writer.

Nested keys and lists, quotes, braces, long texts, comments at any place that a line of its own can have.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import strategies as st

from build_tools.source import Entry, Mapping, Node, Scalar
from build_tools.source.read import UNSEEN
from build_tools.source.traps import FULLWIDTH
from build_tools.source.tree import Sequence

# what YAML gives a meaning to, and what only looks as if it did
TRICKY = "甲乙1.0-:#?,[]{}｛&*!|>'\"%@`~=<\\/ \n\t：，　“”０_^$"
TEXT = st.text(
    st.one_of(st.sampled_from(TRICKY), st.characters(exclude_categories=["Cs"], exclude_characters="\r")), max_size=12
).filter(lambda text: not UNSEEN.search(text))
KEY = TEXT.filter(lambda text: bool(text.strip()) and "\n" not in text and not FULLWIDTH.search(text) and text != "<<")


def scalar(text: str) -> Scalar:
    """A scalar that stands nowhere."""
    return Scalar(text, "", "", 1, 1, 1)


def mapping(entries: dict[str, Node]) -> Mapping:
    """A mapping that stands nowhere."""
    return Mapping(tuple(Entry(scalar(key), value) for key, value in entries.items()), "", 1, 1)


def below(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """One level more."""
    return st.one_of(
        st.dictionaries(KEY, inner, max_size=4).map(mapping),
        st.lists(inner, max_size=4).map(lambda items: Sequence(tuple(items), "", 1, 1)),
    )


NODES: st.SearchStrategy[Node] = st.recursive(TEXT.map(scalar), below, max_leaves=12)
TREES = st.dictionaries(KEY, NODES, max_size=5).map(mapping)


PIECES = (
    "甲:",
    "乙: 1",
    "丙: '# 二'",
    "丁: {一: 1, 二: 2}",
    "戊: [一, '二 # 三']",
    "己: |",
    "庚: >-",
    "- 一",
    "- 辛: 1",
    "-",
    "文字",
    "# 注",
    "#注 # 注",
    "",
    "  ",
    '壬: "双\\t引"',
    "癸: a#b",
    "? 子",
    ": 丑",
    "寅 : 3",
    "- - 卯",
    "---",
    "辰: ''",
    "'巳 ': 1",
    "午: }",
    "未:  两格",
    "申: {酉: |}",
    "{戌: 1}",
    "亥: 甲，乙",
)
SOUP = st.lists(st.tuples(st.sampled_from([0, 0, 0, 2, 2, 4, 6]), st.sampled_from(PIECES)), max_size=8).map(
    lambda lines: "".join(f"{' ' * indent}{piece}\n" for indent, piece in lines)
)


class Author:
    """Writes a document line by line as people do, by the throw of dice."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.lines: list[str] = []
        self.comments: list[str] = []
        self.block = 0

    def document(self) -> str:
        """A whole file, sometimes with Windows line breaks, sometimes without the last one."""
        self.mapping(0, 0)
        self.remark(0)
        text = "\n".join(self.lines) + self.dice.choice(["\n", "", "\n\n"])
        return text.replace("\n", "\r\n") if self.dice.random() < 0.2 else text

    def remark(self, indent: int) -> None:
        """Perhaps comments and empty lines."""
        while self.dice.random() < 0.3:
            comment = f"# 注{len(self.comments) % 3}" + self.dice.choice(["", " # 注", ": 1", " 'x"])
            self.comments.append(comment)
            # below a block only what is indented less is a comment
            self.lines.append(
                " " * (min(indent, self.block - 1) if self.block else self.dice.choice([0, indent, indent + 3]))
                + comment
            )
            self.lines += [""] * self.dice.choice([0, 0, 1])

    def mapping(self, indent: int, depth: int) -> None:
        """Some entries, every key once."""
        for number in range(self.dice.randint(1, 3)):
            self.remark(indent)
            key = self.dice.choice(
                [
                    f"键{number}",
                    f"'键 {number}'",
                    f"2010{number} 名称",
                    f'"键：甲{number}"'.replace("：", "、"),
                    f"键{number}#甲",
                ]
            )
            self.value(" " * indent + key + ":", indent, depth)

    def value(self, head: str, indent: int, depth: int) -> None:
        """Something behind a key or a dash."""
        deeper = indent + self.dice.choice([1, 2, 4])
        kinds: list[Callable[[], None]] = [
            lambda: self.lines.append(head + self.dice.choice(["", " ", "   "])),
            lambda: self.lines.append(f"{head} {self.word()}"),
            lambda: self.lines.append(f"{head} {{一: {self.word(',')}, 二: [{self.word(',')}, 'x # y']}}"),
            lambda: self.long_text(head, deeper),
            lambda: self.nested(head, deeper, depth, self.mapping),
            lambda: self.nested(head, deeper, depth, self.listing),
        ]
        self.block = 0
        self.dice.choice(kinds if depth < 4 else kinds[:4])()

    def word(self, without: str = "") -> str:
        """A value on one line."""
        words = ["1.50", "文字", "'引 # 号'", '"双\\t引"', "甲#乙", "a: b", "-1", "‘’", "3，4", "无 ", "''", "~"]
        return self.dice.choice([one for one in words if ": " not in one and not (without and without in one)])

    def long_text(self, head: str, deeper: int) -> None:
        """A block: what looks like a comment in it is text."""
        self.block = deeper
        mark, foot = self.dice.choice(["|", ">", "|-", "|+", ">-"]), self.dice.choice([[], [""], ["", ""]])
        body = [
            self.dice.choice(["一", "# 二", "三 # 四", "- 五", "六: 七"]),
            *self.dice.choice([[], ["  缩进"], ["", "# 八"]]),
        ]
        self.lines += [f"{head} {mark}", *(" " * deeper + line if line else "" for line in body), *foot]

    def nested(self, head: str, deeper: int, depth: int, write_below: Callable[[int, int], None]) -> None:
        """A level more."""
        self.lines.append(head)
        write_below(deeper, depth + 1)

    def listing(self, indent: int, depth: int) -> None:
        """Some items."""
        for _ in range(self.dice.randint(1, 3)):
            self.remark(indent)
            self.value(" " * indent + "-", indent, depth)
