"""The rule language: `收入.总计 == 支出.总计` → terms → exact decimal results.

Rules are written as Python comparisons because everyone can read them and the grammar is already there; they are
walked, never executed, and everything outside a short list of node types is refused at its place.
"""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Literal, NamedTuple, TypeVar, Union

from build_tools.fast import make

MAX_LENGTH = 600
PLAIN_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
UNREAD = re.compile(r"[#\x00-\x1f]")
Relation = Literal["==", "<=", ">="]
Operation = Literal["+", "-", "*", "/", "min"]
RELATIONS: dict[type[ast.cmpop], Relation] = {ast.Eq: "==", ast.LtE: "<=", ast.GtE: ">="}
OPERATIONS: dict[type[ast.operator], Operation] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Name:
    """A dotted path as written; a code subscript is a part of digits. `column` counts from 0 in the rule's text."""

    parts: tuple[str, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Number:
    """A constant of the form, such as the 10 marks for the execution rate."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Sum(Generic[T]):
    """The sum over every cell that a path names."""

    of: T


@dataclass(frozen=True, slots=True)
class Binary(Generic[T]):
    """left op right, or the smaller of the two."""

    op: Operation
    left: Term[T]
    right: Term[T]


Term = Union[T, Number, Sum[T], Binary[T]]


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """A comparison. T is `Name` as parsed, later whatever names are resolved to."""

    relation: Relation
    left: Term[T]
    right: Term[T]


class FormulaError(Exception):
    """The rule cannot be read. `column` counts code points from 0 inside the rule's text."""

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.column = column


def parse_rule(text: str) -> Rule[Name]:
    """`左边 == 右边`, with == <= >=, + - * /, sum(…), min(…, …), dotted names and code subscripts. Raises
    FormulaError.
    """
    node = read(text)
    if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in RELATIONS:
        raise FormulaError("规则要写成一个比较：左边 == 右边（或 <=、>=）")
    return Rule(RELATIONS[type(node.ops[0])], term(node.left, text), term(node.comparators[0], text))


def parse_name(text: str) -> Name:
    """A dotted path alone, as in `gives`. Raises FormulaError."""
    return name(read(text), text)


def read(text: str) -> ast.expr:
    """Python's own grammar, on one line too short to hurt it, without the comments that it would skip."""
    text = text.rstrip("\n")
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"规则超过 {MAX_LENGTH} 个字")
    unread = UNREAD.search(text)
    if unread:
        raise FormulaError("规则写在一行里，里面没有注释和控制字符", unread.start())
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        # without an offset the text ended too early
        column = min(error.offset - 1, len(text)) if error.offset else len(text)
        raise FormulaError("规则的写法不对：检查括号、运算符和名字（半角）", max(0, column)) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise FormulaError("规则的写法不对：括号嵌套太深或有不能用的字符") from error


def term(node: ast.expr, text: str) -> Term[Name]:
    """One node of the short list, or FormulaError."""
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        return Binary(OPERATIONS[type(node.op)], term(node.left, text), term(node.right, text))
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        written = ast.get_source_segment(text, node) or ""
        if not PLAIN_NUMBER.fullmatch(written):
            raise FormulaError("数只写数字和小数点", column(node, text))
        return Number(Decimal(written))
    if isinstance(node, ast.Call):
        called = node.func.id if isinstance(node.func, ast.Name) and not node.keywords else ""
        if called == "sum" and len(node.args) == 1:
            return Sum(name(node.args[0], text))
        if called == "min" and len(node.args) == 2:
            return Binary("min", term(node.args[0], text), term(node.args[1], text))
        raise FormulaError("只有 sum(…) 和 min(…, …) 可以这样写", column(node, text))
    return name(node, text)


def name(node: ast.expr, text: str) -> Name:
    """A dotted path: identifiers, and codes as `["301"]`."""
    parts: list[str] = []
    at: ast.expr = node
    while not isinstance(at, ast.Name):
        if isinstance(at, ast.Attribute):
            parts.append(at.attr)
        elif isinstance(at, ast.Subscript) and isinstance(at.slice, ast.Constant) and is_code(at.slice.value):
            parts.append(str(at.slice.value))
        else:
            raise FormulaError(
                '这里只能写名字、科目编码（如 支出["301"]）、数、sum(…)、min(…, …) 和 + - * /', column(node, text)
            )
        at = at.value
    parts.append(at.id)
    return Name(tuple(reversed(parts)), column(node, text))


