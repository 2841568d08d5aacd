"""A command line for the stories."""

from __future__ import annotations

from tests.command_line import sixia

__all__ = ["sixia"]
