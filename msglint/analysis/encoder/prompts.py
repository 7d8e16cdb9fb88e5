"""The words that a model wants to read before a text.

Models that search were taught to read a question and a passage under different prompts. msglint compares the guide's
sentences with an article's, statement with statement, in both directions alike: so all texts get one prompt, the one
the model has for likeness of meaning, or else the one for passages; never the one for questions on one side only.
"""

from __future__ import annotations

import re
from typing import Any

_CARDS = (
    (re.compile(r"ruri-v3-", re.I), ""),
    (re.compile(r"(?<![\w])ruri-(?:small|base|large)", re.I), "文章: "),
    (re.compile(r"(?<![a-z])e5-(?:small|base|large)(?:-v2)?$", re.I), "query: "),
)
"""What the cards of models say of likeness of meaning where their settings do not; by the end of the model's name.

ruri-v3 has 検索クエリ, 検索文書 and トピック for searching and sorting, and an empty one for meaning; the first ruri
has 文章 for everything that is no question; e5 asks for query on both sides where nothing is searched.
"""
_MEANING = ("sts", "semantic", "similarity", "sentence-similarity", "paraphrase")
_PASSAGE = ("document", "passage", "corpus", "text")


def prompt(name: str, settings: Any) -> str:
    """Return what is put before every text for the model `name`, whose `config_sentence_transformers.json` is given."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    for pattern, wanted in _CARDS:
        if pattern.search(last):
            return wanted
    settings = settings if isinstance(settings, dict) else {}
    given = settings.get("prompts")
    prompts = {str(k).casefold(): v for k, v in given.items() if isinstance(v, str)} if isinstance(given, dict) else {}
    default = str(settings.get("default_prompt_name") or "").casefold()
    meant = next((prompts[key] for key in (*_MEANING, default) if key in prompts), None)
    # Sentence Transformers saves an empty `document` for every model that says nothing of it.
    return next((prompts[key] for key in _PASSAGE if prompts.get(key)), "") if meant is None else meant
