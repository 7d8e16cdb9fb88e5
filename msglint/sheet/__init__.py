"""Tagged sections of an article become the sheets that sales takes into a meeting."""
