"""What kind of drive a path lies on; the live ledger may lie only on a drive that stays in the PC.

WAL needs shared memory, which network file systems lack (sqlite.org/wal.html, "all processes
using a database must be on the same host computer"); a stick that is pulled out mid-write loses
the last work. So a ledger there is refused with a sentence, and is left untouched.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from desktop.core.errors import LedgerProblem

DriveKind = Literal["fixed", "removable", "network", "unknown"]


class Mount(NamedTuple):
    """One mounted file system; the fields of psutil's sdiskpart that matter here."""

    device: str
    mountpoint: str
    fstype: str


# fmt: off
NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "9p", "virtiofs", "afs", "ceph",
    "glusterfs", "lustre", "coda", "gfs2", "ocfs2", "davfs", "vboxsf", "vmhgfs", "prl_fs",
})
NETWORK_FUSE = frozenset({
    "sshfs", "davfs2", "gvfsd-fuse", "rclone", "smbnetfs", "curlftpfs", "s3fs", "glusterfs", "ceph",
    "vmhgfs-fuse",
})
# fmt: on
# Without a block device of their own, yet in this PC: RAM, layers over a local disk, local pools.
LOCAL = frozenset(
    ["tmpfs", "ramfs", "overlay", "aufs", "rootfs", "zfs", "btrfs", "bcachefs", "ecryptfs"]
)

SENTENCES: dict[str, str] = {
    "removable": "“{name}”在U盘、移动硬盘或光盘上，不能直接在上面记台账："
    "拔出或断电时会丢失刚记的内容。"
    "请先把整个文件夹复制到本机硬盘，再从硬盘上打开。原文件夹没有改动。",
    "network": "“{name}”在网络共享盘上，不能直接在上面记台账：几台电脑同时写会损坏台账。"
    "请先把整个文件夹复制到本机硬盘，再从硬盘上打开。原文件夹没有改动。",
}


def drive_kind(path: Path) -> DriveKind:
    """The kind of drive of `path`; of its nearest existing parent if it does not exist yet."""
    if sys.platform == "win32":
        return windows_kind(path)
    import psutil  # a moment at start-up, and only needed on Linux

    mounts = (Mount(p.device, p.mountpoint, p.fstype) for p in psutil.disk_partitions(all=True))
    return linux_kind(path, mounts, Path("/sys"))


def refuse_unsafe(path: Path, kind_of: Callable[[Path], DriveKind] = drive_kind) -> None:
    """Raise LedgerProblem if the ledger would lie on a removable or network drive.

    Args:
        path: the ledger's folder, existing or about to be made.
        kind_of: tells the kind of drive; tests hand in a fake.
    """
    sentence = SENTENCES.get(kind_of(path))
    if sentence:
        raise LedgerProblem(sentence.format(name=path.name or str(path)))


def linux_kind(path: Path, mounts: Iterable[Mount], sys_root: Path) -> DriveKind:
    """The kind by the mount that holds the path, and what sysfs says of its block device.

    Args:
        path: any path, existing or not.
        mounts: the mounted file systems, in order of mounting.
        sys_root: /sys; tests hand in a folder laid out like it.
    """
    real = Path(os.path.realpath(path))
    best: Mount | None = None
    for mount in mounts:
        # >= : of two file systems mounted on one point the later hides the earlier.
        if real.is_relative_to(mount.mountpoint) and (
            best is None or len(mount.mountpoint) >= len(best.mountpoint)
        ):
            best = mount
    if best is None:
        return "unknown"
    kind, _, driver = best.fstype.lower().partition(".")
    if kind in NETWORK or (kind == "fuse" and driver in NETWORK_FUSE):
        return "network"
    if best.device.startswith("/dev/"):
        block = os.path.basename(os.path.realpath(best.device))
        if (sys_root / "class/block" / block).exists():
            return "removable" if _leaves_the_pc(block, sys_root) else "fixed"
        # /dev/root and the like name no block device; the system disk is meant.
        return "fixed" if kind != "fuse" else "unknown"
    return "fixed" if kind in LOCAL else "unknown"


def _leaves_the_pc(block: str, sys_root: Path) -> bool:
    """Whether a block device, its disk, or a disk below it (LUKS, LVM, RAID) can be pulled out.

    The `removable` flag alone misses USB hard disks and SD cards: it is about media, not about the
    drive (Documentation/ABI/stable/sysfs-block).
    """
    device = (sys_root / "class/block" / block).resolve()
    disk = device.parent if (device / "partition").exists() else device
    if _text(disk / "removable") == "1" or _text(disk / "device/type") == "SD":
        return True
    inside = disk.relative_to(sys_root.resolve()).parts
    if any(part.startswith("usb") for part in inside):
        return True
    below = disk / "slaves"
    return below.is_dir() and any(_leaves_the_pc(slave.name, sys_root) for slave in below.iterdir())


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeError):
        return ""


def windows_kind(path: Path) -> DriveKind:
    """The kind by GetDriveTypeW (learn.microsoft.com, fileapi.h); a UNC path is network at once."""
    drive = os.path.splitdrive(os.path.abspath(path))[0]
    if drive.startswith(("\\\\", "//")) and not drive.startswith(("\\\\?\\", "\\\\.\\")):
        return "network"
    if sys.platform == "win32":
        import ctypes

        return windows_code_kind(ctypes.windll.kernel32.GetDriveTypeW(drive + "\\"))
    return "unknown"


def windows_code_kind(code: int) -> DriveKind:
    """What GetDriveTypeW means by 2 removable, 3 fixed, 4 remote, 5 CD-ROM, 6 RAM disk."""
    kinds: dict[int, DriveKind] = {
        2: "removable",
        3: "fixed",
        4: "network",
        5: "removable",
        6: "fixed",
    }
    return kinds.get(code, "unknown")
