"""YAML becomes a Guide."""
