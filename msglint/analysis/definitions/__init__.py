"""Definitions of the guide's terms in an article: where they stand, what they say, and what the guide says instead."""
