"""What a definition says its term is: the noun that it comes down to, and the kind of thing that is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msglint.analysis.definitions.lexicon import lexicon
from msglint.analysis.definitions.reading import Difference, Reading
from msglint.model import Text

_ENDS = re.compile(r"を(?:いい|言い|指し|意味し|表し|示し)、|のことで(?:あり|すが)?、|。")
_TAIL = re.compile(
    r"(?:の(?:こと|事))?(?:"
    r"を(?:指し|さし|意味し|表し|示し)(?:ます|ています|ている)|を(?:いい|言い)ます|を(?:指す|さす|意味する|表す|示す|いう|言う)"
    r"|と(?:定義|呼|され|言|い[いうえわ])[^、。]*|です|である|であり|だ|でした|になります|となります|に当たります|に該当します)?"
    r"(?:ね|よ)?[。.!]?\s*$"
)
_BROUGHT = re.compile(r"([一-龠ァ-ヶーA-Za-z]+)(?:[をでがの]|として)(?:表|示|測|見|計算|算出|集計|数え)[ぁ-ん]{0,4}$")
_DIVIDED = re.compile(r"割っ[ぁ-ん]{0,4}$|割り?算し[ぁ-ん]{0,3}$|除し[ぁ-ん]{0,3}$")
_TAKEN = re.compile(r"([一-龠ァ-ヶー]+)から[^、。から]+を(?:差し)?引い[ぁ-ん]{0,3}$")
_AMONG = re.compile(r"([一-龠ァ-ヶー]+)の(?:うち|中で)、?[^、。]*$")
_COUNTED = re.compile(r"数え[ぁ-ん]{0,3}$")
_NOUNS = frozenset({"名詞", "接尾辞", "接頭辞", "形状詞"})
_ASPECT = Text("何を指すか", "what it is")


@dataclass(frozen=True, slots=True)
class Head:
    """The noun that a definition comes down to, its kind (None: unknown) and where it stands."""

    words: str
    kind: str | None
    at: int


def head(reading: Reading) -> Head | None:
    """Return the head noun of a definition; None when it does not end in one."""
    text = reading.text
    stop = _ENDS.search(text)
    text = text[: stop.start()] if stop and stop.group() != "。" else text[: stop.end()] if stop else text
    tail = _TAIL.search(text)
    found = _at(reading, tail.start() if tail else len(text))
    # Behind 時間で、 a further clause may follow that says nothing of what the thing is: …時間で、当社では4時間以内.
    if (found is None or not found.kind) and (cut := text.rfind("で、")) > 0:
        earlier = _at(reading, cut)
        return earlier if earlier and earlier.kind else found
    return found


def unlike(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield a difference where the two come down to kinds of things that exclude one another."""
    ours, theirs = head(guide), head(article)
    if ours and theirs and ours.kind and theirs.kind and (ours.kind, theirs.kind) in lexicon().apart:
        yield Difference(_ASPECT, ours.words, theirs.words, theirs.at)


def kind_of(words: str) -> str | None:
    """Return the kind of thing that a compound noun names, by its longest known ending."""
    found = [(len(m.group()), name) for name, pattern in lexicon().kinds if (m := pattern.search(words))]
    return max(found)[1] if found else None


def compound(reading: Reading, end: int) -> tuple[int, str]:
    """Return the start and the words of the compound noun that ends at `end` ("" when none does)."""
    tokens = reading.tokens
    behind = at = reading.first(end)
    while at and tokens[at - 1].kind in _NOUNS and (at == behind or tokens[at - 1].pos[1] != "副詞可能"):
        at -= 1
    start = tokens.starts[at]
    return start, reading.text[start:end]


def _at(reading: Reading, end: int) -> Head | None:
    while end and reading.text[end - 1] in '」』"”) ':
        end -= 1
    start, words = compound(reading, end)
    if not words:
        return None
    before = reading.text[:start]
    if words not in lexicon().light:
        return Head(words, kind_of(words), start)
    if before.endswith("の") and (inner := _at(reading, start - 1)) and inner.kind:
        return inner
    if _DIVIDED.search(before):
        return Head(words, "ratio", start)
    if brought := _BROUGHT.search(before):
        return Head(brought[1], kind_of(brought[1]), brought.start())
    if (taken := _TAKEN.search(before)) and (kind := kind_of(taken[1])):
        return Head(taken[1], kind, taken.start())
    if (among := _AMONG.search(before)) and (kind := kind_of(among[1])):
        return Head(words, kind, start)
    if _COUNTED.search(before):
        return Head(words, "count", start)
    return Head(words, None, start)
