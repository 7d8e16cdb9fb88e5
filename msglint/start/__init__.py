"""A first guide from the articles that are there: what they already hold to, and what they do not agree on."""
