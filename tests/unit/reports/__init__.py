"""Tests of the paper side: what comes out of a real PDF is what went in."""
