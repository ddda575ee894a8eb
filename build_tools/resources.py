"""Where the tool's own files lie: beside the package in a clone, inside it where it was installed from a wheel.

`templates/`, `data/reference/` and `content/` stand in the repository where people edit them; a wheel carries them in
the folder `SHARE` (pyproject.toml, `sources`). Nothing else may ask where this code lies.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

NAME = "mingzhang"
PACKAGE = Path(__file__).parent
SHARE = PACKAGE / "share"
INSTALLED = SHARE.is_dir()
# holds `templates/`, `data/reference/` and `content/`, in either case
TOOL = SHARE if INSTALLED else PACKAGE.parent
TEMPLATES = TOOL / "templates"
THEME = TEMPLATES / "theme"
# what `mingzhang init` lays down, and the pages that a site begins with
INIT = TEMPLATES / "init"
CONTENT = TOOL / "content"
# what `check` sends staff to; it is laid down beside their data
NEW_YEAR_FORM = Path("docs/new-year-form.md")
REFERENCE = TOOL / "data" / "reference"
FORMS = PACKAGE / "forms"
# whatever a site is made from that is the tool's and not the project's
OWN = (PACKAGE, TEMPLATES, REFERENCE)


@cache
def compiled_templates() -> Path:
    """A folder for templates as Jinja has compiled them. A clone has its own; an installed package is left as it was
    installed, and may not be written to.
    """
    if not INSTALLED:
        return TOOL / ".cache" / "templates"
    # long to import
    from platformdirs import user_cache_path

    return user_cache_path(NAME, appauthor=False) / "templates"


def version() -> str:
    """The version of the tool, as it was installed."""
    # long to import, and seldom asked
    import importlib.metadata

    return importlib.metadata.version(NAME)
