"""`mingzhang serve`: the site as it would be, on this machine, made again with every file that is saved.

MkDocs' own server waits, reloads the browser and serves; what it is given is our build on top of the last one, so that
on a large district as well only what has changed is made, and news of what was saved, which its own way of looking
brings late.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
import sys
import time
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from build_tools.calendar_china import china_today
from build_tools.cli.serving import address_mistake, reason, settings_mistakes, why_refused
from build_tools.cli.telling import progress, tell, told_text, waiting_for
from build_tools.cli.watching import Watcher
from build_tools.diagnostics.text import overview
from build_tools.engine import BuildRequest, GeneratorError, build_preview
from build_tools.engine.settings import site_settings
from build_tools.engine.site import Outcome, preview_folder
from build_tools.fast import patient_collector
from build_tools.inputs import inputs_of, key_of
from build_tools.resources import FORMS, TEMPLATES
from build_tools.web.shell import ShellError
from build_tools.web.templating import TemplateError

# seconds of quiet after which what was saved is built, and how many findings a terminal is shown at once
QUIET, SHOWN = 0.05, 20
STRANGER = "预览只回答本机：请用 localhost、127.0.0.1 或 --address 写的名称打开。\n"
PAGE = (
    '<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>预览：先改正</title></head>'  # noqa: E501
    '<body><h1>预览：先改正下面的问题，页面才能生成</h1><pre style="white-space:pre-wrap">{}</pre></body></html>'
)


class Preview(LiveReloadServer):
    """The server, which shows on every page what keeps the site from being made. Other files are served as they
    were.
    """

    trouble = ""
    # as `serve --address` says it
    host = ""
    # the key of all that the last build was made of; '' where it has to be tried again
    built = ""

    def watch_project(self, root: Path) -> None:
        """From here on; and what was saved while the first build ran is not missed."""
        self.build_delay = QUIET
        # before it a process may be forked, which threads do not bear well
        self.observer = Watcher(root, (TEMPLATES, FORMS), self.saved)  # type: ignore[assignment]
        # by these MkDocs knows that browsers are to be told
        self._watched_paths[str(root)] = 1
        self.observer.start()
        self.saved()

    def saved(self) -> None:
        """Something may have changed."""
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def keep_built(self, key: str) -> None:
        """What has this key need not be built again, if nothing was saved meanwhile: that may be in what was built, and
        be taken back.
        """
        self.built = "" if self._want_rebuild else key

    def keep_shown(self) -> None:
        """What was built is what is shown: no browser needs to load it again."""
        self._wanted_epoch = self._visible_epoch

    def _serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes] | None:
        """A page of findings instead of one that is not true any more; nothing for who came by a foreign name."""
        if not is_own_name(str(environ.get("HTTP_HOST", "")), self.host):
            start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return [STRANGER.encode()]
        path = str(environ["PATH_INFO"])
        if not self.trouble or path.startswith("/livereload/") or not path.endswith(("/", ".html")):
            return super()._serve_request(environ, start_response)
        with self._epoch_cond:
            epoch = self._visible_epoch
        page: bytes = self._inject_js_into_html(PAGE.format(escape(self.trouble)).encode(), epoch)  # type: ignore[no-untyped-call]
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))])
        return [page]


def is_own_name(header: str, host: str) -> bool:
    """True where a request asks for this machine by an address, as localhost or as `serve --address` says. A page
    elsewhere can let its own name lead here (DNS rebinding) and would then read the drafts; it cannot be an address.
    """
    try:
        name = urlsplit(f"//{header}").hostname or ""
        return name in ("localhost", host.strip("[]").lower()) or bool(ipaddress.ip_address(name))
    except ValueError:
        # no address, or nothing that could be one
        return False


def serve(options: argparse.Namespace) -> int:
    """Build, serve, and build again with every change; what is held back is shown with its findings. Ends with
    Ctrl+C.
    """
    mistake = address_mistake(options.address) or settings_mistakes(options.root)
    if mistake:
        print(f"预览没有启动。\n{mistake}", file=sys.stderr)
        return 2
    host, _, port = options.address.rpartition(":")
    mount = urlsplit(site_settings(options.root).url).path
    server = Preview(lambda: rebuild(server, options.root), host, int(port), str(preview_folder(options.root)), mount)
    server.host = host
    try:
        # an address that is taken is told before minutes are spent
        server.server_bind()
    except OSError as error:
        print(f"预览没有启动：{why_refused(error)}", file=sys.stderr)
        return 2
    server.server_bind = lambda: None  # type: ignore[method-assign]
    server.error_handler = lambda code: missing(options.root)
    print(f"预览地址：{server.url}（按 Ctrl+C 停止；预览也显示草稿和待改正的文件）", flush=True)
    try:
        rebuild(server, options.root, os.cpu_count() or 1)
        server.watch_project(options.root)
        server.serve()  # type: ignore[no-untyped-call]
    finally:
        server.shutdown()
    return 0


def rebuild(server: Preview, root: Path, jobs: int = 1) -> None:
    """The site once more, where any file holds something else than before; what came of it is told here and, where
    nothing came of it, on every page.
    """
    begun, inputs = time.perf_counter(), inputs_of(root)
    key = key_of([inputs.tool, str(china_today())], inputs.files)
    if key == server.built:
        server.keep_shown()
        return
    server.built = ""
    try:
        with progress() as told, patient_collector():
            request = BuildRequest(jobs, None, told, waiting_for("生成"), inputs)
            outcome = build_preview(root, server.url, request)
    except (GeneratorError, ShellError, TemplateError, OSError) as error:
        # a full disk may be another when it is tried again
        server.keep_built("" if isinstance(error, OSError) else key)
        server.trouble = reason(error, root)
        print(f"没有生成预览。\n{server.trouble}", file=sys.stderr, flush=True)
        return
    server.trouble = "" if outcome.built else told_text(list(outcome.findings), root)
    server.keep_built(key if outcome.sure else "")
    tell_round(outcome, root, time.perf_counter() - begun)


def tell_round(outcome: Outcome, root: Path, seconds: float) -> None:
    """What was found, and that the pages are fresh."""
    found = list(outcome.findings)
    if len(found) <= SHOWN:
        tell(found, root)
    else:
        print(f"{overview(found)}（逐条看各页，或运行 mingzhang check）")
    print(
        (
            f"{time.strftime('%H:%M:%S')} "
            f"{'预览已更新' if outcome.built else '预览没有更新：先改正上面的错误'}（{seconds:.1f} 秒）"
        ),
        flush=True,
    )


def missing(root: Path) -> bytes | None:
    """The page for an address that is none."""
    path = preview_folder(root) / "404.html"
    return path.read_bytes() if path.is_file() else None
