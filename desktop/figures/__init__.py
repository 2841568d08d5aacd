"""Every number that may appear anywhere: declared once, computed once, traced to rows."""
