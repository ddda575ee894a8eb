"""Prose of staff → HTML by markdown-it-py: CommonMark with raw HTML, links, images and headings switched off.

Line breaks between Chinese characters are not blanks, so soft breaks disappear between them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup

BETWEEN_CHINESE = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\n(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])")


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The one configuration for text that comes from data files."""
    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).disable(["link", "image", "autolink", "html_inline", "html_block", "heading", "lheading"])


def prose(text: str) -> Markup:
    """Safe HTML of a text. Headings are not available to staff: the form sets them."""
    return Markup(BETWEEN_CHINESE.sub("", parser().render(text)))  # noqa: S704 - markdown-it escapes all HTML here
