"""A guide's phrase, ready to be compared with text."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from msglint.analysis.conjugation import LIGHT, NEGATIVE, tail
from msglint.analysis.fold import nfkc
from msglint.analysis.tokens import Token, tokenize
from msglint.analysis.words import COPULA, Element, element_of

_GAPS = frozenset("、,，")


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A phrase ready to be compared: its words, and what a predicate at its end insists on.

    `required` are the auxiliaries that carry meaning (たい, られる); `negative` whether the phrase itself denies.
    """

    phrase: str
    elements: tuple[Element, ...]
    predicate: bool = False
    required: tuple[str, ...] = ()
    negative: bool = False


@functools.lru_cache(maxsize=8192)
def compile_phrase(phrase: str) -> Pattern:
    """Return the pattern of `phrase`; it has no elements when the phrase is only punctuation."""
    tokens = [t for t in tokenize(bare(phrase)) if not is_gap(t)]
    head = _head(tokens)
    if head is None:
        return Pattern(phrase, tuple(map(element_of, tokens)))
    read = tail(tokens, head + 1)
    norms = read.norms
    required = tuple(n for n in norms if n not in LIGHT and n not in NEGATIVE)
    return Pattern(
        phrase,
        tuple(map(element_of, tokens[: head + 1])),
        predicate=True,
        required=required,
        negative=any(n in NEGATIVE for n in norms),
    )


def bare(phrase: str) -> str:
    """Return a phrase as it is looked for in NFKC, without the marks around it."""
    return nfkc(phrase).strip(" 。．.!！?？")


def _head(tokens: Sequence[Token]) -> int | None:
    """Return the index of the predicate that the phrase ends in, without its auxiliaries."""
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        copula = token.norm in COPULA and at > 0 and tokens[at - 1].kind in {"名詞", "形状詞", "接尾辞", "代名詞"}
        if token.kind in {"動詞", "形容詞"} or (token.kind == "助動詞" and copula):
            read = tail(tokens, at + 1)
            return at if read.stop == len(tokens) else None
        if token.kind not in {"助動詞", "助詞", "形状詞"}:
            return None
    return None


def is_gap(token: Token) -> bool:
    """Whether a word may stand between two words of a phrase and say nothing."""
    return token.surface in _GAPS or token.kind == "空白"
