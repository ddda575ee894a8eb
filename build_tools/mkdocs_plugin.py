"""The thin way in for `mkdocs build` and `mkdocs serve`: shells go in as pages, the compiled site comes out beside
them.

`mingzhang build` uses the same plugin with `shell_only`, and compiles by itself into staging.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

from build_tools.accounts.corpus import read_project
from build_tools.diagnostics.text import render_findings
from build_tools.engine import BuildRequest, Setup, compile_site
from build_tools.engine.generator import tidy
from build_tools.engine.menu import missing_files
from build_tools.engine.refusal import GeneratorError, RefusedError
from build_tools.engine.settings import settings_of
from build_tools.privacy import discreet, discreet_lines
from build_tools.resources import FORMS, TEMPLATES, THEME
from build_tools.source import line_reader
from build_tools.web.search import markdown_file
from build_tools.web.shell import markdown_files

log = logging.getLogger("mkdocs.plugins.mingzhang")
STYLES = "assets/stylesheets/mingzhang.css"
SCRIPTS = tuple(f"assets/javascripts/mingzhang-{name}.js" for name in ("charts", "sort", "rows"))


class MingzhangPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Registered in mkdocs.yml as `mingzhang`."""

    shell_only = False
    preview = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """A preview also shows drafts and what is held back, with its findings."""
        self.preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """The theme's own templates and styles, and the one Markdown extension that the shell needs."""
        if not self.preview and not self.shell_only:
            # the generator empties the output folder next: what stops everything must stop it here
            project = read_project(Path(config.config_file_path).parent)
            if project.stopped:
                line_of = line_reader(project.root)
                raise PluginError(
                    "没有生成网站：\n" + render_findings(discreet(project.findings, line_of), discreet_lines(line_of))
                )
        try:
            settings_of(config)
        except GeneratorError as error:
            raise PluginError(str(error)) from None
        config.theme.dirs.insert(0, str(THEME))
        if "attr_list" not in config.markdown_extensions:
            config.markdown_extensions.append("attr_list")
        if STYLES not in config.extra_css:
            # before the project's own, which have the last word
            config.extra_css.insert(0, STYLES)
        config.extra_javascript += [one for one in SCRIPTS if one not in config.extra_javascript]
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """One shell page for each depth, and the page of the search where the project has none of its own."""
        root = Path(config.config_file_path).parent
        missing = list(missing_files(config, {one.src_uri for one in files}, root))
        if missing:
            # the generator says a PluginError itself, and gives its caller another
            refused = RefusedError(missing, root)
            raise refused if self.shell_only else PluginError(str(refused))
        source, search = markdown_file()
        pages = markdown_files() if files.get_file_from_path(source) else {**markdown_files(), source: search}
        for path, text in pages.items():
            files.append(File.generated(config, path, content=text))
        return files

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Compile the site into what the generator has just written."""
        if self.shell_only:
            return
        root = Path(config.config_file_path).parent
        out = Path(config.site_dir)
        try:
            tidy(out)
        except GeneratorError as error:
            raise PluginError(str(error)) from None
        line_of = line_reader(root)
        # the preview's server has threads, beside which no process should be forked
        project, request = read_project(root), BuildRequest(1 if self.preview else os.cpu_count() or 1)
        try:
            setup = Setup(root, out, out, settings_of(config), project.today, self.preview)
            built = compile_site(project, setup, request)
        except GeneratorError as error:
            raise PluginError(str(error)) from None
        everything = list(built.findings)
        if everything:
            log.warning("检查发现：\n%s", render_findings(discreet(everything, line_of), discreet_lines(line_of)))
        if not self.preview and any(finding.blocks for finding in everything):
            raise PluginError("有错误的公开文件没有发布，其余已经生成；改正后重新生成")

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Saving data, a template or a form shows in the browser."""
        root = Path(config.config_file_path).parent
        for folder in (root / "data", root / "forms", TEMPLATES, FORMS):
            if folder.is_dir():
                server.watch(str(folder))
        return server
