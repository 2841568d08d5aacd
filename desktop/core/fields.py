"""Kinds of fields, and the functions with which a record type declares its fields.

A kind knows the three forms of a value: the value itself (Python), the stored form (SQLite) and
the text (screen, Excel, paper, paste). From a declaration such as

    theme: str = choice("宣讲主题", codes="lecture_theme", in_list=True, searchable=True)

follow schema, form, list, filter, search, Excel columns and tests; nothing is declared twice.
An empty value is never today, 0 or the first item of a list: it is empty.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar

Stored = str | int | None

_ID = re.compile(r"[0-9a-f]{32}\Z")

# What no text column may hold: NUL ends a text for SQL, half a surrogate pair is no UTF-8, and the
# two noncharacters are no XML; Qt takes U+FFFE in front for a byte order and garbles all the rest.
_UNSTORABLE = re.compile("[\0\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def is_id(value: str) -> bool:
    """Tell the id of a record (32 hex digits) from words that somebody wrote."""
    return _ID.match(value) is not None


@dataclass(frozen=True)
class Kind:
    """Base of all kinds; a value is text and stored as it is."""

    sql: ClassVar[str] = "TEXT NOT NULL DEFAULT ''"
    empty: ClassVar[Any] = ""

    def problem(self, value: Any) -> str:
        """Say in a short Chinese sentence why `value` may not be kept, or ''."""
        return _words_problem(value)

    def stored(self, value: Any) -> Stored:
        """Value -> what SQLite keeps."""
        return value  # type: ignore[no-any-return]

    def load(self, stored: Any) -> Any:
        """What SQLite keeps -> value."""
        return stored

    def text(self, value: Any) -> str:
        """Value -> words for screen, Excel and paper; links are resolved by the ledger first."""
        return str(value)

    def parse(self, text: str) -> Any:
        """Words -> value.

        Raises:
            ValueError: with a Chinese sentence, if the words can't be read.
        """
        return _cleaned(text)


def _words_problem(value: Any, otherwise: str = "应为文字") -> str:
    if not isinstance(value, str):
        return otherwise
    return "有不能保存的字符" if _UNSTORABLE.search(value) else ""


def _cleaned(text: str) -> str:
    """Words as typed or pasted, without control characters; line breaks in one form."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


@dataclass(frozen=True)
class Text(Kind):
    """One line of words."""

    def problem(self, value: Any) -> str:
        """Refuse control characters and line breaks."""
        if isinstance(value, str) and ("\n" in value or "\r" in value):
            return "只能写一行"
        if isinstance(value, str) and _CONTROL.search(value):
            return "有不能保存的字符"
        return _words_problem(value)


@dataclass(frozen=True)
class LongText(Kind):
    """Words over several lines."""


@dataclass(frozen=True)
class Integer(Kind):
    """A count; `unit` is its measure word (人次, 场次), `low` the least value that is possible."""

    sql: ClassVar[str] = "INTEGER"
    empty: ClassVar[Any] = None
    unit: str = ""
    low: int = 0

    def problem(self, value: Any) -> str:
        """Refuse what is no whole number or below `low`."""
        if value is None:
            return ""
        if not isinstance(value, int) or isinstance(value, bool):
            return "应为整数"
        if value < self.low:
            return f"不能小于{self.low}"
        return "数太大" if value > 2**53 else ""

    def text(self, value: Any) -> str:
        """Digits, or nothing."""
        return "" if value is None else str(value)

    def parse(self, text: str) -> Any:
        """Read digits; full-width ones too."""
        text = text.strip()
        if not text:
            return None
        if not re.fullmatch(r"[+-]?\d{1,18}", text):
            raise ValueError(f"「{text}」不是整数")
        return int(text)


@dataclass(frozen=True)
class Day(Kind):
    """A calendar day; `text` is the short form 2026-06-09 of tables (GB/T 15835)."""

    sql: ClassVar[str] = "TEXT"
    empty: ClassVar[Any] = None

    def problem(self, value: Any) -> str:
        """Accept a date or None."""
        if isinstance(value, datetime):
            return "应为日期，不带时间"
        return "" if value is None or isinstance(value, date) else "应为日期"

    def stored(self, value: Any) -> Stored:
        """ISO 8601."""
        return None if value is None else value.isoformat()

    def load(self, stored: Any) -> Any:
        """ISO 8601 -> date."""
        return None if stored is None else date.fromisoformat(stored)

    def text(self, value: Any) -> str:
        """ISO 8601, or nothing."""
        return "" if value is None else value.isoformat()

    def parse(self, text: str) -> Any:
        """Read any form that clerks write."""
        from desktop.core.days import parse_day

        if not text.strip():
            return None
        read = parse_day(text)
        if read.problem or read.day is None:
            raise ValueError(read.problem or f"「{text}」不是日期")
        return read.day


