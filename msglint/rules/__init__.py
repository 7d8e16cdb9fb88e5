"""The rules: one file each, with manual page, examples and code."""
