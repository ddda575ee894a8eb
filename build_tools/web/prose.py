"""Prose of staff → HTML by markdown-it-py: of CommonMark only paragraphs, lists, quotations, emphasis and line breaks.

Nothing that is written may vanish or turn into something else: entities stay as they are typed (one could bring back a
character that reading refuses), a definition of a link is a line like any other, an indented line is no program. Line
breaks between Chinese characters are not blanks, so soft breaks disappear between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup

from build_tools.web.escaping import escape
from build_tools.web.pages.notes import Note

# private characters hold the places of notes; those of a text itself are not
BEGIN, END = "\ue000", "\ue001"
# those of some disclosures
TEXTS = 512
OWN = str.maketrans({BEGIN: "□", END: "□"})
MARK = re.compile(f"{BEGIN}([0-9]+){END}")
OFF = [
    "autolink",
    "code",
    "entity",
    "fence",
    "heading",
    "html_block",
    "html_inline",
    "image",
    "lheading",
    "link",
    "reference",
]
BETWEEN_CHINESE = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\n(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])"
)


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The one configuration for text that comes from data files."""
    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).disable(OFF)


def prose(text: str, notes: Sequence[Note] = ()) -> Markup:
    """Safe HTML of a text. Headings are not available to staff: the form sets them. Notes stand behind their
    sentences.
    """
    if not notes:
        return Markup(rendered(text))  # noqa: S704 - markdown-it escapes all HTML here
    text = text.translate(OWN)
    for number, note in sorted(enumerate(notes), key=lambda pair: pair[1].at, reverse=True):
        text = f"{text[: note.at]}{BEGIN}{number}{END}{text[note.at :]}"
    html = MARK.sub(lambda match: note_html(notes[int(match[1])]), rendered(text))
    return Markup(html)  # noqa: S704 - and notes are escaped


def manner_html(manner: str, text: str, source: str, notes: Sequence[Note] = ()) -> str:
    """A text of staff in its frame, with what it is: a summary, the document's own words, or neither."""
    said = f"；来源：{escape(source)}" if source else ""
    first = {"摘要": f'<p class="mz-second">整理者摘要，非原文{said}</p>', "原文": '<p class="mz-second">原文</p>'}.get(
        manner, ""
    )
    return f'<div class="mz-prose{" mz-summary" if manner == "摘要" else ""}">\n{first}{prose(text, notes)}\n</div>\n'


@lru_cache(maxsize=TEXTS)
def rendered(text: str) -> str:
    """HTML by the one configuration. A page, its portable copy and the page without a year have the same texts."""
    return BETWEEN_CHINESE.sub("", parser().render(text))


def note_html(note: Note) -> str:
    """A note behind a sentence; brackets and a word tell it from the text, not its colour."""
    return f' <small class="mz-note" role="note">〔核对：{escape(note.text)}〕</small>'
