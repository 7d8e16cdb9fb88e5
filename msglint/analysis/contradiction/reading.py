"""What a passage says of its words: affirmed, wanted, done, or denied, given up, called wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from msglint.analysis.contradiction.clauses import Clause, clauses, word_class
from msglint.analysis.contradiction.frames import Frames
from msglint.analysis.contradiction.words import is_denied_by_prefix, lexicon, value
from msglint.analysis.passage import Passage

_CONTENT = frozenset("名詞 動詞 形容詞 形状詞 副詞 接尾辞 接頭辞".split())
_THEMES = frozenset("名詞 形容詞 形状詞".split())
_MUST_NOT = frozenset({"成る", "いける", "行ける", "行く"})
"""What ない makes 〜てはならない of, and なければ〜 a demand."""

_Polarity = tuple[float, float, float]
"""What a clause's predicate does, how it judges, and how good what it tells of is; see Said."""

_REACH = 7
"""So many morphemes before a predicate stands what it is said of."""


@dataclass(frozen=True, slots=True)
class Word:
    """A content word, by its index, and what the passage makes of it.

    `sign` above 0: it is affirmed; below: denied; `local` the same inside its own clause alone.
    """

    at: int
    norm: str
    sign: float
    local: float


@dataclass(frozen=True, slots=True)
class Said:
    """A clause with its polarity.

    `does` is what its predicate does to its words (減らす -1), `judges` how it judges them (不要 -1, 0 not at all),
    `outcome` how good what it tells of is (0 neither), `outer` what the clauses around it make of it.
    """

    clause: Clause
    does: float
    judges: float
    outcome: float
    outer: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a passage with their signs, its clauses, and from where to where it quotes a view and rejects it."""

    words: tuple[Word, ...]
    said: tuple[Said, ...]
    rejected: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Clauses:
    """A passage with its clauses, before it is asked what those around them make of them."""

    passage: Passage
    clauses: tuple[Clause, ...]
    polarity: tuple[_Polarity, ...]

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """Return the clauses of `passage`, which may have several sentences."""
        found = clauses(passage)
        return cls(passage, tuple(found), tuple(_polarity(passage, clause) for clause in found))


def read(said: Clauses, following: Clauses | None = None) -> Reading:
    """Return the signed words of a passage; the sentence `following` it may take back what it says."""
    passage, found, polarity = said.passage, said.clauses, said.polarity
    if following and found:
        passage, count = Passage.joined((passage, following.passage)), len(passage.norms)
        behind = (_moved(clause, count) for clause in following.clauses)
        found = (*found[:-1], replace(found[-1], link="end", quoted=0), *behind)
        polarity = (*polarity, *following.polarity)
    frames = Frames(passage, found, [judges for _, judges, _ in polarity])
    outer = _outer(frames, found, polarity)
    own = tuple(Said(c, *p, o) for c, p, o in zip(said.clauses, said.polarity, outer, strict=False))
    words = tuple(word for clause in own for word in _words(said.passage, clause))
    return Reading(words, own, tuple(_rejected(frames, own)))


def _rejected(frames: Frames, said: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """Yield where a view stands that is called wrong behind it, disowned, or taken back by the next sentence."""
    first = 0
    for k, one in enumerate(said):
        ends = one.clause.link == "end" and not one.clause.quoted
        within = not ends and one.clause.link in {"adn", "quote", "end"} and one.outer < 0
        if (within and frames.is_called_wrong(k)) or (ends and frames.is_taken_back(k)):
            yield first, one.clause.behind
            first = one.clause.behind
        elif ends or one.clause.link == "but":
            first = one.clause.behind


def _moved(clause: Clause, by: int) -> Clause:
    head = clause.head + by if clause.head >= 0 else clause.head
    return Clause(clause.first + by, clause.behind + by, clause.link, head, clause.denied, clause.quoted)


def _polarity(passage: Passage, clause: Clause) -> _Polarity:
    sign = -1.0 if clause.denied else 1.0
    if clause.head < 0:
        forbidden = clause.denied and not _MUST_NOT.isdisjoint(passage.norms[clause.first : clause.behind])
        return sign, 0.0, -1.0 if forbidden else 0.0
    words, norms = lexicon(), passage.norms
    absence = norms[clause.head] == "無い"
    existence = absence or norms[clause.head] == "有る"
    does = -sign if absence else sign * (value(words.predicates, norms, clause.head) or 1)
    judges = sign * value(words.judgements, norms, clause.head)
    if existence and (weight := _judged_thing(passage, clause)):
        judges = does * weight  # 必要はない, 意味がある
    if judges:
        does = judges
    if existence and judges:
        return does, judges, judges
    if theme := _theme(passage, clause):
        return does, judges, theme * does
    return does, judges, sign * value(words.outcomes, norms, clause.head) or judges


def _theme(passage: Passage, clause: Clause) -> int:
    """How good the thing is that the predicate is said of: the nearest noun before it that is good or bad."""
    for i in range(clause.head - 1, max(clause.first, clause.head - _REACH) - 1, -1):
        if word_class(passage.pos_ids[i])[0] in _THEMES and (good := value(lexicon().outcomes, passage.norms, i)):
            return good
    return 0


def _judged_thing(passage: Passage, clause: Clause) -> int:
    for i in range(clause.head - 1, max(clause.first, clause.head - 4) - 1, -1):
        if word_class(passage.pos_ids[i])[0] in {"名詞", "形状詞"}:
            return value(lexicon().judgements, passage.norms, i)
    return 0


def _outer(frames: Frames, found: Sequence[Clause], polarity: Sequence[_Polarity]) -> list[float]:
    """Return what becomes of each clause by those around it, from the last to the first.

    A clause that is quoted or that tells of a noun takes the sign of the clause it stands in; one that leads to an
    outcome (減らしたところ, …すれば, …しても) takes the outcome's.
    """
    factors = frames.factors()
    inside, led = [1.0] * len(found), [1.0] * len(found)
    for k in range(len(found) - 1, -1, -1):
        link, quoted = found[k].link, found[k].quoted
        if k + 1 == len(found) or (link == "end" and not quoted):
            inside[k] = factors[frames.sentence[k]]
            continue
        does, judges, outcome = polarity[k + 1]
        if link in {"adn", "quote", "end"}:
            disowned = link != "adn" and frames.is_disowned(k)
            inside[k] = (-1.0 if disowned else judges or does) * inside[k + 1]
            led[k] = led[k + 1]
        elif link == "than":
            inside[k], led[k] = -inside[k + 1], led[k + 1]
        elif link in {"if", "though", "and"}:
            inside[k], led[k] = inside[k + 1], outcome or led[k + 1]
        elif link in {"open", "since"}:
            inside[k] = inside[k + 1]
    return [a * b for a, b in zip(inside, led, strict=True)]


def _words(passage: Passage, said: Said) -> Iterator[Word]:
    clause = said.clause
    lesser, roles = _lesser(passage, clause), _roles(passage, clause)
    with_object = "を" in roles[: max(0, clause.head - clause.first)]
    for i in range(clause.first, clause.behind):
        kind, sub, _ = word_class(passage.pos_ids[i])
        norm = passage.norms[i]
        if kind not in _CONTENT or sub == "数詞" or norm in lexicon().clauses["empty"]:
            continue
        role = roles[i - clause.first]
        causes = (role in {"は", "が"} and with_object) or role in {"で", "から", "によって"}
        if i >= clause.head >= 0:
            local = -1.0 if clause.denied else 1.0
        else:
            local = said.outcome if causes and said.outcome and not said.judges else said.does
        local = -abs(local) if i < lesser else local
        local = -local if is_denied_by_prefix(passage.norms, i) else local
        yield Word(i, norm, local * said.outer, local)


def _lesser(passage: Passage, clause: Clause) -> int:
    """The index up to which the words of a clause are what something else is set above: 件数より質を."""
    places = (
        i
        for i in range(clause.behind - 1, clause.first - 1, -1)
        if passage.surfaces[i] == "より" and word_class(passage.pos_ids[i])[0] == "助詞"
    )
    return next(places, -1)


def _roles(passage: Passage, clause: Clause) -> list[str]:
    """Return for each morpheme the particle that a noun's phrase there ends in, nothing when another word is first."""
    found, role = list[str](), ""
    for i in range(clause.behind - 1, clause.first - 1, -1):
        found.append(role)
        kind = word_class(passage.pos_ids[i])[0]
        if kind == "助詞" and passage.surfaces[i] != "の":
            role = passage.surfaces[i]
        elif kind not in {"名詞", "接尾辞", "助詞"}:
            role = ""
    return found[::-1]
