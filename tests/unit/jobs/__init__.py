"""Tests of the jobs: import, corrections, reports, lists."""
