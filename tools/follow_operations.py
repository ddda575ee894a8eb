"""docs/operations.md followed literally: its blocks in one shell, in a folder of their own instead of on the whole
machine.

Only the variables that the page begins with are other ones, and the three commands that change the machine itself
(packages, accounts, the system's nginx) are stood in for: packages must be known to Debian, and nginx is run with the
page's configuration. `python -m tools.follow_operations` prints what the shell printed.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/operations.md"
BLOCK = re.compile(r"^```sh follow\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MODULES = Path("/etc/nginx/modules-enabled")
AROUND = """{user}
pid {work}/nginx.pid;
error_log {work}/nginx.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {work}/body; proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
    include {work}/nginx/conf.d/*.conf;
}}
"""
STANDINS = {
    "apt-get": """
[ "$1" = update ] && exit 0
shift
for one in "$@"; do case "$one" in -*) ;; *) dpkg -s "$one" >/dev/null 2>&1 || apt-cache show "$one" >/dev/null || exit 1 ;; esac; done
""",  # noqa: E501
    "adduser": "[ -d /bin ]\n",
    "nginx": 'exec {nginx} "$@" -e {work}/nginx.log -c {work}/nginx.conf\n',
    "systemctl": """
[ "$*" = "reload nginx" ] || exit 1
sed -i -e 's/listen 80;/listen 127.0.0.1:{port};/' -e '/listen \\[::\\]:80;/d' {work}/nginx/conf.d/*.conf
exec {nginx} -e {work}/nginx.log -c {work}/nginx.conf
""",
}


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of it: the shell's status and words, where the site is, and the page's variables as they were here."""

    status: int
    told: str
    url: str
    places: dict[str, str]


def blocks(text: str) -> list[str]:
    """The commands to follow, in order."""
    return BLOCK.findall(text)


def snapshot(target: Path) -> Path:
    """This repository as it is now, committed, for the page to clone."""
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    me = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    for arguments in (
        ("init", "--quiet", "--initial-branch=main"),
        ("add", "--all", "--force"),
        (*me, "commit", "--quiet", "--message", "snapshot"),
    ):
        subprocess.run(["git", "-C", target, *arguments], check=True, env=clean())
    return target


def clean() -> dict[str, str]:
    """The environment without what git or this program's own Python put there."""
    return {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("GIT_", "VIRTUAL_ENV", "PYTHON", "MAKE", "MFLAGS"))
    }


def stand_in(work: Path, nginx: str, port: int) -> Path:
    """A folder of commands that come before the machine's own."""
    folder = work / "bin"
    folder.mkdir()
    for name, body in STANDINS.items():
        file = folder / name
        file.write_text(
            "#!/bin/sh\n" + body.replace("{nginx}", nginx).replace("{work}", str(work)).replace("{port}", str(port)),
            encoding="utf-8",
        )
        file.chmod(0o755)
    modules = "".join(f"include {path};\n" for path in sorted(MODULES.glob("*.conf")))
    user = "user root;" if os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(modules + AROUND.format(user=user, work=work), encoding="utf-8")
    return folder


@contextmanager
def followed(work: Path, nginx: str) -> Iterator[Followed]:
    """The whole page followed inside an empty folder; the web server runs until the context ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("nginx/conf.d", "nginx/sites-enabled", "cron.d", "srv", "opt"):
        (work / name).mkdir(parents=True)
    url = f"http://127.0.0.1:{port}/"
    places = {
        "FROM": str(snapshot(work / "from")),
        "TOOL": f"{work}/opt/mingzhang",
        "REPO": f"{work}/srv/git/accounts.git",
        "SITE": f"{work}/srv/mingzhang",
        "URL": url,
        "OWNER": subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip(),
        "AS": "",
        "WEB": f"{work}/nginx",
        "CRON": f"{work}/cron.d",
        "BACKUP": f"{work}/backups",
        "TMPDIR": str(work),
    }
    path = f"{stand_in(work, nginx, port)}:{os.environ['PATH']}:/usr/sbin"
    script, told = work / "script", work / "told"
    script.write_text("\n".join(["set -eu", *blocks(PAGE.read_text(encoding="utf-8"))]), encoding="utf-8")
    try:
        # into a file: the web server goes on holding what it was given to write to
        with told.open("wb") as file:
            # compiling what pip installs takes long and proves nothing here
            environment = clean() | places | {"PATH": path, "PIP_NO_COMPILE": "1"}
            done = subprocess.run(
                ["bash", "-x", script], env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
            )
        yield Followed(done.returncode, told.read_text(encoding="utf-8", errors="replace"), url, places)
    finally:
        pid = work / "nginx.pid"
        if pid.is_file():
            subprocess.run([nginx, "-e", f"{work}/nginx.log", "-c", f"{work}/nginx.conf", "-s", "stop"], check=False)


def main() -> int:
    """Follow the page in a temporary folder and print what happened."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not nginx:
        print("nginx is not installed: apt install nginx libnginx-mod-http-brotli-static", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, followed(Path(folder), nginx) as found:
        print(found.told)
        return found.status


if __name__ == "__main__":
    sys.exit(main())
