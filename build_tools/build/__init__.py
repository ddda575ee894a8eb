"""The order of things: check, shell, pages, files, swap. A failed build leaves the published site as it was."""

from build_tools.build.compile import Built, compile_site
from build_tools.build.generator import GeneratorError, generate
from build_tools.build.site import build_preview, build_site

__all__ = ["Built", "GeneratorError", "build_preview", "build_site", "compile_site", "generate"]
