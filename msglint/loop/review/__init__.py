"""The reviews that marketing and sales hold over the same figures: every month, and every quarter.

`read_book` reads the store, `monthly` and `quarterly` are pure, and `html`, `markdown`, `text` and `as_json` tell what
they found, all in the same order.
"""

from msglint.loop.review.book import Book, Holding, Holdings
from msglint.loop.review.monthly import Monthly, monthly
from msglint.loop.review.periods import month, quarter
from msglint.loop.review.quarterly import Quarterly, quarterly
from msglint.loop.review.reading import read_book
from msglint.loop.review.telling import as_json, html, markdown, text

__all__ = [
    "Book",
    "Holding",
    "Holdings",
    "Monthly",
    "Quarterly",
    "as_json",
    "html",
    "markdown",
    "month",
    "monthly",
    "quarter",
    "quarterly",
    "read_book",
    "text",
]
