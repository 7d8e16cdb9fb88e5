"""msglint's own reading of contradiction: the signs that a passage gives to the words of a claim."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from msglint.analysis.contradiction import Scores
from msglint.analysis.contradiction.clauses import states
from msglint.analysis.contradiction.close import Asked, Claims, Close, Spoken, Window
from msglint.analysis.contradiction.features import Sight
from msglint.analysis.contradiction.gate import Gate
from msglint.analysis.contradiction.network import Network, network
from msglint.analysis.contradiction.rejection import Rejections
from msglint.analysis.encoder import Encoder
from msglint.analysis.encoder.builtin import Builtin
from msglint.analysis.passage import Passage
from msglint.guide.model import Claim

NEAR = 0.12
"""Below this cosine to all that a guide says of a claim a sentence has nothing to do with it."""

WHOLE = 3
"""A section of so many sentences is read as one; in a longer one each is read alone, then with each neighbour."""

TELLING = 1.8
"""Where the gate answers less for sentences and for each of them they are not flagged: of the 875 labelled passages
that are so alone, and of the 640 among other sentences, none has less."""

DOUBTFUL = 0.15
"""From this probability on a sentence that was read alone is read with its neighbours: with less none is flagged."""

LIKELY = 0.25
"""From this probability on it is asked which of the sentences read together contradicts."""

_TINY = 1e-9


class Contradictions:
    """Made once for a guide's claims; reads closely only what is near to one of them and may speak against it."""

    def __init__(self, claims: Sequence[Claim], encoder: Encoder, *, weigh: Network | None = None) -> None:
        """`encoder` finds what is near; words are compared by the built-in one, from which the network has learned."""
        self._encoder = encoder if isinstance(encoder, Builtin) else Builtin()
        sight = Sight(self._encoder.words)
        sides = tuple((sight.side((c.statement, *c.paraphrases)), sight.side(c.contradictions)) for c in claims)
        self._network = weigh or network()
        self._claims = Claims(sides, Rejections(claims, self._encoder), sight, self._network)
        texts = [(c.statement, *c.paraphrases, *c.contradictions) for c in claims]
        self._anchors = self._encoder.encode([text for said in texts for text in said])
        self._first = np.cumsum([0, *(len(said) for said in texts)])[:-1]

    def scores(self, sections: Sequence[Sequence[Passage]]) -> list[Scores]:
        """Return for each section sentences × claims; see Contradicting."""
        return self._read(sections, 0.0)

    def telling(self, sections: Sequence[Sequence[Passage]]) -> list[Scores]:
        """Return the same for what is flagged; of the rest only a first look is taken, in short sections, too."""
        return self._read(sections, TELLING)

    def _read(self, sections: Sequence[Sequence[Passage]], least: float) -> list[Scores]:
        """Read closely what of short sections the gate answers more than `least` for."""
        sentences = [sentence for section in sections for sentence in section]
        made = np.zeros((len(sentences), len(self._first)), np.float32)
        bounds = [0, *itertools.accumulate(map(len, sections))]
        runs = [run for section in itertools.pairwise(bounds) for run in _runs(sentences, *section)]
        if runs and len(self._first):
            read = [i for run in runs for i in run]
            made[read] = self._scores([sentences[i] for i in read], [*map(len, runs)], least)
        return [made[first:behind] for first, behind in itertools.pairwise(bounds)]

    def _scores(self, sentences: Sequence[Passage], runs: Sequence[int], least: float) -> Scores:
        """Return sentences × claims; `runs` has how many of them follow one another, run by run."""
        ends = [0, *itertools.accumulate(runs)]
        windows = [window for run in itertools.pairwise(ends) for window in _windows(*run)]
        spoken, whole = Spoken.of(sentences, ends), {*itertools.pairwise(ends)}
        singly = np.maximum.reduceat(self._encoder.encode(sentences) @ self._anchors.T, self._first, axis=1)
        gate = self._network.gate
        look = _Look(singly, gate.found([sentence.norms for sentence in sentences]), gate)
        near, heard = look.of(windows)
        glance = gate.answers(heard, near)
        # Beside the sentence that contradicts may stand one that does not, and speaks for both.
        each = gate.answers(*reversed(look.of([(i, i + 1) for i in range(len(sentences))])))
        best = np.maximum(glance, np.maximum.reduceat(each, [first for first, _ in windows]))
        # One of many sentences counts only where it can be flagged.
        bounds = np.array([least if window in whole else TELLING for window in windows])
        turned = np.array([not spoken.opposing.isdisjoint(range(*window)) for window in windows])
        opened = (near > NEAR) & (best > bounds[:, None]) & (turned | (bounds < TELLING))[:, None]
        around = np.where(near > NEAR, self._network.doubts(glance), 0).astype(np.float32)
        asked = look.asked([(windows[w], claim) for w, claim in np.argwhere(opened).tolist()])
        close = Close(self._claims, spoken, asked)
        around[opened] = answers = close.answers(asked)
        made: Scores = np.repeat(around, [behind - first for first, behind in windows], axis=0)
        found = dict(zip(asked, answers.tolist(), strict=True))
        alone = {(i, i + 1) for i in range(len(sentences))}
        together = {one: answer for one, answer in found.items() if one.window not in alone and answer > LIKELY}
        self._attribute(made, together, close, look, spoken)
        doubtful = {one: answer for one, answer in found.items() if one.window in alone and answer > DOUBTFUL}
        self._compare(made, doubtful, look, spoken)
        return made

    def _attribute(
        self, made: Scores, likely: Mapping[Asked, float], close: Close, look: _Look, spoken: Spoken
    ) -> None:
        """Put what is said by sentences read together to the account of those that say it alone."""
        places = dict.fromkeys(((i, i + 1), one.claim) for one in likely for i in range(*one.window))
        singly = look.asked(list(places))
        answers = close.answers(singly).tolist()
        alone = {(one.window[0], one.claim): answer for one, answer in zip(singly, answers, strict=True)}
        for at, answer in alone.items():
            made[at] = min(made[at], answer)
        for one, answer in likely.items():
            # Who of those read together says it: the one that says it best alone, if it can say it at all.
            owner = max(range(*one.window), key=lambda i: (i in spoken.opposing, alone[i, one.claim]))
            others = not spoken.opposing.isdisjoint({*range(*one.window)} - {owner})
            # Sentences that turn nothing round are no context to the one that does.
            made[owner, one.claim] = max(made[owner, one.claim], answer, 0 if others else alone[owner, one.claim])

    def _compare(self, made: Scores, doubtful: Mapping[Asked, float], look: _Look, spoken: Spoken) -> None:
        """Weigh what sentences say alone against what they say beside the neighbour with which they say it best."""
        beside = {one: [*_neighbours(one, spoken.ends)] for one in doubtful}
        pairs = look.asked([*dict.fromkeys(itertools.chain.from_iterable(beside.values()))])
        if not pairs:
            return
        answers = Close(self._claims, spoken, pairs).answers(pairs).tolist()
        context = {(one.window, one.claim): answer for one, answer in zip(pairs, answers, strict=True)}
        for one, alone in doubtful.items():
            if beside[one]:
                made[one.window[0], one.claim] = _between(alone, max(context[pair] for pair in beside[one]))


