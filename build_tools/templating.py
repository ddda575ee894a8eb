"""Jinja as all our templates use it: every text is escaped, what is not there is an error.

Its own generality is left out where it costs time on every page: templates ask objects for attributes alone, call what they are
given without the context, and are kept until the build is over.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Context

from build_tools.codes import Codes


class Plain(Context):
    """What a template knows. Nothing that ours call asks for it."""

    def call(self, obj: Callable[..., Any], /, *args: Any, _loop_vars: object = None, _block_vars: object = None, **named: Any) -> Any:
        """A function or a macro, without the variables that one could be given that asks for them."""
        return obj(*args, **named)


class Templates(Environment):
    """The templates below one folder, read once."""

    context_class = Plain
    def __init__(self, folder: Path) -> None:
        """Nothing is read yet; -1 = nothing is forgotten."""
        super().__init__(
            loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, bytecode_cache=Codes(),
            auto_reload=False, cache_size=-1,
        )
        # half a million times for a district; Jinja's own would ask for an item of this name where there is no attribute
        vars(self).update(getattr=getattr)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows besides what it is given. Jinja's own answer is two mappings in one, which every page would copy name by name."""
        return {**self.globals, **(d or {})}
