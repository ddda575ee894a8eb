"""MkDocs with Material, run over `content/` into a cache keyed by content: hand-written pages and the shells.

This is the only module that knows the generator; when it changes, this one and `render/shell` change with it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from build_tools.build.assets import name_by_content
from build_tools.build.owner import column_type, owner_mistakes
from build_tools.build.theme import lighten, theme_words
from build_tools.inputs import SETTINGS, Inputs, digest, inputs_of, key_of, seal, settled, tool_key, unsealed
from build_tools.render import mend, relocate_inline_scripts
from build_tools.render.shell import FOLDER

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

# the theme's notice of its own end of life (2027-05-05, docs/decisions.md) is not news for the accountant at the terminal
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

TOOL = Path(__file__).parents[2]
THEME = TOOL / "templates" / "theme"
DONE = ".complete"
KEY = re.compile("[0-9a-f]{24}")
# under `extra:` in mkdocs.yml; a site that does not say 是 (true) tells nobody who is late; where readers may write to, if anywhere
PROGRESS, FEEDBACK = "公开进度", "反馈"
ADDRESS = re.compile(r"mailto:[^\s@?#<>\"]+@[^\s@?#<>\"]+|https://[^\s<>\"]+")


class GeneratorError(Exception):
    """The site generator could not build `content/`; the message says why, in its own words."""


def generate(root: Path, inputs: Inputs | None = None) -> Path:
    """The generator's output for this root, from the cache where nothing that it depends on has changed; `inputs` as for `build_site`."""
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
    digest.update(" ".join(sorted(theme_words(THEME.parent))).encode())
    for folder, pattern in ((root, "mkdocs.yml"), (root / "content", "**/*"), (THEME, "**/*"), (Path(__file__).parents[1], "**/*.py")):
        for path in sorted(one for one in folder.glob(pattern) if one.is_file()):
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def known_key(root: Path, inputs: Inputs) -> str:
    """The same from the last time, where no file is another: of the templates it takes only the words, and to find them takes its time."""
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
    """One MkDocs build; its log is shown only where it complains."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    try:
        config = load_config(str(config_file), site_dir=str(target))
        plugin = config.plugins.get("mingzhang")
        if plugin is None:
            raise GeneratorError("mkdocs.yml 的 plugins 里没有 mingzhang：加上一行 - mingzhang")
        plugin.shell_only = True
        build(config)
    except (Abort, ConfigurationError, MkDocsException) as error:
        raise GeneratorError(f"网站生成器报告：{error}") from error


def tidy(folder: Path) -> None:
    """The theme's slips mended, inline scripts out of every page, of the theme what is needed, styles and scripts named by content; the
    generator's sitemap away, because we write the whole one. Raises GeneratorError."""
    for page in folder.rglob("*.html"):
        depth = len(page.relative_to(folder).parts) - 1
        base = "/" if page.name == "404.html" else "../" * depth
        page.write_text(relocate_inline_scripts(mend(page.read_text(encoding="utf-8")), base, folder), encoding="utf-8")
    try:
        lighten(folder, THEME.parent)
    except ValueError as error:
        raise GeneratorError(f"主题的样式或设置读不懂，可能已经改版，请检查 build_tools/build/theme.py：{error}") from error
    name_by_content(folder)
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (folder / name).unlink(missing_ok=True)


def shell_path(folder: Path, depth: int) -> Path:
    """Where the generator put the shell of a depth."""
    return folder.joinpath(FOLDER, *"abcd"[: depth - 1], "index.html")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the compiler needs of mkdocs.yml: where the site goes, where it will be reached, whether it tells who is late, where
    readers may write to ('' = nowhere), the ColumnType of its columns, and what an example site says of itself ('' = it is none).
    """

    folder: Path
    url: str
    progress: bool = False
    feedback: str = ""
    column_type: str = ""
    notice: str = ""


def settings_of(config: MkDocsConfig) -> Settings:
    """Read from the generator's own configuration, so that there is one place to set it. Raises GeneratorError."""
    feedback = config.extra.get(FEEDBACK) or ""
    if feedback and not (isinstance(feedback, str) and ADDRESS.fullmatch(feedback)):
        raise GeneratorError(f"mkdocs.yml 的 extra.{FEEDBACK} 不是可用的地址：写成 mailto:邮箱 或 https:// 开头的网址；不设反馈的，删去这一行")
    mistakes = list(owner_mistakes(config.extra))
    if mistakes:
        raise GeneratorError(f"mkdocs.yml 的 extra 要改 {len(mistakes)} 处：{'；'.join(mistakes)}")
    if not config.site_url:
        raise GeneratorError("mkdocs.yml 没有写 site_url：写上网站的地址，如 https://www.example.gov.cn/；规范地址、网站地图和订阅都要用")
    return Settings(Path(config.site_dir), config.site_url, config.extra.get(PROGRESS) is True, feedback, column_type(config.extra), notice_of(config))


def notice_of(config: MkDocsConfig) -> str:
    """What stands on every page of a site that is only an example, as `templates/theme/main.html` has it; '' on any other."""
    note = config.extra.get("example_note") or "数据照公开文件录入，用于演示，不代表任何部门"
    return f"示例 · 非官方网站：{note}" if config.extra.get("example_site") else ""


def site_settings(root: Path, tool: str = "") -> Settings:
    """The settings of a project folder, kept from the last time where their file is the same: the generator's own reader takes a tenth
    of a second. `tool` is the tool's key where it is known. Raises GeneratorError.
    """
    now = digest([tool or tool_key(), str(root)], root, [root / SETTINGS]) if settled(root) else ""
    kept = root / ".cache" / "settings"
    with suppress(OSError, ValueError, TypeError):
        key, *values = json.loads(unsealed(kept))
        if now and key == now:
            return replace(Settings(*values), folder=Path(values[0]))
    found = read_settings(root)
    if now and kept.parent.is_dir():
        seal(kept, json.dumps([now, str(found.folder), *astuple(found)[1:]]).encode())
    return found


def read_settings(root: Path) -> Settings:
    """The same, as the generator reads it."""
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    if not (root / "mkdocs.yml").is_file():
        raise GeneratorError("没有找到 mkdocs.yml：在项目文件夹里运行，或用 --root 指明项目文件夹")
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    try:
        config = load_config(str(root / "mkdocs.yml"))
    except (Abort, MkDocsException) as error:
        raise GeneratorError(f"mkdocs.yml 不能用：检查 site_dir、docs_dir、theme 和 plugins 的写法（{error}）") from error
    return settings_of(config)
