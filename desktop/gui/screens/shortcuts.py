"""The list of keys (F1)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.gui import frames, theme
from desktop.gui.translate import tr


def keys() -> tuple[tuple[str, str], ...]:
    """Key and what it does."""
    return (
        ("Ctrl+N", tr("新建（活动、信访事项、问题……看在哪一页）")),
        ("Ctrl+S", tr("保存")),
        ("Ctrl+Enter", tr("保存并新建下一条")),
        ("Ctrl+T", tr("表格录入：一次写很多行，或从 Excel、WPS 粘贴")),
        ("Ctrl+L", tr("活动表里：一句话录入（F9 撤销填入）")),
        ("F7", tr("活动表里：钉住这一格，下一条不变")),
        ("Ctrl+D", tr("活动表里：照这次新建；表格里：同上一行")),
        ("Ctrl+F", tr("搜索全部台账")),
        ("Esc", tr("返回、关闭")),
        ("Enter", tr("打开选中的一行；填表时到下一格")),
        ("Ctrl+E", tr("把列表导出成 Excel")),
        ("Ctrl+P", tr("打印列表（PDF）")),
        ("Delete", tr("作废选中的行（可恢复）")),
        ("Ctrl+C", tr("复制选中的行，可粘贴到 WPS 表格")),
        ("Ctrl+V", tr("粘贴；剪贴板里是照片时，添加到正在填的表")),
        ("Ctrl+Z", tr("撤销上一步（在文字框里是撤销输入）")),
        ("Ctrl+I", tr("导入以前的台账")),
        ("Ctrl+1 … 8", tr("切换左边的页面")),
        ("F1", tr("这张表")),
    )


class ShortcutsDialog(QDialog):
    """Shows them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Over the window."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("快捷键"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.XL)
        grid.setVerticalSpacing(theme.S)
        for at, (key, words) in enumerate(keys()):
            grid.addWidget(frames.label(key, "title"), at, 0)
            grid.addWidget(frames.label(words), at, 1)
        good = frames.button(tr("知道了"), self.accept, "primary")
        good.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.addWidget(frames.label(tr("快捷键"), "head"))
        column.addSpacing(theme.S)
        column.addLayout(grid)
        column.addSpacing(theme.M)
        column.addLayout(frames.row(None, good))
