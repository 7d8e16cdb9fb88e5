"""msglint's own reading of contradiction: the signs that a passage gives to the words of a claim."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from msglint.analysis.contradiction import Scores
from msglint.analysis.contradiction.clauses import states
from msglint.analysis.contradiction.close import Asked, Claims, Close, Window
from msglint.analysis.contradiction.features import Sight
from msglint.analysis.contradiction.network import Network, network
from msglint.analysis.contradiction.rejection import Rejections
from msglint.analysis.encoder import Encoder
from msglint.analysis.encoder.builtin import Builtin
from msglint.analysis.passage import Passage
from msglint.guide.model import Claim

NEAR = 0.12
"""Below this cosine to all that a guide says of a claim a sentence has nothing to do with it."""

WHOLE = 3
"""A section of so many sentences is read as one; in a longer one a sentence is read with its two neighbours."""

LIKELY = 0.25
"""From this probability on it is asked which of the sentences read together contradicts."""


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
        sentences = [sentence for section in sections for sentence in section]
        made = np.zeros((len(sentences), len(self._first)), np.float32)
        bounds = [0, *itertools.accumulate(map(len, sections))]
        runs = [run for section in itertools.pairwise(bounds) for run in _runs(sentences, *section)]
        if runs and len(self._first):
            read = [i for run in runs for i in run]
            ends = [0, *itertools.accumulate(map(len, runs))]
            windows = [window for run in itertools.pairwise(ends) for window in _windows(*run)]
            made[read] = self._scores([sentences[i] for i in read], windows)
        return [made[first:behind] for first, behind in itertools.pairwise(bounds)]

    def _scores(self, sentences: Sequence[Passage], read_in: Sequence[Window]) -> Scores:
        """Return sentences × claims; `read_in` has the window that each sentence is read in."""
        shared = Counter(read_in)
        windows = list(shared)
        singly = np.maximum.reduceat(self._encoder.encode(sentences) @ self._anchors.T, self._first, axis=1)
        # A window has one to three sentences; its last one, again and again, changes nothing.
        bounds = np.array(windows)
        read = np.minimum(bounds[:, :1] + np.arange(WHOLE), bounds[:, 1:] - 1)
        near = singly[read].max(axis=1)
        gate = self._network.gate
        cues = gate.found([sentence.norms for sentence in sentences])
        alone, heard = gate.heard(cues), gate.heard(cues[read].any(axis=1))
        # A sentence among others that say nothing against anything is heard as if it stood alone.
        place = {window: w for w, window in enumerate(windows)}
        for i, window in enumerate(read_in):
            if shared[window] == 1:
                heard[place[window]] = max(heard[place[window]], alone[i])
        glance = gate.answers(heard, near)
        opened = (near > NEAR) & (glance > 0)
        around = np.where(near > NEAR, self._network.doubts(glance), 0).astype(np.float32)
        asked = [Asked(windows[w], c, float(near[w, c]), float(heard[w])) for w, c in np.argwhere(opened).tolist()]
        close = Close(self._claims, sentences, read_in, asked)
        around[opened] = answers = close.answers(asked)
        made: Scores = around[[place[window] for window in read_in]]
        likely = {one: answer for one, answer in zip(asked, answers.tolist(), strict=True) if answer > LIKELY}
        self._attribute(made, likely, close, singly.tolist(), alone.tolist())
        return made

    def _attribute(
        self,
        made: Scores,
        likely: Mapping[Asked, float],
        close: Close,
        near: Sequence[Sequence[float]],
        heard: Sequence[float],
    ) -> None:
        """Put what is said by sentences read together to the account of those that say it alone.

        `near` has each sentence's cosines to the claims, `heard` what its cues say.
        """
        singly = {
            (i, one.claim): Asked((i, i + 1), one.claim, near[i][one.claim], heard[i])
            for one in likely
            for i in range(*one.window)
        }
        answers = close.answers(list(singly.values()))
        alone = dict(zip(singly, answers.tolist(), strict=True))
        for at, answer in alone.items():
            made[at] = min(made[at], answer)
        for one, answer in likely.items():
            # Who of those read together says it: the one that says it best alone, if it can say it at all.
            owner = max(range(*one.window), key=lambda i: (i in close.opposing, alone[i, one.claim]))
            others = not close.opposing.isdisjoint({*range(*one.window)} - {owner})
            # Sentences that turn nothing round are no context to the one that does.
            made[owner, one.claim] = max(made[owner, one.claim], answer, 0 if others else alone[owner, one.claim])


def _runs(sentences: Sequence[Passage], first: int, behind: int) -> list[list[int]]:
    """Return the sentences of a section that state something, those that follow one another together."""
    groups = itertools.groupby(range(first, behind), key=lambda i: states(sentences[i]))
    return [list(run) for stating, run in groups if stating]


def _windows(first: int, behind: int) -> list[Window]:
    """Return for each sentence of a section the range of those it is read with."""
    if behind - first <= WHOLE:
        return [(first, behind)] * (behind - first)
    return [(max(first, i - 1), min(behind, i + 2)) for i in range(first, behind)]