@dataclass(frozen=True)
class Clock(Kind):
    """A time of day, to the minute."""

    sql: ClassVar[str] = "TEXT"
    empty: ClassVar[Any] = None

    def problem(self, value: Any) -> str:
        """Accept a time to the minute, or None."""
        if isinstance(value, time) and (value.second or value.microsecond or value.tzinfo):
            return "只写到分钟"
        return "" if value is None or isinstance(value, time) else "应为时间"

    def stored(self, value: Any) -> Stored:
        """HH:MM."""
        return None if value is None else value.strftime("%H:%M")

    def load(self, stored: Any) -> Any:
        """HH:MM -> time."""
        return None if stored is None else time.fromisoformat(stored)

    def text(self, value: Any) -> str:
        """HH:MM, or nothing."""
        return "" if value is None else value.strftime("%H:%M")

    def parse(self, text: str) -> Any:
        """Read 9:05, 0905 and 9时5分."""
        text = text.strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})\s*[:\uff1a.时点]?\s*(\d{2}|\d(?=分))?\s*分?", text)
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValueError(f"「{text}」不是时间")
        return time(int(found[1]), int(found[2] or 0))


@dataclass(frozen=True)
class Choice(Kind):
    """One label of a code list (resources/rules); the label is kept as recorded."""

    codes: str = ""

    def problem(self, value: Any) -> str:
        """Any label is kept: an unknown one joins the office's list."""
        return _words_problem(value, "应为选项")


@dataclass(frozen=True)
class Choices(Kind):
    """Several labels of a code list, in the order in which they were picked."""

    empty: ClassVar[Any] = ()
    codes: str = ""

    def problem(self, value: Any) -> str:
        """Accept a tuple of labels."""
        if not isinstance(value, tuple) or not all(isinstance(v, str) and v for v in value):
            return "应为若干选项"
        return next(filter(None, map(_words_problem, value)), "")

    def stored(self, value: Any) -> Stored:
        """A JSON list, or '' for none."""
        return json.dumps(value, ensure_ascii=False) if value else ""

    def load(self, stored: Any) -> Any:
        """JSON list -> tuple."""
        return tuple(json.loads(stored)) if stored else ()

    def text(self, value: Any) -> str:
        """Labels joined by 、."""
        return "、".join(value)

    def parse(self, text: str) -> Any:
        """Split at 、 and the other separators that clerks use."""
        parts = re.split(r"[、,\uff0c;\uff1b\n]", _cleaned(text))
        return tuple(dict.fromkeys(filter(None, map(str.strip, parts))))


@dataclass(frozen=True)
class Link(Kind):
    """The id of another record of one of `targets`; `parent` makes it an SQL foreign key."""

    targets: tuple[str, ...] = ()
    parent: bool = False

    @property
    def target(self) -> str:
        """The one type a parent link points to."""
        return self.targets[0]

    def problem(self, value: Any) -> str:
        """Accept an id or nothing."""
        return "" if value == "" or (isinstance(value, str) and is_id(value)) else "应指向一条记录"

    def stored(self, value: Any) -> Stored:
        """A parent link stores NULL when empty, as foreign keys want."""
        return None if self.parent and not value else value

    def load(self, stored: Any) -> Any:
        """NULL -> ''."""
        return stored or ""


@dataclass(frozen=True)
class Named(Kind):
    """The id of a record of `targets`, or, where it isn't known, the words as written.

    `apart` says that the same words in two offices mean two things (village names recur in a
    county; a leader's name doesn't).
    """

    targets: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True)
class NamedList(Choices):
    """Several `Named` values."""

    targets: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True)
class Phone(Kind):
    """A telephone number; masked in lists and on paper."""


@dataclass(frozen=True)
class IdNumber(Kind):
    """A resident identity number (GB 11643); masked, and off unless switched on."""


@dataclass(frozen=True)
class PersonName(Kind):
    """A citizen's name; masked in lists and on paper (张某某)."""


@dataclass(frozen=True)
class YesNo(Kind):
    """Yes, no, or not said."""

    sql: ClassVar[str] = "INTEGER"
    empty: ClassVar[Any] = None

    def problem(self, value: Any) -> str:
        """Accept True, False or None."""
        return "" if value is None or isinstance(value, bool) else "应为是或否"

    def stored(self, value: Any) -> Stored:
        """1, 0 or NULL."""
        return None if value is None else int(value)

    def load(self, stored: Any) -> Any:
        """1, 0 or NULL -> value."""
        return None if stored is None else bool(stored)

    def text(self, value: Any) -> str:
        """是, 否 or nothing."""
        return "" if value is None else "是" if value else "否"

    def parse(self, text: str) -> Any:
        """Read the marks that clerks use."""
        text = text.strip()
        if not text:
            return None
        if text in ("是", "有", "√", "✓", "Y", "y", "1", "对", "已"):
            return True
        if text in ("否", "无", "×", "✗", "N", "n", "0", "没有", "未"):
            return False
        raise ValueError(f"「{text}」看不出是或否")


