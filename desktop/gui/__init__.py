"""Everything Qt."""

from __future__ import annotations

import ctypes
import sys

import PySide6

# PySide6 6.12.0 counts on None being immortal, as it is from Python 3.12 on (PEP 683): under 3.11
# each call that returns nothing loses one reference to None, and after some 10,000 of them the
# interpreter aborts ("none_dealloc"). 6.11.3 under 3.11 and 6.12.0 under 3.12 don't. So give None
# more references than a year of clicking can lose.
if sys.version_info < (3, 12) and PySide6.__version_info__[:2] == (6, 12):
    ctypes.c_ssize_t.from_address(id(None)).value += 1 << 40
