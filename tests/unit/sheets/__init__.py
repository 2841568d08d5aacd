"""Tests of reading and writing foreign files: good ones, broken ones, hostile ones."""
