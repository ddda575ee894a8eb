"""YAML text → tree: every place is where a reader would point, every comment is kept, every bound is exact.

In the texts below ▸ and ◂ stand around what a place must cover; they are taken out before parsing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from build_tools.source import Comment, Mapping, Node, Parsed, Scalar, line_reader, parse, same_meaning
from build_tools.source.tree import Sequence

FILE = "data/x/y/2020/final-accounts.yaml"


def sound(text: str) -> Parsed:
    """The text parsed, where nothing may be found."""
    parsed = parse(text.encode(), FILE)
    assert not parsed.findings
    return parsed


def root(text: str) -> Mapping:
    """Its tree."""
    found = sound(text).root
    assert found is not None
    return found


def scalars(node: Node) -> Iterator[Scalar]:
    """Every key and value."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key
            yield from scalars(entry.value)
    else:
        for item in node.items:
            yield from scalars(item)


@pytest.mark.parametrize(
    "marked",
    [
        "▸甲◂: 1\n",
        "甲: ▸一二三◂\n",
        "甲:   ▸1◂\n",
        "甲:\n  乙: ▸2◂\n",
        "# 说明\n\n甲: ▸1◂\n",
        "\ufeff▸甲◂: 1\n",
        "\ufeff甲: ▸1◂\n",
        "甲: 1\r\n乙: ▸2◂\r\n",
        "𠮷野: {甲𠮷: ▸2◂, 乙: 3}\n",
        "𠮷野: {甲𠮷: 2, ▸乙◂: 3}\n",
        "🀄: [🀄, ▸🀄◂]\n",
        "甲: ▸'引号里的'◂\n",
        '甲: ▸"引号\\t里的"◂\n',
        "甲:\n  - ▸一◂\n  - 二\n",
        "甲:\n  - 乙: ▸一◂\n",
        "甲: ▸|◂\n  长文字\n",
        "▸甲◂ : 1\n",
        "? ▸甲◂\n: 1\n",
        "甲: ▸值◂   \n乙: 1\n",
        "甲: ▸值◂",
    ],
)
def test_a_place_covers_what_was_written(marked: str) -> None:
    """Line and column count from 1, in code points; a byte order mark is nothing; quotes belong to the value."""
    text = marked.replace("▸", "").replace("◂", "")
    before, rest = marked.split("▸")
    covered = rest.split("◂")[0]
    line = before.count("\n") + 1
    column = len(before.removeprefix("\ufeff").split("\n")[-1]) + 1
    places = [(one.line, one.column, one.length) for one in scalars(root(text))]
    assert (line, column, len(covered)) in places


@pytest.mark.parametrize(("text", "column"), [("甲:\n乙: 1\n", 3), ("甲: \n乙: 1\n", 3), ("乙: 1\n甲:", 3)])
def test_a_blank_value_stands_behind_its_colon(text: str, column: int) -> None:
    """Its place is one code point long, so that something can be marked."""
    value = root(text).get("甲")
    assert isinstance(value, Scalar)
    assert value.blank
    assert (value.place.column, value.place.length) == (column, 1)


