"""The encrypted SQLite file and everything that touches it."""
