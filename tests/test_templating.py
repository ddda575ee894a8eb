"""Jinja as our templates use it: what it must still do although its generality is left out."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from build_tools.web.templating import SHORT, Templates

HOSTILE = "<script>alert('\"&')</script>"


class Named(NamedTuple):
    """What a template is given."""

    text: str


class Shown:
    """Something that says by itself how it stands in HTML."""

    def __html__(self) -> str:
        return "<b>1</b>"


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    """Two templates, of which one takes a macro from the other."""
    (tmp_path / "parts.j2").write_text("{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}", encoding="utf-8")
    (tmp_path / "page.j2").write_text(
        (
            '{% from "parts.j2" import bold %}{{ one.text }}|{{ bold(one.text) }}|{% for x in many %}{{ bold(x) }}{% '
            "endfor %}|{{ given(one.text) }}"
        ),
        encoding="utf-8",
    )
    (tmp_path / "value.j2").write_text('<a title="{{ value }}">{{ value }}</a>', encoding="utf-8")
    (tmp_path / "missing.j2").write_text("{{ one.nothing }}", encoding="utf-8")
    (tmp_path / "unknown.j2").write_text("{{ nobody }}", encoding="utf-8")
    return Templates(tmp_path)


@pytest.mark.parametrize("text", ["", "三公", HOSTILE, HOSTILE * 9, "&" * (SHORT - 1), "&" * SHORT, "\x00", "'\""])
def test_every_text_is_escaped_in_words_and_in_attributes(templates: Templates, text: str) -> None:
    safe = str(escape(text))
    assert templates.get_template("value.j2").render(value=text) == f'<a title="{safe}">{safe}</a>'
    # once more, from memory
    assert templates.get_template("value.j2").render(value=text) == f'<a title="{safe}">{safe}</a>'


def test_what_is_html_stays_as_it_is_and_other_values_are_text(templates: Templates) -> None:
    render = templates.get_template("value.j2").render
    assert render(value=Markup("<i>") + HOSTILE) == f'<a title="<i>{escape(HOSTILE)}"><i>{escape(HOSTILE)}</a>'
    assert render(value=Shown()) == '<a title="<b>1</b>"><b>1</b></a>'
    assert render(value=12) == '<a title="12">12</a>'
    assert render(value=[HOSTILE]) == f'<a title="{escape([HOSTILE])}">{escape([HOSTILE])}</a>'


def test_a_text_that_was_html_before_is_text_where_it_comes_as_text(templates: Templates) -> None:
    render = templates.get_template("value.j2").render
    assert render(value=Markup("<i>")) == '<a title="<i>"><i></a>'
    assert render(value="<i>") == '<a title="&lt;i&gt;">&lt;i&gt;</a>'


def test_macros_and_functions_are_called_in_loops_and_outside(templates: Templates) -> None:
    templates.globals["given"] = lambda text: Markup("<u>") + text
    page = templates.get_template("page.j2").render(one=Named(HOSTILE), many=[HOSTILE, Markup("<i>")])
    safe = escape(HOSTILE)
    assert page == f"{safe}|<b>{safe}</b>|<b>{safe}</b><b><i></b>|<u>{safe}"


def test_what_is_not_there_is_an_error(templates: Templates) -> None:
    with pytest.raises(AttributeError):
        templates.get_template("missing.j2").render(one=Named(""))
    # a key is no attribute
    with pytest.raises(AttributeError):
        templates.get_template("missing.j2").render(one={"nothing": HOSTILE})
    with pytest.raises(UndefinedError):
        templates.get_template("unknown.j2").render()
