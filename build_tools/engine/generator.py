"""MkDocs with Material, run over `content/` into a cache keyed by content: hand-written pages and the shells.

Of the rest of the code only `settings`, `theme`, `web/shell` and the plugin know the generator.
"""

from __future__ import annotations

import hashlib
import logging
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from build_tools.engine.assets import name_by_content
from build_tools.engine.complaints import listening
from build_tools.engine.refusal import GeneratorError
from build_tools.engine.theme import lighten, theme_words
from build_tools.inputs import SETTINGS, Inputs, inputs_of, key_of, seal, unsealed
from build_tools.resources import PACKAGE, TEMPLATES, THEME
from build_tools.web.shell import FOLDER, mend, relocate_inline_scripts

DONE = ".complete"
KEY = re.compile("[0-9a-f]{24}")


def generate(root: Path, inputs: Inputs | None = None) -> Path:
    """The generator's output for this root, from the cache where nothing that it depends on has changed; `inputs` as
    for `build_site`.
    """
    cache = root / ".cache" / "shell"
    target = cache / (known_key(root, inputs) if inputs else key(root))
    if (target / DONE).is_file():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=cache))
    try:
        run_mkdocs(root / "mkdocs.yml", fresh)
        tidy(fresh)
    except BaseException:
        shutil.rmtree(fresh)
        raise
    (fresh / DONE).touch()
    for old in cache.iterdir():
        if old != fresh:
            shutil.rmtree(old)
    fresh.rename(target)
    return target


def key(root: Path) -> str:
    """Hash of everything that the generator's output depends on."""
    # long to import, and seldom asked
    import importlib.metadata

    digest = hashlib.sha256()
    for name in ("mkdocs", "mkdocs-material", "markdown", "jinja2", "rjsmin", "tinycss2"):
        digest.update(f"{name}={importlib.metadata.version(name)};".encode())
    digest.update(" ".join(sorted(theme_words(TEMPLATES))).encode())
    for folder, pattern in ((root, "mkdocs.yml"), (root / "content", "**/*"), (THEME, "**/*"), (PACKAGE, "**/*.py")):
        for path in sorted(one for one in folder.glob(pattern) if one.is_file()):
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def known_key(root: Path, inputs: Inputs) -> str:
    """The same from the last time, where no file is another: of the templates it takes only the words, and to find them
    takes its time.
    """
    asked, place = asked_key(inputs), root / ".cache" / "shell.key"
    with suppress(OSError, ValueError):
        last, found = unsealed(place).decode().split()
        if last == asked and KEY.fullmatch(found):
            return found
    found = key(root)
    # nothing may have been saved meanwhile
    if asked_key(inputs_of(root)) == asked:
        seal(place, f"{asked} {found}".encode())
    return found


def asked_key(inputs: Inputs) -> str:
    """All that the generator may ask for."""
    return key_of([inputs.tool], [*inputs.below("content/"), *inputs.at(SETTINGS)])


def run_mkdocs(config_file: Path, target: Path) -> None:
    """One MkDocs build; what it complains of stops it. Raises GeneratorError, OSError."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

    with listening() as complaints:
        try:
            config = load_config(str(config_file), site_dir=str(target))
            plugin = config.plugins.get("mingzhang")
            if plugin is None:
                raise GeneratorError("mkdocs.yml 的 plugins 里没有 mingzhang：加上一行 - mingzhang")
            plugin.shell_only = True
            # where links lead is judged in the finished site, which has more pages than the generator knows
            config.validation.nav.not_found = logging.INFO
            for kind in config.validation.links:
                config.validation.links[kind] = logging.INFO
            build(config)
        except (Abort, ConfigurationError, MkDocsException) as error:
            complaints.raise_on(config_file.parent)
            raise GeneratorError(f"网站生成器报告：{error}") from error
        except (GeneratorError, OSError):
            raise
        except Exception:
            # it names a page that it cannot read, and lets through whatever was raised
            complaints.raise_on(config_file.parent)
            raise
    complaints.raise_on(config_file.parent)


def tidy(folder: Path) -> None:
    """The theme's slips mended, inline scripts out of every page, of the theme what is needed, styles and scripts named
    by content; the generator's sitemap away, because we write the whole one. Raises GeneratorError.
    """
    for page in folder.rglob("*.html"):
        depth = len(page.relative_to(folder).parts) - 1
        base = "/" if page.name == "404.html" else "../" * depth
        page.write_text(relocate_inline_scripts(mend(page.read_text(encoding="utf-8")), base, folder), encoding="utf-8")
    try:
        lighten(folder, TEMPLATES)
    except ValueError as error:
        raise GeneratorError(
            f"主题的样式或设置读不懂，可能已经改版，请检查 build_tools/engine/theme.py：{error}"
        ) from error
    name_by_content(folder)
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (folder / name).unlink(missing_ok=True)


def shell_path(folder: Path, depth: int) -> Path:
    """Where the generator put the shell of a depth."""
    return folder.joinpath(FOLDER, *"abcd"[: depth - 1], "index.html")
