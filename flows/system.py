"""What the operating system refuses, in the user's language."""

from __future__ import annotations

import errno

from flows.language import in_english

_CHINESE = {
    errno.ENOENT: "没有这个文件或文件夹", errno.EACCES: "没有权限", errno.EPERM: "不许这样做", errno.EEXIST: "已经存在",
    errno.ENOTDIR: "不是文件夹", errno.EISDIR: "是文件夹", errno.ENOSPC: "磁盘已满", errno.EDQUOT: "超出磁盘配额",
    errno.EROFS: "只读,不能写入", errno.ENAMETOOLONG: "名字太长", errno.EIO: "读写出错", errno.EMFILE: "打开的文件太多",
    errno.EADDRINUSE: "地址已被占用", errno.EADDRNOTAVAIL: "本机没有这个地址", errno.ELOOP: "链接绕成一圈",
}  # fmt: skip
# What a program cannot help: the disk, the rights, the limits of the machine.
_OUTSIDE = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE, errno.ENFILE)
)


def why(error: OSError) -> str:
    """Why the system refused; its own words where there are no others."""
    words = error.strerror or str(error) or type(error).__name__
    return words if in_english() else _CHINESE.get(error.errno or 0, words)


def is_outside(error: OSError) -> bool:
    """Whether the machine refused, so that the user and not we must mend something."""
    return error.errno in _OUTSIDE
