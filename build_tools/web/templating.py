"""Jinja as all our templates use it: every text is escaped, what is not there is an error.

Its own generality is left out where it costs time on every page: templates ask objects for attributes alone, call what
they are given without the context, escape short texts once, and are kept until the build is over.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Context
from markupsafe import Markup, escape

from build_tools.web.bytecode import Codes


class TemplateError(Exception):
    """A template asks for what is not there; its message names the template and the line."""


def line_of(error: Exception, root: Path) -> str:
    """Where in the templates below `root` an error was raised, in words."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if Path(one.filename).is_relative_to(root)]
    return f"模板 {Path(frames[-1].filename).relative_to(root)} 第 {frames[-1].lineno} 行" if frames else "模板"


# names, figures and addresses are shorter, and come again
SHORT, TEXTS = 100, 1 << 14


@lru_cache(maxsize=TEXTS)
def escaped(text: str) -> str:
    """A short text, escaped."""
    return str(escape(text))


def put_out(value: object) -> str:
    """What `{{ value }}` becomes: text escaped, what is HTML as it is. The library, which makes an object of each,
    escapes quotation marks in its own way (`&#34;`), so that it is asked and not our `escaping`.
    """
    if isinstance(value, Markup):
        return value
    if hasattr(value, "__html__"):
        return str(value.__html__())
    text = str(value)
    return escaped(text) if len(text) < SHORT else str(escape(text))


class OurTemplate(Template):
    """A template that puts out values by `put_out`."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """From the code that Jinja has compiled, which calls its helpers by their names."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = put_out
        return template


class OurContext(Context):
    """What a template knows. Nothing that ours call asks for it."""

    def call(
        self,
        obj: Callable[..., Any],
        /,
        *args: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        """A function or a macro, without the variables that one could be given that asks for them."""
        return obj(*args, **named)


class Templates(Environment):
    """The templates below one folder, read once."""

    context_class, template_class = OurContext, OurTemplate

    def __init__(self, folder: Path) -> None:
        """Nothing is read yet; -1 = nothing is forgotten."""
        super().__init__(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=Codes(),
            auto_reload=False,
            cache_size=-1,
        )
        # Python's own in the place of the method, asked half a million times for a district: Jinja's would try an item
        # of this name too
        vars(self).update(getattr=getattr)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows besides what it is given. Jinja's own answer is two mappings in one, which every page
        would copy name by name.
        """
        return {**self.globals, **(d or {})}
