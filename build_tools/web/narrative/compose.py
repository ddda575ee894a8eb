"""Templates under `templates/narrative/` + a disclosure's figures → a narrative.

What a template prints is text with marks (`<3>` a figure, `<h1>` a heading, `<p>` a paragraph). Jinja's own escaping
keeps every other `<` out of it, so that the marks can be told from whatever a cell holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from itertools import groupby
from pathlib import Path

from jinja2 import Template, TemplatesNotFound

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import Ledger, find_table
from build_tools.forms import Concept, Form, Forms, UnknownKeyError, keys_of
from build_tools.resources import TEMPLATES
from build_tools.web.narrative.figures import Book
from build_tools.web.narrative.model import Narrative, Part, Piece, Sentence
from build_tools.web.narrative.performance import Indicators
from build_tools.web.narrative.quoting import Draft
from build_tools.web.templating import TemplateError, Templates, line_of

MARK = re.compile(r"<(h?\d+|p)>")
WRAPPED = re.compile(r"(?<![ \t])[ \t]*\n\s*")
PLAIN = "plain-answer"


@lru_cache(maxsize=1)
def environment() -> Templates:
    """The one environment for sentences. Escaping is on, although this is not HTML: it is what keeps the marks
    apart.
    """
    return Templates(TEMPLATES / "narrative")


def forget_templates() -> None:
    """Read them anew: while a preview runs, they may be edited between two builds."""
    environment.cache_clear()


def template(*names: str) -> Template | None:
    """The first of these templates that is there, as it is now."""
    try:
        return environment().select_template(names)
    except TemplatesNotFound:
        return None


def explanation(disclosure: Disclosure, ledger: Ledger, name: str, forms: Forms, form: Form | None = None) -> Narrative:
    """The 说明 of a disclosure (its own `form` where staff have filled in none). `ledger` holds what the reader may
    see; `name` is the unit's; `forms` are all that are declared. Raises TemplateError.

    The folder of the form names the folder of its templates: a region's own sentences lie where its own forms do.
    """
    filled = find_table(disclosure.statements, Concept.EXPLANATION)
    form = filled.form if filled else form
    folder = Path(form.place.file).parent.name if form else ""
    book = Book(disclosure, ledger, form, Draft(), keys_of(forms))
    return compose(template(f"{folder}/explanation.j2", f"{disclosure.slug}/explanation.j2"), book, name)


def plain_answer(disclosure: Disclosure, ledger: Ledger, name: str, forms: Forms) -> Narrative:
    """Four sentences for a layman: where the money came from, what it was spent on, what changed and why, what was
    achieved. Raises TemplateError.
    """
    book = Book(disclosure, ledger, None, Draft(), keys_of(forms))
    return compose(template(f"{PLAIN}/{disclosure.slug}.j2"), book, name)


def compose(found: Template | None, book: Book, name: str) -> Narrative:
    """One template filled in; nothing where there is no template for this kind. Raises TemplateError where it asks for
    what no form has.
    """
    if found is None:
        return Narrative(())
    try:
        text = found.render(book=book, indicators=Indicators(book), name=name, year=book.disclosure.year)
    except UnknownKeyError as error:
        raise TemplateError(f"{line_of(error, TEMPLATES)}：{error}") from error
    return Narrative(tuple(parts(text, book.draft)))


def parts(text: str, draft: Draft) -> Iterator[Part]:
    """The text cut at its marks: words and figures in turn, sentence by sentence under their headings. What stands
    under an empty heading, or under none before the first, has no path.
    """
    pieces = MARK.split(WRAPPED.sub("", text))
    heading: tuple[str, ...] | None = None
    found: list[tuple[tuple[str, ...] | None, list[Piece]]] = []
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            if found and piece:
                found[-1][1].append(unescape(piece))
        elif piece == "p":
            found.append((heading, []))
        elif piece[0] == "h":
            heading = draft.headings[int(piece[1:])] or None
            found.append((heading, []))
        elif found:
            found[-1][1].append(draft.quoted[int(piece)])
    dropped = bool(draft.headings)
    for path, sentences in groupby(found, key=lambda one: one[0]):
        told = tuple([Sentence(tuple(said)) for _, said in sentences if said])
        if path is not None or not dropped:
            yield Part(path or (), told)