def test_collections_begin_at_their_first_character() -> None:
    """Braces and brackets themselves, or the first key or dash."""
    tree = root("甲: {乙: 1}\n丙:\n  丁: [1]\n  戊:\n    - 1\n")
    nodes = [tree, tree.get("甲"), tree.get("丙")]
    inner = tree.get("丙")
    assert isinstance(inner, Mapping)
    nodes += [inner.get("丁"), inner.get("戊")]
    assert [(one.place.line, one.place.column) for one in nodes if one is not None] == [
        (1, 1),
        (1, 4),
        (3, 3),
        (3, 6),
        (5, 5),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("甲: 012\n", "012"),
        ("甲: 12:30\n", "12:30"),
        ("甲: yes\n", "yes"),
        ("甲: ~\n", "~"),
        ("甲: 1e3\n", "1e3"),
        ("甲: 0x1F\n", "0x1F"),
        ("甲: 2021-09-30\n", "2021-09-30"),
        ("甲: null\n", "null"),
        ("甲: 1_000\n", "1_000"),
        ("甲: .5\n", ".5"),
        ("甲: ''\n", ""),
        ("甲:\n", ""),
        ("甲: 'it''s'\n", "it's"),
        ('甲: "a\\tb"\n', "a\tb"),
        ("甲: a#b\n", "a#b"),
        ("甲: 值 \n", "值"),
        ("甲: |\n  一\n  二\n", "一\n二\n"),
        ("甲: |-\n  一\n", "一"),
        ("甲: |+\n  一\n\n", "一\n\n"),
        ("甲: |\n  一\n\n  二\n", "一\n\n二\n"),
        ("甲: >\n  一\n  二\n", "一 二\n"),
        ("甲: |\n  # 不是注释\n", "# 不是注释\n"),
        ("甲: |\n    缩进\n", "缩进\n"),
    ],
)
def test_a_scalar_is_the_text_that_was_written(text: str, value: str) -> None:
    """Nothing becomes a number, a date or a truth value."""
    found = root(text).get("甲")
    assert isinstance(found, Scalar)
    assert found.text == value


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("# 头\n甲: 1\n", [(1, "# 头")]),
        ("甲:\n  # 里\n  乙: 1\n# 尾\n", [(2, "# 里"), (4, "# 尾")]),
        ("甲: 1\n    # 缩进的  \n", [(2, "# 缩进的")]),
        ("甲: 1\r\n# 尾\r\n", [(2, "# 尾")]),
        ("甲: 1\n#", [(2, "#")]),
        ("甲:\n  [一,\n  # 中\n  二]\n", [(3, "# 中")]),
        ("甲: |\n  # 文\n  文 # 文\n# 注\n乙: 1\n", [(4, "# 注")]),
        ("甲: |\n  文\n\n # 注\n乙: 1\n", [(4, "# 注")]),
        ("甲: |\n  文\n  # 文", []),
        ("甲: ' # 文'\n乙: \"# 文\"\n'# 键': 文#文\n", []),
        ("甲: ['# 文', 乙#丙, \"'# 文\"]\n# 注\n", [(2, "# 注")]),
        ("甲: >-\n  # 文\n丙: '#'\n\n# 注", [(5, "# 注")]),
        ("甲: 乙#丙\n# 注 # 注\n", [(2, "# 注 # 注")]),
    ],
)
def test_comments_are_told_from_text(text: str, comments: list[tuple[int, str]]) -> None:
    """A # in quotes, in a block or inside a word is text; a line that begins with one is a comment."""
    assert sound(text).comments == tuple(Comment(*one) for one in comments)


@pytest.mark.parametrize(
    "text",
    [
        "甲: 1 # 注\n",
        "甲: '1'# 注\n",
        "甲: [1]# 注\n",
        "甲: {乙: 1} # 注\n",
        "甲: # 注\n  乙: 1\n",
        "甲: | # 注\n  文\n",
        "甲: |# 注\n  文\n",
        "- 1 # 注\n",
        "甲:\n  - # 注\n  - 1\n",
        "甲: [一,# 注\n  二]\n",
        "--- # 注\n甲: 1\n",
        "甲: ' #' # 注\n",
        "甲: 乙#丙 # 注\n",
    ],
)
def test_a_comment_behind_anything_else_is_refused(text: str) -> None:
    """YAML would drop it silently; the finding covers all that would be lost."""
    text = text.replace("- 1 # 注\n", "甲:\n- 1 # 注\n") if text.startswith("- 1") else text
    (finding,) = parse(text.encode(), FILE).findings
    line = text.split("\n")[finding.place.line - 1]
    assert finding.code == "yaml-trailing-comment"
    assert line[finding.place.column - 1 :][: finding.place.length] == "# 注"


