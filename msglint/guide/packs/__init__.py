"""Packs: guides that ship with msglint, for `extends: [msglint:NAME]`. One YAML file each, data only."""
