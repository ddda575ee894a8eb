"""Pages → HTML: Jinja2 for the parts, markdown-it-py for prose, one shell page of the site generator around them."""

from build_tools.render.page import Renderer
from build_tools.render.shell import Shell, ShellError, bake, fill, mend, relocate_inline_scripts, with_needed_scripts

__all__ = ["Renderer", "Shell", "ShellError", "bake", "fill", "mend", "relocate_inline_scripts", "with_needed_scripts"]