def test_a_mistake_that_stops_the_parser_is_told_once() -> None:
    """What was seen on the way to it is not told in other words; what stands elsewhere is."""
    assert [one.code for one in parse("表:\n  甲：1\n  乙: 2\n".encode(), FILE).findings] == ["yaml-fullwidth-colon"]
    assert [one.code for one in parse("来源: '平台 #1期'\n表: {甲: 1\n".encode(), FILE).findings] == ["yaml-syntax"]
    assert [one.code for one in parse("甲: &a 1\n表: {甲: 1\n".encode(), FILE).findings] == [
        "yaml-anchor",
        "yaml-syntax",
    ]


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("甲: 1\n".encode() + "可: 1".encode("gbk"), 2, 1),
        ("甲: 1\n乙: ".encode() + "可".encode("gbk"), 2, 4),
        (b"\xef\xbb\xbf" + "乙: ".encode() + "可".encode("gbk"), 1, 4),
        ("𠮷: ".encode() + b"\xff", 1, 4),
    ],
)
def test_wrong_encoding_is_told_at_its_first_byte(data: bytes, line: int, column: int) -> None:
    """Columns count code points of what could be read."""
    (finding,) = parse(data, FILE).findings
    assert (finding.code, finding.place.line, finding.place.column) == ("file-encoding", line, column)


@pytest.mark.parametrize(
    "char",
    [
        "\x07",
        "\x1b",
        "\x7f",
        "\x85",
        "\xad",
        "\u061c",
        "\u200b",
        "\u200f",
        "\u2028",
        "\u202e",
        "\u2066",
        "\u3164",
        "\ufeff",
        "\U000e0041",
    ],
)
def test_unseen_characters_are_refused_wherever_they_stand(char: str) -> None:
    """In a key, in a value, in a comment, and written by an escape."""
    for text in (f"甲{char}: 1\n", f"乙: 1\n甲: 一{char}\n", f"甲: 1\n# {char}\n"):
        (finding,) = parse(text.encode(), FILE).findings
        assert finding.code == "file-unseen-character"
        assert text.split("\n")[finding.place.line - 1][finding.place.column - 1] == char
    for text in (f'甲: "\\U{ord(char):08x}"\n', f'"\\U{ord(char):08x}": 1\n', f'甲: "一\n  二\\U{ord(char):08x}"\n'):
        assert "file-unseen-character" in {one.code for one in parse(text.encode(), FILE).findings}


def test_meaning_is_keys_in_any_order_and_items_in_theirs() -> None:
    """How something is written is not what it says."""
    assert same_meaning(root("甲: 1\n乙: [一, 二]\n"), root("乙:\n  - '一'\n  - 二\n甲: \"1\"\n"))
    for other in ("甲: 2\n", "乙: 1\n", "甲: 1\n乙: 1\n", "甲: [1]\n", "甲: {1: 1}\n", "{}\n"):
        assert not same_meaning(root("甲: 1\n"), root(other))
    assert not same_meaning(root("甲: [一, 二]\n"), root("甲: [二, 一]\n"))
    assert not same_meaning(root("甲: [一]\n"), root("甲: [一, 二]\n"))
    assert isinstance(root("甲: []\n").get("甲"), Sequence)


def test_lines_for_excerpts(tmp_path: Path) -> None:
    """A line as the parser counted it; nothing where there is none, and nothing through a link."""
    (tmp_path / "a.yaml").write_bytes("\ufeff甲: 1\r\n乙: 2\r\n".encode())
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    (tmp_path / "c.yaml").write_bytes("甲\u200b: 1\n".encode())
    (tmp_path / "d.yaml").write_bytes("甲: 1\n".encode("gbk"))
    line_of = line_reader(tmp_path)
    assert [line_of("a.yaml", number) for number in (0, 1, 2, 3, 4)] == ["", "甲: 1", "乙: 2", "", ""]
    assert line_of("c.yaml", 1) == "甲\u200b: 1"
    assert [line_of(name, 1) for name in ("b.yaml", "d.yaml", "none.yaml", ".")] == ["", "", "", ""]
