"""What the guide says of the words at a place of an article: a term's definition, a fact's figure and source."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.analysis.statements import registered
from msglint.guide.model import Fact, Guide, Term
from msglint.model import Language, Text


def entries(guide: Guide, text: str, at: int, language: Language) -> str:
    """Return, as Markdown, what the guide has on the words around the offset `at` of `text`."""
    terms = [_term(t, language) for t in guide.terms if any(_covers(text, w, at) for w in (t.term, *t.variants))]
    facts = [_fact(f, language) for f in guide.facts if any(_covers(text, w, at) for k in f.keywords for w in k)]
    return "\n\n".join([*terms, *facts])


def _covers(text: str, words: str, at: int) -> bool:
    return bool(words) and text.find(words, max(0, at - len(words)), at + len(words)) >= 0


def _term(term: Term, language: Language) -> str:
    said = [f"**{term.term}**", *term.expansion, term.definition or ""]
    if term.variants:
        others = Text("使わない言い方", "not").in_(language)
        said.append(f"{others}: {'、'.join(term.variants)}")
    return "  \n".join(part for part in said if part)


def _fact(fact: Fact, language: Language) -> str:
    return "  \n".join(_said(fact, language))


def _said(fact: Fact, language: Language) -> Iterator[str]:
    figures = "、".join(registered(fact, v) + (f"({v.as_of})" if v.as_of else "") for v in fact.values)
    yield f"**{fact.subject}**: {figures}"
    yield f"{Text('出典', 'source').in_(language)}: {fact.source}"
    if fact.caveat:
        yield f"{Text('注意書き', 'caveat').in_(language)}: {fact.caveat.text}"
    if fact.review_by:
        yield f"{Text('見直す日', 'review by').in_(language)}: {fact.review_by.isoformat()}"
