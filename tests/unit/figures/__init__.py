"""Tests of the figures, against expected ones and against a slow count."""
