"""What the operating system refuses, in Chinese and with the way out; it says so itself in English, by a number."""

from __future__ import annotations

import errno

RIGHTS = "没有权限：用这个文件夹的所有者运行，或请管理员改所有者和权限"
NO_FOLDER = "这里要一个文件夹，却有同名的文件：移走它，或改名"
REASONS = {
    errno.ENOSPC: "磁盘已满：清理空间后再试",
    errno.EDQUOT: "磁盘配额已用完：清理空间后再试",
    errno.EFBIG: "文件超过了系统允许的大小：检查 ulimit -f 和磁盘",
    errno.EROFS: "磁盘是只读的：换一个能写的文件夹，或检查挂载",
    errno.EACCES: RIGHTS,
    errno.EPERM: RIGHTS,
    errno.EIO: "磁盘读写出错：检查磁盘",
    errno.ENOTDIR: NO_FOLDER,
    errno.EEXIST: NO_FOLDER,
    errno.EISDIR: "这里要一个文件，却有同名的文件夹：移走它，或改名",
    errno.ENOENT: "没有这个文件夹，或刚被删去：检查路径，再试一次",
    errno.ENAMETOOLONG: "路径太长：缩短文件夹和文件的名称，或把项目移到浅一些的地方",
    errno.ELOOP: "链接绕回了自己：删去这个链接",
    errno.EMFILE: "打开的文件太多：关掉别的程序，或提高 ulimit -n",
    errno.ENOMEM: "内存不够：关掉别的程序，或用 --jobs 1 再试",
}


def why(error: OSError) -> str:
    """The reason and the file, for a person at a terminal."""
    # a run that is refused nothing does not wait for this
    from build_tools.privacy import discreet_text

    reason = REASONS.get(error.errno or 0, f"读写文件时出错：{error.strerror or error}")
    return discreet_text(f"{reason}（{error.filename}）" if error.filename else reason)
