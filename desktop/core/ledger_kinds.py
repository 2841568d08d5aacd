"""What a kind of paper ledger looks like, and how its rows become records.

Only shapes stand here; which ledgers there are and what their columns become is said in
records/ledgers.py. The interpreter of these shapes names no record type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class LedgerRow:
    """One row as read: column key -> value, the office's code, and the year of the ledger."""

    values: Mapping[str, Any]
    office: str
    year: int

    def __getitem__(self, key: str) -> Any:
        """The value of a column; None or '' if it is empty or the ledger has no such column."""
        return self.values.get(key, "")


@dataclass(frozen=True)
class Column:
    """One column of a ledger: a key, the titles that offices give it, what it fills.

    Attributes:
        key: short name by which `Make` functions ask for it.
        titles: header words, the usual one first.
        required: a sheet without it isn't this kind of ledger.
        fills: "make.field" paths; the first one's kind says how cells are read.
        values: words in the cell -> words in the record (是 -> 现场解决).
        after: key of the day column on or after which a day without a year falls.
        within: key of the column that names the township in which a place name is looked up.
        adds: record type that an unknown name is added to (a roster brings its units along).
        counts: whether the cell belongs to the identity of the row; 序号 does not.
        known: whether a name that no register knows is a finding.
        told_by: key of the column that tells two people of one name apart.
        others: make whose record each further name in the cell becomes ("张三、李四").
    """

    key: str
    titles: tuple[str, ...]
    required: bool = False
    fills: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    after: str = ""
    within: str = ""
    adds: str = ""
    counts: bool = True
    known: bool = False
    told_by: str = ""
    others: str = ""


@dataclass(frozen=True)
class Make:
    """One record that a row makes.

    Attributes:
        name: how columns and other makes of the ledger refer to it; the type name by default.
        type: record type.
        parent: make whose record this one is a part of.
        shared_by: column keys; rows of one office that agree in them make one record together.
        may_lack: those of `shared_by` that may be empty; a row without another one stands alone.
        links: field -> make whose record's id it takes, if that make took place.
        when: whether this row makes it; always by default.
        derive: further field values from the row.
        identity: the id, where it follows from the facts (a place's code); else from the row.
    """

    type: str
    name: str = ""
    parent: str = ""
    shared_by: tuple[str, ...] = ()
    may_lack: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    when: Callable[[LedgerRow], bool] | None = None
    derive: Callable[[LedgerRow], Mapping[str, Any]] | None = None
    identity: Callable[[LedgerRow], str] | None = None

    @property
    def key(self) -> str:
        """Its name."""
        return self.name or self.type


@dataclass(frozen=True, eq=False)
class LedgerKind:
    """One kind of ledger: a name, its words on screen, the words of its titles, columns, makes.

    `master` kinds are registers that other ledgers name things from: they are read first, and their
    records belong to the county. `dated` is the key of the column that dates a row. `leaves_out`
    says in a few words why a row is none of this ledger's (of another county), '' if it is.
    """

    name: str
    label: str
    title_words: tuple[str, ...]
    columns: tuple[Column, ...]
    makes: tuple[Make, ...] = ()
    master: bool = False
    dated: str = "date"
    leaves_out: Callable[[LedgerRow], str] | None = None

    def column(self, key: str) -> Column:
        """The column of that key; KeyError if there is none."""
        for one in self.columns:
            if one.key == key:
                return one
        raise KeyError(key)
