"""A real nginx with the configuration of deploy/nginx, on a free port of loopback, over a folder of releases."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import REPOSITORY, require

CONFIGURATION = REPOSITORY / "deploy/nginx/mingzhang.conf"
MODULES = Path("/etc/nginx/modules-enabled")
BROTLI = "mod-http-brotli-static"
# only what the machine's own nginx.conf would say around ours
AROUND = """
{modules}
{user}
daemon off;
worker_processes 2;
pid {work}/pid;
error_log {work}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {work}/body; proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
    include {work}/mingzhang.conf;
}}
"""


def program() -> str:
    """nginx with the brotli module, or a loud skip."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    return require("nginx", found if any(MODULES.glob(f"*{BROTLI}*")) else None)


@contextmanager
def served(releases: Path, work: Path) -> Iterator[str]:
    """The site's address while the context lasts."""
    nginx = program()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = CONFIGURATION.read_text(encoding="utf-8").replace("/srv/mingzhang", str(releases))
    text, lines = re.subn(
        r"listen \[::\]:80;|listen 80;", lambda match: "" if "[" in match[0] else f"listen 127.0.0.1:{port};", text
    )
    assert lines == 2
    work.mkdir()
    (work / "mingzhang.conf").write_text(text, encoding="utf-8")
    modules = "\n".join(f"include {path};" for path in sorted(MODULES.glob("*.conf")))
    user = "user root;" if os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(AROUND.format(work=work, modules=modules, user=user), encoding="utf-8")
    server = subprocess.Popen([nginx, "-c", str(work / "nginx.conf"), "-e", str(work / "error.log")])
    try:
        wait(f"http://127.0.0.1:{port}/", server, work / "error.log")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(10)


def wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers."""
    for _ in range(200):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not answer")
