"""The language server: diagnostics while one writes, fixes at hand, and what the guide says of a word."""