class _Look:
    """A first look at sentences: the cosine of each to the claims, and its cues."""

    def __init__(self, near: Scores, cues: Any, gate: Gate) -> None:
        self._near, self._cues, self._gate = near, cues, gate

    def of(self, windows: Sequence[Window]) -> tuple[Scores, Any]:
        """Return for windows of one to three sentences their cosines to the claims, and what their cues say."""
        # The last sentence of a window, again and again, changes nothing.
        bounds = np.array(windows, np.intp).reshape(-1, 2)
        read = np.minimum(bounds[:, :1] + np.arange(WHOLE), bounds[:, 1:] - 1)
        return self._near[read].max(axis=1), self._gate.heard(self._cues[read].any(axis=1))

    def asked(self, places: Sequence[tuple[Window, int]]) -> list[Asked]:
        """Return windows, each to be read in the light of the claim of that number."""
        near, heard = self.of([window for window, _ in places])
        each = zip(places, near, heard.tolist(), strict=True)
        return [Asked(window, claim, float(cosines[claim]), said) for (window, claim), cosines, said in each]


def _runs(sentences: Sequence[Passage], first: int, behind: int) -> list[list[int]]:
    """Return the sentences of a section that state something, those that follow one another together."""
    groups = itertools.groupby(range(first, behind), key=lambda i: states(sentences[i]))
    return [list(run) for stating, run in groups if stating]


def _windows(first: int, behind: int) -> list[Window]:
    """Return the ranges of the sentences of a section that are read at first."""
    return [(first, behind)] if behind - first <= WHOLE else [(i, i + 1) for i in range(first, behind)]


def _neighbours(one: Asked, ends: Collection[int]) -> Iterator[tuple[Window, int]]:
    """Yield the sentence that was asked about together with each of its neighbours."""
    at = one.window[0]
    return (((i, i + 2), one.claim) for i in (at - 1, at) if i + 1 not in ends)


def _between(one: float, other: float) -> float:
    """Return the probability whose odds are the geometric mean of those of two others."""
    odds = math.sqrt(one / max(1 - one, _TINY) * other / max(1 - other, _TINY))
    return odds / (1 + odds)
