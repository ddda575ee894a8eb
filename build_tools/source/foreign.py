"""YAML that the site generator reads: mkdocs.yml and the heads of hand-written pages.

Its reader takes more of YAML than ours. What could grow without end in it is refused first, with bounded depth and
without a tree.
"""

from __future__ import annotations

from typing import Any

import yaml

from build_tools.diagnostics import Finding, Place
from build_tools.source.parse import MAX_DEPTH
from build_tools.source.tree import Scalar


def survey(text: str, file: str, above: int = 0) -> tuple[dict[str, Scalar], Finding | None]:
    """The scalars at the top of a mapping by their keys, and the first alias or the first place that is nested too
    deep. `above` is the number of lines before the text in its file. What is no YAML is for others to tell.
    """
    top: dict[str, Scalar] = {}
    depth, key = 0, ""
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            mark: Any = event.start_mark
            line, column = mark.line + 1 + above, mark.column + 1
            if isinstance(event, yaml.AliasEvent):
                return top, _alias(Place(file, line, column))
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    return top, Finding(
                        "yaml-too-deep", f"嵌套超过 {MAX_DEPTH} 层，没有继续读", Place(file, line, column)
                    )
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            key = _follow(event, depth, key, top, Scalar("", "", file, line, column, 0))
    except yaml.YAMLError:
        pass
    return top, None


def _alias(place: Place) -> Finding:
    """A reference to something that stands elsewhere, which may refer to others."""
    return Finding("yaml-alias", "这里用了引用（*），没有读入", place, hint="把内容直接写在这里；文字以 * 开头时加引号")


def _follow(event: Any, depth: int, key: str, top: dict[str, Scalar], place: Scalar) -> str:
    """Keep the value of a key at the top. Returns the key that waits for its value, '' where none does."""
    if depth != 1 or isinstance(event, (yaml.DocumentStartEvent, yaml.MappingStartEvent)):
        return key if depth > 1 else ""
    if isinstance(event, yaml.ScalarEvent) and not key:
        return str(event.value) or "\0"
    if isinstance(event, yaml.ScalarEvent):
        top[key] = place._replace(text=str(event.value), length=len(event.value))
    return ""
