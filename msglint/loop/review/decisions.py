"""What the meeting could decide: the few matters that the figures put first, each as a question with its grounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from msglint.loop.intervals import Movement
from msglint.loop.review.figures import Trend
from msglint.loop.review.sheets import SheetUse, StaleUse
from msglint.loop.review.voices import Quality, Request, Task
from msglint.model import Text

MOST = 3
_SEVERAL = 3
_WORDS = 44


@dataclass(frozen=True, slots=True)
class Decision:
    """A question for the meeting, what it rests on, and the section that shows it."""

    ask: Text
    because: Text
    section: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the questions are made from."""

    trend: Trend
    worst: Sequence[SheetUse]
    stale: Sequence[StaleUse]
    quality: Quality
    requests: Sequence[Request]
    tasks: Sequence[Task]
    target: Decimal | None


def decisions(grounds: Grounds) -> tuple[Decision, ...]:
    """Return up to three questions, the most urgent first; none where the figures raise none."""
    found = (*_calls(grounds), *_rates(grounds), *_sheets(grounds), *_leads(grounds), *_agreed(grounds))
    return found[:MOST]


def _calls(grounds: Grounds) -> Iterator[Decision]:
    late = grounds.trend.now.response.overdue
    if late:
        yield Decision(
            Text(
                f"期限を過ぎても連絡していない{len(late)}件に、誰がいつ連絡するか",
                f"Who calls {several(len(late), 'overdue lead')}, and when?",
            ),
            Text(
                f"期限内の対応率は{grounds.trend.now.response.share.said().ja}です。",
                f"Called in time: {grounds.trend.now.response.share.said().en}.",
            ),
            "figures",
        )


def _rates(grounds: Grounds) -> Iterator[Decision]:
    rated, target = grounds.trend.rated, grounds.target
    share = rated.conversion.share
    below = target is not None and share.n > 0 and share.interval.high < float(target)
    if below or _fell(grounds.trend.conversion):
        why = (
            Text("目標を下回り、偶然とは言えません。", "It is below the target, and not by chance.")
            if below
            else Text("直近3か月より下がり、偶然とは言えません。", "It fell, and not by chance.")
        )
        yield Decision(
            Text("MQLからSQLへの率の低さに、どう手を打つか", "What is to be done about the rate from MQL to SQL?"),
            Text(
                f"{rated.span.said.ja}のMQLは{share.said().ja}。{why.ja}",
                f"MQLs of {rated.span.said.en}: {share.said().en}. {why.en}",
            ),
            "figures",
        )
    if _fell(grounds.trend.response):
        said = grounds.trend.now.response.share.said()
        yield Decision(
            Text("連絡の遅れを、どう減らすか", "How do calls become faster again?"),
            Text(
                f"期限内の対応率は{said.ja}。直近3か月より下がり、偶然とは言えません。",
                f"Called in time: {said.en}. It fell, and not by chance.",
            ),
            "figures",
        )


def _sheets(grounds: Grounds) -> Iterator[Decision]:
    contrary = next((one for one in grounds.stale if "conflict" in one.faults), None)
    if grounds.worst:
        one = grounds.worst[0]
        words = [word.said for word in one.words if word.verdict != "helped"]
        word = f"「{_short(words[-1])}」" if words else ""
        yield Decision(
            Text(f"「{one.title}」を直すか、使うのをやめるか", f"Mend “{one.title}”, or stop using it?"),
            Text(f"役立ったのは{one.used.said().ja}。{word}", f"It helped in {one.used.said().en}. {word}".rstrip()),
            "sheets",
        )
    elif contrary is not None:
        yield Decision(
            Text(
                f"ほかと食い違う「{contrary.title}」を、どちらに合わせるか",
                f"“{contrary.title}” contradicts another message: which one holds?",
            ),
            Text(
                f"食い違いを指摘されたまま{contrary.uses}回使われました。",
                f"Shown {several(contrary.uses, 'time')} since that was reported.",
            ),
            "stale",
        )


def _leads(grounds: Grounds) -> Iterator[Decision]:
    group = next((one for one in grounds.quality.groups if one.reason), None)
    if group is not None and group.share.k >= _SEVERAL:
        yield Decision(
            Text(
                f"却下の理由「{group.reason}」を減らすために、集め方と基準のどちらを変えるか",
                f"To have fewer leads rejected for “{group.reason}”: change the sources, or the criteria?",
            ),
            Text(
                f"却下{group.share.n}件のうち{group.share.k}件がこの理由です。",
                f"{group.share.k} of {group.share.n} rejections give this reason.",
            ),
            "quality",
        )


def _agreed(grounds: Grounds) -> Iterator[Decision]:
    late = [task for task in grounds.tasks if task.state == "late"]
    if late:
        yield Decision(
            Text(
                f"期限を過ぎた宿題{len(late)}件を、続けるか、やめるか",
                f"{several(len(late), 'late action')}: go on, or drop?",
            ),
            Text(
                f"「{_short(late[0].what)}」({late[0].owner}、期限{late[0].due})など。",
                f"Such as “{_short(late[0].what)}” ({late[0].owner}, due {late[0].due}).",
            ),
            "actions",
        )
    loose = [request for request in grounds.requests if request.task is None]
    if loose:
        yield Decision(
            Text(
                f"営業からの要望{len(loose)}件の、担当と期限",
                f"Who answers {several(len(loose), 'request')} of sales, until when?",
            ),
            Text(f"「{_short(loose[0].said)}」など。", f"Such as “{_short(loose[0].said)}”."),
            "requests",
        )
    if grounds.stale:
        yield Decision(
            Text(
                f"古いシート{len(grounds.stale)}枚の差し替え",
                f"Replacing {several(len(grounds.stale), 'old sheet')} in use",
            ),
            Text(
                f"「{grounds.stale[0].title}」が{grounds.stale[0].uses}回使われました。",
                f"“{grounds.stale[0].title}” was shown {several(grounds.stale[0].uses, 'time')}.",
            ),
            "stale",
        )


def _fell(movement: Movement) -> bool:
    return movement.noise is False and movement.change < 0


def several(count: int, thing: str) -> str:
    """Return how many things there are, in English."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _WORDS else line[: _WORDS - 1] + "…"
