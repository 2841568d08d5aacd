"""A county's year made up by a fixed seed, and a slow count of it that shares no code with figures.

`make.py` makes plain rows (the truth), `books.py` writes them as the ledgers that clerks keep,
`filling.py` puts them into a real ledger, `oracle.py` counts the rows in plain loops.
"""
