"""Forms written by hand."""
