"""The order of things: check, shell, pages, files, swap. A failed build leaves the published site as it was."""

import os

from build_tools.engine.compile import Built, compile_site
from build_tools.engine.generator import generate
from build_tools.engine.refusal import GeneratorError
from build_tools.engine.request import BuildRequest
from build_tools.engine.site import build_preview, build_site
from build_tools.engine.task import Setup

# the theme's notice of its own end of life (2027-05-05, docs/decisions.md) is not news for the accountant at the
# terminal; the generator is imported later, where it is used
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

__all__ = [
    "BuildRequest",
    "Built",
    "GeneratorError",
    "Setup",
    "build_preview",
    "build_site",
    "compile_site",
    "generate",
]
