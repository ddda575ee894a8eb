"""What the compiler needs of mkdocs.yml, as the generator's own reader has it, so that there is one place to set it."""

from __future__ import annotations

import json
import logging
import re
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from build_tools.engine.menu import Entry, addresses
from build_tools.engine.owner import column_type, owner_mistakes, run_by_publisher
from build_tools.engine.refusal import GeneratorError
from build_tools.inputs import SETTINGS, digest, seal, settled, tool_key, unsealed

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

# under `extra:` in mkdocs.yml; a site that does not say 是 (true) tells nobody who is late; where readers may write to,
# if anywhere
PROGRESS, FEEDBACK = "公开进度", "反馈"
ADDRESS = re.compile(r"mailto:[^\s@?#<>\"]+@[^\s@?#<>\"]+|https://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the compiler needs of mkdocs.yml: where the site goes, where it will be reached, whether it tells who is
    late, where readers may write to ('' = nowhere), the ColumnType of its columns, what an example site says of itself
    ('' = it is none), whether those who publish run it themselves, and the menu's entries (name, address) that only the
    finished site can prove (None = only a part of a site is made).
    """

    folder: Path
    url: str
    progress: bool = False
    feedback: str = ""
    column_type: str = ""
    notice: str = ""
    own: bool = False
    menu: tuple[Entry, ...] | None = ()


def settings_of(config: MkDocsConfig) -> Settings:
    """Read from the generator's own configuration, so that there is one place to set it. Raises GeneratorError."""
    feedback = config.extra.get(FEEDBACK) or ""
    if feedback and not (isinstance(feedback, str) and ADDRESS.fullmatch(feedback)):
        raise GeneratorError(
            f"mkdocs.yml 的 extra.{FEEDBACK} 不是可用的地址：写成 mailto:邮箱 或 https:// 开头的网址；不设反馈的，"
            f"删去这一行"
        )
    mistakes = list(owner_mistakes(config.extra))
    if mistakes:
        raise GeneratorError(f"mkdocs.yml 的 extra 要改 {len(mistakes)} 处：{'；'.join(mistakes)}")
    linked = link_out_of(Path(config.theme.custom_dir), root_of(config)) if config.theme.custom_dir else None
    if linked:
        raise GeneratorError(
            f"mkdocs.yml 的 theme.custom_dir 里，“{linked.name}”是符号链接，指向项目以外，不读入：把文件本身放进来"
        )
    if not config.site_url:
        raise GeneratorError(
            "mkdocs.yml 没有写 site_url：写上网站的地址，如 https://www.example.gov.cn/；规范地址、网站地图和订阅都要用"
        )
    if Path(config.docs_dir).resolve() != Path(config.config_file_path).parent.resolve() / "content":
        # another folder is neither looked through for what is private nor for what it may lead to
        raise GeneratorError("mkdocs.yml 的 docs_dir 要写 content：自己写的页面都放在这个文件夹里")
    own = run_by_publisher(config.extra)
    return Settings(
        Path(config.site_dir),
        config.site_url,
        config.extra.get(PROGRESS) is True and own,
        feedback,
        column_type(config.extra),
        notice_of(config),
        own,
        addresses(config.nav),
    )


def root_of(config: MkDocsConfig) -> Path:
    """The project folder."""
    return Path(config.config_file_path).parent.resolve()


def link_out_of(folder: Path, root: Path) -> Path | None:
    """A symbolic link of a folder, or the folder as one, that leads out of the project."""
    paths = (folder, *sorted(folder.rglob("*")))
    return next((one for one in paths if one.is_symlink() and not one.resolve().is_relative_to(root)), None)


def notice_of(config: MkDocsConfig) -> str:
    """What stands on every page of a site that is only an example, as `templates/theme/main.html` has it; '' on any
    other.
    """
    note = config.extra.get("example_note") or "数据照公开文件录入，用于演示，不代表任何部门"
    return f"示例 · 非官方网站：{note}" if config.extra.get("example_site") else ""


def site_settings(root: Path, tool: str = "") -> Settings:
    """The settings of a project folder, kept from the last time where their file is the same: the generator's own
    reader takes a tenth of a second. `tool` is the tool's key where it is known. Raises GeneratorError.
    """
    now = digest([tool or tool_key(), str(root)], root, [root / SETTINGS]) if settled(root) else ""
    kept = root / ".cache" / "settings"
    with suppress(OSError, ValueError, TypeError):
        key, *values = json.loads(unsealed(kept))
        if now and key == now:
            return replace(Settings(*values), folder=Path(values[0]), menu=tuple(map(tuple, values[-1])))
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
        raise GeneratorError(
            f"mkdocs.yml 不能用：检查 site_dir、docs_dir、theme 和 plugins 的写法（{error}）"
        ) from error
    except Exception as error:
        # the generator, its theme and plugins trust what is written there, and fail in many ways where it is odd
        raise GeneratorError(
            f"mkdocs.yml 里有网站生成器读不了的值，先退回最近的改动（{type(error).__name__}：{str(error)[:200]}）"
        ) from error
    return settings_of(config)
