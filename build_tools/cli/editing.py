"""`mingzhang schema`: the schema of every kind of disclosure, and the settings that tell VS Code which file has which.

Districts differ in region, so the settings name each district's folders and years.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from build_tools.accounts.corpus import District, Project
from build_tools.forms import Template
from build_tools.forms.schema import file_name, inquiries_schema, template_schema

INQUIRIES = "inquiries.json"
# an editor needs no schema for what is written after this year
UNTIL = 2040


def schema_files(project: Project) -> dict[Path, str]:
    """Every generated file with its text."""
    folder = project.root / "schemas"
    files = {folder / file_name(one): as_text(template_schema(one, project.forms)) for one in project.forms.templates}
    files[folder / INQUIRIES] = as_text(inquiries_schema(project.forms))
    return files | {project.root / ".vscode" / "settings.json": as_text(settings(project))}


def settings(project: Project) -> dict[str, object]:
    """Schemas by path; no guessing of types or formatting by the editor, which would change what is written."""
    paths: dict[str, list[str]] = {f"./schemas/{INQUIRIES}": ["data/*/*/inquiries.yaml"]}
    for template in project.forms.templates:
        for district in project.districts:
            years = served_years(template, district, project)
            if years:
                span = "{" + ",".join(years) + "}" if len(years) > 1 else years[0]
                paths.setdefault(f"./schemas/{file_name(template)}", []).append(
                    f"data/{district.slug}/*/{span}/{template.slug}.yaml"
                )
    return {
        "files.encoding": "utf8",
        "files.eol": "\n",
        "editor.insertSpaces": True,
        "editor.tabSize": 2,
        "yaml.format.enable": False,
        "yaml.hover": True,
        "yaml.completion": True,
        "yaml.validate": True,
        "yaml.schemas": paths,
    }


def served_years(template: Template, district: District, project: Project) -> list[str]:
    """The folders of years in which a district uses a template, decades that it serves whole as one pattern."""
    served = [
        year for year in range(template.begins, UNTIL) if project.template(template.slug, district, year) is template
    ]
    whole = [one for one in range(1900, UNTIL, 10) if {*range(one, one + 10)} <= {*served}]
    single = [str(year) for year in served if year - year % 10 not in whole]
    return [*single, *(f"{decade // 10}?" for decade in whole)]


def as_text(value: object) -> str:
    """JSON with Chinese as it is, one key a line."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def write_files(files: Mapping[Path, str]) -> None:
    """Write the texts, making folders."""
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
