"""How near a section is to a guide's world: to its sentences, and to the sections of the other articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msglint.analysis.encoder.lengths import to_length
from msglint.analysis.message import Message
from msglint.analysis.passage import Passage
from msglint.model import Found

if TYPE_CHECKING:
    from msglint.analysis.encoder import Encoder

SCALE = "1"
"""Changes whenever the same section would get another score: a threshold learned on another scale is none."""
THRESHOLD = 0.41
"""The shipped threshold: 5 % of the labelled passages that are on message lie under it (see training/)."""
BACKGROUND = (
    "出張の交通費は、月末までに領収書を添えて経理に申請してください。",
    "年末調整の書類は、今週中に人事部へ提出する必要があります。",
    "会議室の予約は、前日の17時までに画面から行います。",
    "新しいパソコンの初期設定とパスワードの変更方法を説明します。",
    "オフィスの移転に伴い、電話番号と郵便物の宛先が変わります。",
    "採用面接の日程は、応募者と面接官の予定を見て調整します。",
    "夏季休業の期間と、休業中の緊急連絡先をお知らせします。",
    "この設定ファイルを書き換えたあと、サーバーを再起動します。",
    "避難訓練では、階段を使って落ち着いて外へ出ましょう。",
    "週末は家族と山に登り、頂上でお弁当を食べました。",
)
"""What is about something else in whatever company; how near this comes is no nearness."""
_WARMTH = 0.2
_SUBJECT_FIRST = (0.2, 0.6, 0.2)
"""The views' shares in a section's vector: what it is about counts most."""
_FEWEST = 5
"""Fewer sections of other articles say nothing,"""
_MOST = 500
"""and more say nothing new."""
_AT_ONCE = 1024
"""Sections that are compared in one go."""
_MIDDLE, _WIDTH = 0.16, 0.06
"""Where similarities of sections in and out of a guide's world meet, and how fast one turns into the other."""


class Nearness:
    """Tells how near sections are to a guide's sentences."""

    def __init__(self, message: Message, encoder: Encoder) -> None:
        self._encoder = encoder
        self._views = getattr(encoder, "views", None)
        self._background = encoder.encode(BACKGROUND).mean(axis=0)
        said = encoder.encode(message.sentences)
        self._said = to_length(said).T
        self._subjects = to_length(self._subject(self._placed(said))).T

    def of(self, sentences: Sequence[Passage]) -> tuple[Any, float, int]:
        """Return a section's vector, how near it is, and the number of the nearest of the message's sentences.

        The nearness is a cosine; `on_message` makes a score of it and of the vectors.
        """
        return next(self.each([sentences]))

    def each(self, sections: Sequence[Sequence[Passage]]) -> Iterator[tuple[Any, float, int]]:
        """Yield the same for each of some sections."""
        whole = self._encoder.encode([Passage.joined(sentences) for sentences in sections])
        placed = self._placed(whole)
        near = _mean(to_length(self._subject(placed)) @ self._subjects)
        nearest = (whole @ self._said).argmax(axis=1)
        return zip(placed, near.tolist(), nearest.tolist(), strict=True)

    def _subject(self, vectors: Any) -> Any:
        return vectors if self._views is None else vectors[:, self._views[1]]

    def _placed(self, vectors: Any) -> Any:
        """Return vectors in which what a text is about counts most.

        Of an encoder that has no views of its own, what all texts have in common is taken away.
        """
        import numpy as np

        if self._views is None:
            return to_length(vectors - self._background)
        shares = zip(self._views, _SUBJECT_FIRST, strict=True)
        return to_length(np.hstack([to_length(vectors[:, view], share**0.5) for view, share in shares]))


@dataclass(frozen=True, slots=True)
class Section:
    """A section of an article: its vector (packed), how near it is, and whether others are measured by it."""

    path: str
    vector: str
    nearness: float
    reference: bool = True

    @classmethod
    def of(cls, found: Found) -> Section:
        """Return the section that evidence of `off-message` tells of."""
        value = found.value
        return cls(found.path, value["vector"], value["nearness"], value.get("reference", True))


def on_message(sections: Sequence[Section]) -> list[float]:
    """Return for each section how much it is on message, 0 to 1, to 3 decimals.

    That is how near it is to the guide's sentences and, where there are enough of them, to the reference sections of
    the other articles.
    """
    if not sections:
        return []
    import numpy as np

    from msglint.analysis.encoder.packing import unpacked

    near = np.array([s.nearness for s in sections])
    owners = np.unique([s.path for s in sections], return_inverse=True)[1]
    vectors, chosen = to_length(unpacked([s.vector for s in sections])), _references(sections)
    for first in range(0, len(sections), _AT_ONCE):
        others = owners[first : first + _AT_ONCE, None] != owners[chosen]
        enough = np.flatnonzero(others.sum(axis=1) >= _FEWEST)
        if len(enough):
            among = _mean(vectors[first + enough] @ vectors[chosen].T, others[enough])
            near[first + enough] = (near[first + enough] + among) / 2
    return [round(float(value), 3) for value in 1 / (1 + np.exp((_MIDDLE - near) / _WIDTH))]


def _references(sections: Sequence[Section]) -> Any:
    """Return the numbers of the sections to measure by: all, or as many as are enough, spread over all articles."""
    import numpy as np

    chosen = np.flatnonzero([s.reference for s in sections])
    return chosen[np.linspace(0, len(chosen) - 1, min(len(chosen), _MOST)).astype(np.intp)]


def reference_scores(evidence: Sequence[Found]) -> list[float]:
    """Return the scores of the reference sections, each measured by the others' articles, to learn a threshold from."""
    sections = [Section.of(found) for found in evidence]
    return [score for score, section in zip(on_message(sections), sections, strict=True) if section.reference]


def _mean(cosines: Any, counted: Any = True) -> Any:
    """Return for each row a mean of what is `counted`, in which what is near counts more."""
    import numpy as np

    warm = np.exp(cosines.astype(np.float64) / _WARMTH)
    return _WARMTH * np.log(np.mean(warm, axis=1, where=counted))