@dataclass(frozen=True)
class Marks(Kind):
    """Field name -> why it is marked (guessed, unlikely, unknown), as words for a person."""

    empty: ClassVar[Any] = {}

    def problem(self, value: Any) -> str:
        """Accept a mapping of strings."""
        if not isinstance(value, Mapping):
            return "标记有误"
        return next(filter(None, map(_words_problem, [*value, *value.values()])), "")

    def stored(self, value: Any) -> Stored:
        """JSON, or '' for none."""
        return json.dumps(dict(value), ensure_ascii=False, sort_keys=True) if value else ""

    def load(self, stored: Any) -> Any:
        """JSON -> mapping."""
        return json.loads(stored) if stored else {}

    def text(self, value: Any) -> str:
        """The reasons, joined."""
        return "；".join(value.values())


@dataclass(frozen=True)
class Field:
    """One field of a record type, as declared."""

    label: str
    kind: Kind
    name: str = ""
    required: bool = False  # the form insists; a row without it must carry a mark
    in_list: bool = False
    searchable: bool = False
    more: bool = False  # folded under 更多
    indexed: bool = False
    file: bool = False  # holds the SHA-256 of a file of files.db
    help: str = ""


def _declare(kind: Kind, label: str, default: Any, flags: dict[str, Any]) -> Any:
    meta = {"field": Field(label=label, kind=kind, **flags)}
    chosen = kind.empty if default is None else default
    if isinstance(chosen, dict):
        return dataclasses.field(default_factory=dict, metadata=meta)
    return dataclasses.field(default=chosen, metadata=meta)


def text(label: str, **flags: Any) -> Any:
    """Declare one line of words."""
    return _declare(Text(), label, None, flags)


def long_text(label: str, **flags: Any) -> Any:
    """Declare words over several lines."""
    return _declare(LongText(), label, None, flags)


def integer(
    label: str, *, unit: str = "", low: int = 0, default: int | None = None, **f: Any
) -> Any:
    """Declare a count."""
    return _declare(Integer(unit=unit, low=low), label, default, f)


def day(label: str, **flags: Any) -> Any:
    """Declare a calendar day."""
    return _declare(Day(), label, None, flags)


def clock(label: str, **flags: Any) -> Any:
    """Declare a time of day."""
    return _declare(Clock(), label, None, flags)


def choice(label: str, *, codes: str, default: str | None = None, **flags: Any) -> Any:
    """Declare one label of a code list."""
    return _declare(Choice(codes=codes), label, default, flags)


def choices(label: str, *, codes: str, **flags: Any) -> Any:
    """Declare several labels of a code list."""
    return _declare(Choices(codes=codes), label, None, flags)


def parent(label: str, target: str, **flags: Any) -> Any:
    """Declare the record that this one is a part of (an SQL foreign key)."""
    return _declare(Link(targets=(target,), parent=True), label, None, flags)


def link(label: str, *targets: str, **flags: Any) -> Any:
    """Declare a link by id to a record of any of `targets`; its target may be missing here."""
    return _declare(Link(targets=targets), label, None, flags)


def named(label: str, targets: tuple[str, ...], *, apart: bool = False, **flags: Any) -> Any:
    """Declare a record picked from a register, or its name as written."""
    return _declare(Named(targets=targets, apart=apart), label, None, flags)


def named_list(label: str, targets: tuple[str, ...], *, apart: bool = False, **flags: Any) -> Any:
    """Declare several records picked from a register, or their names as written."""
    return _declare(NamedList(targets=targets, apart=apart), label, None, flags)


def phone(label: str, **flags: Any) -> Any:
    """Declare a telephone number."""
    return _declare(Phone(), label, None, flags)


def id_number(label: str, **flags: Any) -> Any:
    """Declare an identity number."""
    return _declare(IdNumber(), label, None, flags)


def person_name(label: str, **flags: Any) -> Any:
    """Declare a citizen's name."""
    return _declare(PersonName(), label, None, flags)


def yes_no(label: str, **flags: Any) -> Any:
    """Declare a yes, a no, or nothing said."""
    return _declare(YesNo(), label, None, flags)


def marks(label: str, **flags: Any) -> Any:
    """Declare the marks of a record."""
    return _declare(Marks(), label, None, flags)
