"""msglint checks Japanese B2B articles against one messaging guide."""

__version__ = "0.1.0"
