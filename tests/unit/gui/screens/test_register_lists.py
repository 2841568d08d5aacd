"""The lists of registers: figures by name, services with who served, and where one goes on."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.gui.forms.join_dialog import JoinNamesDialog
from desktop.gui.operations import Operations
from desktop.gui.screens.importing import ImportScreen
from desktop.gui.screens.list_screen import Listing
from desktop.gui.screens.lists import declared_source, registers_lists, services_source
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES, Activity, CheckIn, DeclaredCount, VolunteerService
from tests import fakes
from tests.unit.jobs.books import book

DAY = dt.date(2026, 5, 1)


def test_every_register_has_its_list() -> None:
    lists = [one for one in registers_lists(dt.date.today) if isinstance(one, Listing)]
    listed = {one.of.name: one.group for one in lists}
    assert listed["zero_report"] == listed["declared_count"] == "上报口径"
    parts = {"post", "former_name", "code_item", "topic_use"}
    registers = {name for name, of in RECORD_TYPES.items() if of.register}
    assert registers - parts - {"root_cause"} <= set(listed)
    makes = {one.of.name: one.makes.name for one in lists if one.makes}
    assert makes["volunteer_service"] == "check_in"


def test_declared_counts_show_the_name_and_unit_of_their_figure(ledger: Ledger) -> None:
    with ledger.write("填报数") as rows:
        known, gone = rows.save(
            fakes.make(DeclaredCount, figure="members_checked_in", value=2477),
            fakes.make(DeclaredCount, figure="gone", value=3),
        )
    words = declared_source().words(ledger, [known.id, gone.id])
    assert words[known.id][:4] == ("到小区报到党员", "2026-11-20", "2026-11-20", "2477 名")
    assert words[gone.id][0] == "gone"
    assert words[gone.id][3] == "3"


def test_services_say_who_served(ledger: Ledger) -> None:
    with ledger.write("报到") as rows:
        (member,) = rows.save(CheckIn(person="张伟", area="滨河小区", date=DAY))
        (service,) = rows.save(VolunteerService(check_in=member.id, date=DAY, kind="环境整治"))
    source = services_source()
    (row,) = source.words(ledger, [service.id]).values()
    assert row[:3] == ("2026-05-01", "张伟 滨河小区", "环境整治")
    assert len(row) == len(source.columns)


def test_after_a_roster_written_names_are_offered(
    ledger: Ledger, qapp: QApplication, qtbot: QtBot, tmp_path
) -> None:
    with ledger.write("活动") as rows:
        (trip,) = rows.save(Activity(date=DAY, leader="赵强", places=("前沟村",)))
    path = book(
        tmp_path / "干部名册.xlsx",
        "roster",
        [{"name": "赵强", "unit": "柳河镇", "title": "组织委员", "rank": "乡科级副职"}],
    )
    ledger.is_handed_over = True
    operations = Operations(ledger)
    screen = ImportScreen(operations)
    qtbot.addWidget(screen)
    screen.show()
    screen.check([path])
    qtbot.waitUntil(lambda: screen.plan._go.isVisible())
    screen.plan._go.click()
    qtbot.waitUntil(lambda: screen.plan._join.isVisible())
    assert screen.plan._join.text() == "有 1 处写着名册里的姓名，看一看…"
    screen.plan._join.click()
    (dialog,) = screen.findChildren(JoinNamesDialog)
    assert isinstance(dialog.go, QPushButton)
    with qtbot.waitSignal(dialog.joined):
        dialog.go.click()
    qtbot.waitUntil(lambda: screen.plan._join.isHidden())
    found: list = []
    operations.read(lambda x: x.get(Activity, trip.id), found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found[0].leader_post == "组织委员"
    operations.close()
