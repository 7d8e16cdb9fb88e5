"""Tells a review: to people in a browser, as Markdown or on a terminal, and to programs; all in the same order."""

from __future__ import annotations

from msglint.loop.review import lines, marked, telling_month, telling_quarter, web
from msglint.loop.review.blocks import Page
from msglint.loop.review.data import as_json
from msglint.loop.review.monthly import Monthly
from msglint.loop.review.quarterly import Quarterly
from msglint.model import Language

__all__ = ["as_json", "html", "markdown", "text"]


def html(review: Monthly | Quarterly, language: Language) -> str:
    """Return the review as one HTML document that needs nothing else and asks nothing of the network."""
    return web.html(_page(review), language)


def markdown(review: Monthly | Quarterly, language: Language) -> str:
    """Return the review as Markdown."""
    return marked.markdown(_page(review), language)


def text(review: Monthly | Quarterly, language: Language) -> str:
    """Return the review as text for a terminal."""
    return lines.text(_page(review), language)


def _page(review: Monthly | Quarterly) -> Page:
    return telling_month.page(review) if isinstance(review, Monthly) else telling_quarter.page(review)
