"""How anything is described: records, kinds of fields, dates, errors. Standard library only."""
