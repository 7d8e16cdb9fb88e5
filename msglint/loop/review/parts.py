"""The parts that both reviews are told with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from msglint.loop import model
from msglint.loop.intervals import Share
from msglint.loop.review.blocks import Cell, Choice, Choices, Paragraph, Section, Table, same
from msglint.loop.review.decisions import Decision
from msglint.loop.review.figures import Trend
from msglint.loop.review.gaps import Gap
from msglint.loop.review.periods import Span, State
from msglint.loop.review.sheets import Word
from msglint.model import Text

FIGURES = Text("4つの数字", "The four figures")
PRINTED = 3
"""So many rows of a table go on paper."""
_VERDICTS = {
    "helped": Text("役立った", "helped"),
    "shown_no_effect": Text("見せたが反応なし", "shown without effect"),
    "not_usable": Text("使えない", "not usable"),
    "not_used": Text("使わなかった", "not used"),
}
_QUOTES = 2
ASSOCIATION = Text(
    "使われたシートと商談の結果は関連を示すだけで、効果を示すものではありません。",
    "What was shown and how deals went are associated; that is no proof of an effect.",
)


class Review(Protocol):
    """What both reviews know."""

    @property
    def span(self) -> Span:
        """Of when it is."""

    @property
    def as_of(self) -> date:
        """The day of which its figures are."""

    @property
    def state(self) -> State:
        """Whether the period is over."""

    @property
    def trend(self) -> Trend:
        """The four figures."""

    @property
    def held(self) -> model.Review | None:
        """The meeting."""


def notes(review: Review) -> Iterator[Paragraph]:
    """Yield what has to be said before the figures: that the period is not over, or that there is nothing yet."""
    span, state = review.span, review.state
    if state == "running":
        yield _running(span, review.as_of)
    if not any(one.mqls for one in review.trend.periods):
        yield Paragraph(
            Text(
                "この期間と、その前の3期間に、引き渡されたリードがありません。msglint leads import で取り込みます。",
                "No lead was handed over in this period or the three before. msglint leads import takes leads in.",
            ),
            "warn",
        )


def future(span: Span) -> Section:
    """Return the section that stands for all the figures of a period to come."""
    said = Text(f"{span.said.ja}はまだ始まっていません。", f"{span.said.en} has not begun yet.")
    return Section("figures", FIGURES, (Paragraph(said, "warn"),))


def choices(decisions: Sequence[Decision], title: Text) -> Section:
    """Return the questions for the meeting."""
    if not decisions:
        nothing = Text("数字からは、急いで決めることは見つかりません。", "The figures raise nothing that is urgent.")
        return Section("decisions", title, (Paragraph(nothing),))
    return Section("decisions", title, (Choices(tuple(Choice(*_parts(one)) for one in decisions)),))


def _parts(one: Decision) -> tuple[Text, Text, str]:
    return one.ask, one.because, one.section


def quoted(words: Sequence[Word]) -> Cell:
    """Return somebody's own words as a cell, the first two of them."""
    if not words:
        return Cell(Text("(言葉なし)", "(no words)"), "soft")
    return Cell(same(""), quotes=tuple((word.said, _who(word)) for word in words[:_QUOTES]))


def shared(share: Share, sub: Text | None = None) -> Cell:
    """Return a share as a cell: in words, and drawn where there are cases."""
    return Cell(share_words(share), sub=sub, share=share if share.n else None)


def _who(word: Word) -> Text:
    who = f"{word.rep} {word.on:%m/%d}"
    if word.verdict is None:
        return same(who)
    verdict = _VERDICTS[word.verdict]
    return Text(f"{verdict.ja}、{who}", f"{verdict.en}, {who}")


def share_words(share: Share) -> Text:
    """Return a share as a cell says it."""
    if share.rate is None:
        return Text("対象なし", "no cases")
    few = Text("、少ない", ", few") if share.few else Text("", "")
    return Text(
        f"{share.rate * 100:.0f}%({share.k}/{share.n}件{few.ja})",
        f"{share.rate * 100:.0f}% ({share.k}/{share.n}{few.en})",
    )


def lacking(found: Sequence[Gap]) -> Section:
    """Return what the data lacks."""
    title = Text("データの欠け", "Gaps in the data")
    if not found:
        return Section("gaps", title, (Paragraph(Text("見つかりません。", "None found."), "soft"),))
    head = (Text("欠けているもの", "What is lacking"), Text("件数", "cases"), Text("そのために", "what follows"))
    rows = tuple(
        (
            Cell(one.what, sub=same(", ".join(one.examples)) if one.examples else None),
            Cell(Text(f"{one.n}/{one.of}件", f"{one.n}/{one.of}") if one.of > 1 or one.examples else same("–")),
            Cell(one.follows, "soft"),
        )
        for one in found
    )
    return Section(
        "gaps", title, (Table(head, rows, ("left", "right", "left"), printed=PRINTED + 3, widths=(46, 12, 42)),)
    )


def foot(review: Review) -> tuple[Text, ...]:
    """Return what stands under a review: that nothing is claimed of effects, and whether the meeting was held."""
    held = review.held
    period = review.span.name
    if held is None:
        said = Text(
            f"会議の記録はまだありません。開いたら msglint review held {period} で記録します。",
            f"No meeting is recorded yet. Record it with msglint review held {period}.",
        )
    else:
        minutes = Text(f"、議事録 {held.minutes}", f", minutes {held.minutes}") if held.minutes else Text("", "")
        said = Text(
            f"会議: {held.held_on}、マーケティング {held.marketing}、営業 {held.sales}{minutes.ja}",
            f"Meeting: {held.held_on}, marketing {held.marketing}, sales {held.sales}{minutes.en}",
        )
    return (said, ASSOCIATION)


def _running(span: Span, day: date) -> Paragraph:
    return Paragraph(
        Text(
            f"{span.said.ja}はまだ終わっていません。{day}までの途中の数字で、件数の増減は日数をそろえて比べています。",
            f"{span.said.en} is not over yet: these are figures up to {day}; counts are compared for as many days.",
        ),
        "warn",
    )
