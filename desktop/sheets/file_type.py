"""Tell what a file really is by its content, whatever its name says, and say what is wrong with it.

Clerks hand in CSV renamed .xlsx, pages saved by a web system as .xls, workbooks with a password
(an OLE container with a stream EncryptedPackage, MS-OFFCRYPTO 2.3.4), Word files, and half files.
Runs in the reading child: standard library only.
"""

from __future__ import annotations

import mmap
import zipfile
from pathlib import Path

from desktop.core.errors import SheetProblem

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RESAVE = "请在WPS中打开它，另存为.xlsx格式后再导入"
_TEXT_NAMES = (".csv", ".txt", ".tsv", ".prn")
MOST_BYTES = 512 << 20


def refusal(name: str, happened: str, advice: str) -> SheetProblem:
    """One sentence: which file, what happened, that nothing was taken, what to do."""
    # A name unpacked from an old zip may hold bytes that are no text at all.
    name = name.encode("utf-8", "replace").decode("utf-8")
    return SheetProblem(f"「{name}」{happened}，没有从中导入任何内容；{advice}。")


def damaged(name: str) -> SheetProblem:
    """The sentence for a file that was cut short or overwritten."""
    return refusal(
        name,
        "不完整或已损坏",
        "请向填报人重新拷贝一份，或在WPS中打开，能打开的话另存为.xlsx后再导入",
    )


def locked(name: str) -> SheetProblem:
    """The sentence for a workbook with a password."""
    return refusal(
        name, "设有打开密码（已加密），无法读取", "请在WPS中输入密码打开，取消密码后另存，再导入"
    )


def check_file(path: Path) -> None:
    """Look at a file from outside: there, readable, neither empty nor beyond all measure.

    Raises:
        SheetProblem: in all other cases.
    """
    name = path.name
    try:
        if path.is_dir():
            raise refusal(name, "是文件夹，不是表格文件", "请选择其中的表格文件")
        size = path.stat().st_size
        with path.open("rb") as file:
            file.read(1)
    except FileNotFoundError:
        raise refusal(name, "找不到", "请确认文件还在原处、U盘没有拔出") from None
    except PermissionError:
        raise refusal(
            name, "打不开，可能正被其他程序使用或没有读取权限", "请先在WPS中关闭它，再重新导入"
        ) from None
    except OSError:
        raise refusal(name, "读不出来", "请检查U盘或磁盘，重新拷贝后再导入") from None
    if size == 0:
        raise refusal(name, "是空文件（0字节）", "请向填报人重新拷贝一份")
    if size > MOST_BYTES:
        raise refusal(name, f"太大（{size >> 20}兆）", "请删去其中的图片，或拆成几个文件后再导入")


def file_type(path: Path) -> str:
    """Name what a file is: xlsx, xls, ods or text.

    Raises:
        SheetProblem: it is something else, or text under the name of a workbook.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith(b"PK"):
            return _zip_type(path)
        if head.startswith(_OLE):
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                return _ole_type(path.name, content)
    return _other_type(path, head)


def _zip_type(path: Path) -> str:
    name = path.name
    try:
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
            if any(item.flag_bits & 1 for item in archive.infolist()):
                raise locked(name)
            if "META-INF/manifest.xml" in members:
                manifest = archive.open("META-INF/manifest.xml").read(1 << 20)
                if b"encryption-data" in manifest:
                    raise locked(name)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        raise damaged(name) from None
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "xl/workbook.bin" in members:
        raise refusal(name, "是二进制工作簿（.xlsb）", _RESAVE)
    if any(member.startswith("word/") for member in members):
        raise refusal(
            name, "是Word文档，不是表格", "请把其中的表格粘贴到WPS表格里，另存为.xlsx后再导入"
        )
    if any(member.startswith("ppt/") for member in members):
        raise refusal(name, "是演示文稿，不是表格", "请选择台账的表格文件")
    if "content.xml" in members:
        return "ods"
    raise refusal(name, "是压缩包，不是表格", "请先解压，再导入其中的表格文件")


def _ole_type(name: str, content: mmap.mmap) -> str:
    if _has_stream(content, "EncryptedPackage"):
        raise locked(name)
    if _has_stream(content, "Workbook") or _has_stream(content, "Book"):
        return "xls"
    if _has_stream(content, "WordDocument"):
        raise refusal(
            name, "是Word文档，不是表格", "请把其中的表格粘贴到WPS表格里，另存为.xlsx后再导入"
        )
    raise damaged(name)


def _has_stream(content: mmap.mmap, stream: str) -> bool:
    """Look for a directory entry of that name; entries lie at multiples of 128 (MS-CFB 2.6.1)."""
    words = (stream + "\0").encode("utf-16-le")
    at = content.find(words)
    while at >= 0:
        if at % 128 == 0:
            return True
        at = content.find(words, at + 1)
    return False


def _other_type(path: Path, head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"<head")):
        raise refusal(path.name, "其实是网页格式的文件，不是真正的工作簿", _RESAVE)
    if start.startswith(b"%pdf"):
        raise refusal(path.name, "是PDF文件，不是表格", "请向填报人索取表格文件")
    binary = b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if path.suffix.lower() in _TEXT_NAMES:
        if binary:
            raise refusal(path.name, "不是文本文件，无法辨认", _RESAVE)
        return "text"
    if binary or _mostly_control(head):
        raise refusal(path.name, "不是表格文件，或者已经损坏", "请向填报人重新拷贝一份")
    raise refusal(
        path.name,
        "其实是文本文件，不是真正的工作簿",
        "请在WPS中打开它，另存为.xlsx格式；如果本来就是CSV，把扩展名改为.csv后再导入",
    )


def _mostly_control(head: bytes) -> bool:
    return sum(byte < 32 and byte not in b"\t\r\n" for byte in head) > len(head) // 50
