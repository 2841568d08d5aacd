"""Words on screen: our Chinese ones, translatable, and Qt's own buttons in Chinese.

Labels of records come from their declaration and need no wrapper: `tr(field.label)` finds them,
because `pyside6-lupdate -tr-function-alias` reads the declarations themselves.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from desktop.paths import resource


def tr(text: str) -> str:
    """The text in the language of the window."""
    return QCoreApplication.translate("", text)


def install(app: QCoreApplication) -> None:
    """Load Qt's Chinese (its buttons are English otherwise)."""
    shipped = str(resource("translations"))
    library = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for folder in (library, shipped):
        translator = QTranslator(app)
        if translator.load("qtbase_zh_CN", folder):
            app.installTranslator(translator)
            return
