"""四下基层工作台账 (sixia): the offline ledger of a township office's 四下基层 work.

The map of the house; imports run downwards only:

    core       how anything is described: records, fields, dates, errors; standard library only
    records    what the office keeps, one file a type; *ledgers.py: how paper ledgers map to them
    ledger     the encrypted SQLite file: keys, migrations, rows, query, search, history
    work       the office's rules as functions
    figures    every number that may appear anywhere: declared once, computed once, traced to rows
    sheets     Excel and CSV, in and out            (these three do not know each other)
    handoff    packages on a USB stick
    reports    paper: document model, layout, fonts, PDF
    jobs       one function a command, with progress and cancel
    gui        everything Qt
    app, cli   the two ways in
"""

__version__ = "0.1.0"
