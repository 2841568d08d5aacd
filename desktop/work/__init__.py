"""The office's rules, as functions."""
