"""Forms, reference data and districts for a build; what has taken long to read, to prove or to look through is kept for
the next one.

What is kept carries its own hash and the key of all that it was made of, and no more than the classes of forms can come
out of it: whatever else a file in the cache holds, everything is read as if it were not there.
"""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import Any

from build_tools.accounts.corpus import Project, read_project
from build_tools.engine.timing import phase
from build_tools.forms import Forms
from build_tools.inputs import SETTINGS, Hashed, Inputs, inputs_of, key_of, seal, unsealed
from build_tools.privacy import SHARED

PROVED, CLEAN = "forms.proved", "shared.clean"
KEY = 32
# the forms of the last build of this process: a preview makes one after the other
LAST: dict[tuple[Path, str], Forms] = {}
MODULES = (
    "build_tools.diagnostics.finding",
    "build_tools.forms.blocks",
    "build_tools.forms.concepts",
    "build_tools.forms.model",
    "build_tools.forms.templates",
    "build_tools.formula",
    "decimal",
)


class FormReader(pickle.Unpickler):
    """Makes nothing but what forms consist of."""

    def find_class(self, module: str, name: str) -> Any:
        """A class of their modules. Raises UnpicklingError for anything else."""
        found = super().find_class(module, name) if module in MODULES else None
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def read(root: Path, inputs: Inputs) -> Project:
    """The project without its departments; forms that were proved as they are now are not proved again, nor is what was
    found clean looked through.
    """
    with phase("读表样"):
        here = (root, forms_key(inputs))
        forms, clean = LAST.get(here) or proved_forms(root, inputs), found_clean(root, inputs)
        project = read_project(root, forms=forms, clean=clean)
        private = [one for one in project.findings if one.code.startswith("privacy-")]
        if (
            (forms is None or not clean)
            and len(private) == len(project.findings)
            and not any(one.blocks for one in private)
            and (root / ".cache").is_dir()
        ):
            keep(root, inputs, project, clean=not private)
        LAST.clear()
        if forms is not None:
            # with them goes all that other modules have worked out for these very forms
            LAST[here] = forms
    return project


def keep(root: Path, inputs: Inputs, project: Project, clean: bool) -> None:
    """For the next build, where nothing of it was saved while it was read; `clean` = nothing private was found."""
    now = inputs_of(root)
    if forms_key(inputs) == forms_key(now):
        seal(
            root / ".cache" / PROVED, forms_key(inputs).encode() + pickle.dumps(project.forms, pickle.HIGHEST_PROTOCOL)
        )
    if clean and shared_key(inputs) == shared_key(now):
        seal(root / ".cache" / CLEAN, shared_key(inputs).encode())


def proved_forms(root: Path, inputs: Inputs) -> Forms | None:
    """The forms as they are in `inputs`, where they were proved before."""
    try:
        data = unsealed(root / ".cache" / PROVED)
        found = FormReader(io.BytesIO(data[KEY:])).load() if data[:KEY] == forms_key(inputs).encode() else None
    # a file that was made up may raise whatever it likes
    except Exception:
        return None
    return found if isinstance(found, Forms) else None


def found_clean(root: Path, inputs: Inputs) -> bool:
    """True where the files that every page may show were looked through as they are in `inputs`, and nothing
    was found.
    """
    key = shared_key(inputs)
    try:
        return bool(key) and unsealed(root / ".cache" / CLEAN) == key.encode()
    except (OSError, ValueError):
        return False


def forms_key(inputs: Inputs) -> str:
    """The tool's forms and the project's own."""
    return key_of([inputs.tool], inputs.below("forms/"))


def shared_key(inputs: Inputs) -> str:
    """The files that belong to no department; '' where some are acknowledged, because that may concern any file."""
    shared: list[Hashed] = [one for folder in ("content/", "forms/") for one in inputs.below(folder)]
    shared += [one for one in inputs.below("data/") if not one[0].endswith(".yaml")]
    return "" if inputs.at(SHARED) else key_of([inputs.tool], [*shared, *inputs.at(SETTINGS)])
