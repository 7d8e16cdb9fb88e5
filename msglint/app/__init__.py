"""The edge: the only code that reads articles, prints, serves or exits."""
