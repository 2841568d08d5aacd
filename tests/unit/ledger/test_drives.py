"""desktop/ledger/drives.py: kinds of drives, from mounts and a sysfs laid out in a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop.core.errors import LedgerProblem
from desktop.ledger import drives
from desktop.ledger.drives import DriveKind, Mount, linux_kind

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="sysfs and mounts")


@pytest.fixture
def sysfs(tmp_path: Path) -> Path:
    """An inner disk, a stick, a USB hard disk, an SD card, an eMMC; LUKS on stick and disk."""
    root = tmp_path / "sys"
    devices = {
        "sda": "devices/pci0/ata1/host0/block/sda",
        "sdb": "devices/pci0/usb1/1-1/host6/block/sdb",
        "sdc": "devices/pci0/usb2/2-1/host7/block/sdc",
        "mmcblk0": "devices/pci0/mmc0/mmc0:1/block/mmcblk0",
        "mmcblk1": "devices/pci0/mmc1/mmc1:1/block/mmcblk1",
        "sr0": "devices/pci0/ata2/host1/block/sr0",
        "dm-0": "devices/virtual/block/dm-0",
        "dm-1": "devices/virtual/block/dm-1",
    }
    links = root / "class/block"
    links.mkdir(parents=True)
    for name, place in devices.items():
        disk = root / place
        (disk / "device").mkdir(parents=True)
        (disk / "removable").write_text("1\n" if name in ("sdb", "sr0") else "0\n")
        links.joinpath(name).symlink_to(disk)
        if name.startswith(("sd", "mm")):
            part = name + ("p1" if name.startswith("mm") else "1")
            (disk / part).mkdir()
            (disk / part / "partition").write_text("1\n")
            links.joinpath(part).symlink_to(disk / part)
    (root / devices["mmcblk0"] / "device/type").write_text("MMC\n")
    (root / devices["mmcblk1"] / "device/type").write_text("SD\n")
    for name, below in (("dm-0", "sdb1"), ("dm-1", "sda1")):
        (root / devices[name] / "slaves").mkdir()
        (root / devices[name] / "slaves" / below).symlink_to(links / below)
    return root


@linux
@pytest.mark.parametrize(
    ("device", "fstype", "kind"),
    [
        ("/dev/sda1", "ext4", "fixed"),
        ("/dev/sda1", "fuseblk", "fixed"),
        ("/dev/sdb1", "vfat", "removable"),
        ("/dev/sdb", "exfat", "removable"),
        ("/dev/sdb1", "fuseblk", "removable"),
        ("/dev/sdc1", "ntfs3", "removable"),
        ("/dev/mmcblk0p1", "ext4", "fixed"),
        ("/dev/mmcblk1p1", "vfat", "removable"),
        ("/dev/sr0", "iso9660", "removable"),
        ("/dev/dm-0", "ext4", "removable"),
        ("/dev/dm-1", "ext4", "fixed"),
        ("/dev/root", "ext4", "fixed"),
        ("tmpfs", "tmpfs", "fixed"),
        ("overlay", "overlay", "fixed"),
        ("rpool/home", "zfs", "fixed"),
        ("//server/share", "cifs", "network"),
        ("server:/export", "nfs4", "network"),
        ("me@server:", "fuse.sshfs", "network"),
        ("gvfsd-fuse", "fuse.gvfsd-fuse", "network"),
        ("portal", "fuse.portal", "unknown"),
        ("thing", "newfs", "unknown"),
    ],
)
def test_linux(sysfs: Path, device: str, fstype: str, kind: DriveKind) -> None:
    mounts = [Mount("/dev/sda1", "/", "ext4"), Mount(device, "/media/office/盘", fstype)]
    assert linux_kind(Path("/media/office/盘/甲/乙.ledger"), mounts, sysfs) == kind
    assert linux_kind(Path("/media/office/盘二"), mounts, sysfs) == "fixed"


@linux
def test_later_mount_hides_the_earlier(sysfs: Path) -> None:
    mounts = [Mount("auto", "/srv", "autofs"), Mount("server:/srv", "/srv", "nfs")]
    assert linux_kind(Path("/srv/a"), mounts, sysfs) == "network"


@linux
def test_link_to_a_stick(sysfs: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (tmp_path / "link").symlink_to(stick)
    mounts = [Mount("/dev/sda1", "/", "ext4"), Mount("/dev/sdb1", str(stick), "vfat")]
    assert linux_kind(tmp_path / "link" / "x.ledger", mounts, sysfs) == "removable"


@linux
def test_no_mount_known(sysfs: Path) -> None:
    assert linux_kind(Path("/a"), [], sysfs) == "unknown"


def test_here(tmp_path: Path) -> None:
    assert drives.drive_kind(tmp_path) in ("fixed", "removable", "network", "unknown")
    assert drives.drive_kind(tmp_path / "not" / "yet") == drives.drive_kind(tmp_path)


def test_windows_codes() -> None:
    kinds = [drives.windows_code_kind(code) for code in range(8)]
    assert kinds == [
        *("unknown", "unknown", "removable", "fixed", "network", "removable", "fixed", "unknown")
    ]


@pytest.mark.skipif(os.name == "nt", reason="asks the system there")
def test_windows_without_windows() -> None:
    assert drives.windows_kind(Path("/a")) == "unknown"


@pytest.mark.parametrize(("kind", "place"), [("removable", "U盘"), ("network", "网络共享盘")])
def test_unsafe_is_refused(kind: DriveKind, place: str) -> None:
    with pytest.raises(LedgerProblem) as caught:
        drives.refuse_unsafe(Path("/x/柳河镇.ledger"), kind_of=lambda _: kind)
    sentence = str(caught.value)
    assert place in sentence
    assert "柳河镇.ledger" in sentence
    assert "复制到本机硬盘" in sentence


@pytest.mark.parametrize("kind", ["fixed", "unknown"])
def test_safe_passes(kind: DriveKind) -> None:
    drives.refuse_unsafe(Path("/x/柳河镇.ledger"), kind_of=lambda _: kind)