def is_code(value: object) -> bool:
    """A subscript holds a classification code, as text."""
    return isinstance(value, str) and value.isascii() and value.isdigit()


def column(node: ast.expr, text: str) -> int:
    """The syntax tree counts bytes; people count characters."""
    return len(text.encode()[: node.col_offset].decode(errors="ignore"))


def survives(key: str) -> bool:
    """True where a key is an identifier that Python's normalisation (NFKC) leaves as it is."""
    return key.isidentifier() and unicodedata.normalize("NFKC", key) == key


def leaves(side: Term[T]) -> Iterator[tuple[T, bool]]:
    """Every name of a side, with whether it stands in a sum."""
    if isinstance(side, Binary):
        yield from leaves(side.left)
        yield from leaves(side.right)
    elif isinstance(side, Sum):
        yield side.of, True
    elif not isinstance(side, Number):
        yield side, False


def additive(side: Term[T]) -> bool:
    """True where a side only adds and subtracts: then what rounding explains is known to the cent."""
    return not isinstance(side, Binary) or (side.op in ("+", "-") and additive(side.left) and additive(side.right))


def signs(side: Term[T], negative: bool = False) -> tuple[bool, ...] | None:
    """For every name of a side whether it is subtracted; None where the side does more than add and subtract."""
    if isinstance(side, Number):
        return None
    if not isinstance(side, Binary):
        return (negative,)
    left = signs(side.left, negative) if side.op in ("+", "-") else None
    right = signs(side.right, negative is (side.op == "+")) if left is not None else None
    return None if left is None or right is None else (*left, *right)


def replace_names(side: Term[T], swap: Callable[[T, bool], U]) -> Term[U]:
    """The same side with every name replaced; `swap` is told whether the name stands in a sum."""
    if isinstance(side, Binary):
        return Binary(side.op, replace_names(side.left, swap), replace_names(side.right, swap))
    if isinstance(side, Sum):
        return Sum(swap(side.of, True))
    if isinstance(side, Number):
        return side
    return swap(side, False)


class Value(NamedTuple):
    """A figure in a calculation. `amount` None = blank, which contributes nothing; `known` False = cannot be computed.

    `slack` is how far rounding may have moved it: half of the last printed digit for every non-zero figure in it.
    """

    amount: Decimal | None
    known: bool = True
    slack: Decimal = Decimal(0)

    @property
    def blank(self) -> bool:
        """True where nothing was written; a comparison of a number with nothing costs more than adding it."""
        return self.known and self.amount is None


BLANK = Value(None)
UNKNOWN = Value(None, known=False)


def evaluate(side: Term[T], value_of: Callable[[T], list[Value]]) -> Value:
    """The value of a side. `value_of` gives the cells that a name stands for: one, or in a sum any number."""
    if isinstance(side, Number):
        return Value(side.value)
    if isinstance(side, Binary):
        return combine(side.op, evaluate(side.left, value_of), evaluate(side.right, value_of))
    values = value_of(side.of if isinstance(side, Sum) else side)
    total = values[0] if values else BLANK
    for value in values[1:]:
        total = combine("+", total, value)
    return total


def combine(op: Operation, left: Value, right: Value) -> Value:
    """Exact arithmetic with blanks: a blank addend contributes nothing, a blank factor leaves nothing to say."""
    if not (left.known and right.known):
        return UNKNOWN
    a, b = left.amount, right.amount
    if op in ("+", "-"):
        if b is None:
            return left
        signed = b if op == "+" else -b
        return make(Value, (signed if a is None else a + signed, True, left.slack + right.slack))
    if a is None or b is None:
        return BLANK
    if op == "min":
        return left if a <= b else right
    if op == "*":
        return make(Value, (a * b, True, left.slack * abs(b) + right.slack * abs(a)))
    if b == 0:
        return UNKNOWN
    return make(Value, (a / b, True, left.slack / abs(b) + right.slack * abs(a) / (b * b)))
