"""The monthly review as it is told: two pages, the first of which is enough to decide by."""

from __future__ import annotations

from collections.abc import Sequence

from msglint.loop.review.blocks import Block, Cell, Page, Paragraph, Section, Table, Tone, joined, same
from msglint.loop.review.cards import cards
from msglint.loop.review.decisions import several
from msglint.loop.review.monthly import Monthly
from msglint.loop.review.parts import FIGURES, PRINTED, choices, foot, future, lacking, notes, quoted, share_words
from msglint.loop.review.sheets import SheetUse, StaleUse
from msglint.loop.review.voices import Quality, Rejected, Request, Task
from msglint.model import Text

FAULTS = {
    "expired": Text("期限切れ", "expired"),
    "stale": Text("元の記事が更新済み", "article has changed"),
    "superseded": Text("新しい版がある", "replaced by a newer version"),
    "gone": Text("一覧から外れた", "withdrawn"),
    "conflict": Text("ほかと食い違うと指摘", "said to contradict another message"),
}
_STATES = {"done": Text("完了", "done"), "late": Text("期限超過", "late"), "open": Text("進行中", "open")}
_TONES: dict[str, Tone] = {"done": "good", "late": "bad", "open": ""}
_KINDS = {"content": Text("コンテンツ", "content"), "criteria": Text("基準", "criteria")}


def page(review: Monthly) -> Page:
    """Return the review as it is told."""
    title = Text(f"{review.span.said.ja}の月次レビュー", f"Monthly review: {review.span.said.en}")
    about = Text(f"マーケティングと営業、{review.as_of}時点", f"Marketing and sales, as of {review.as_of}")
    if review.state == "future":
        return Page(title, about, (future(review.span), _actions(review)))
    return Page(
        title,
        about,
        (
            Section("figures", FIGURES, (*notes(review), cards(review.trend, review.target))),
            choices(review.decisions, Text("今日決めること", "To decide today")),
            _sheets(review),
            _quality(review.quality),
            _stale(review.stale),
            _requests(review.requests),
            _actions(review),
            lacking(review.gaps),
        ),
        foot(review),
    )


def _sheets(review: Monthly) -> Section:
    blocks: list[Block] = []
    for found, caption, none in (
        (
            review.best,
            Text("使えたシート", "Sheets that helped"),
            Text("役立ったと言えるシートは、まだありません。", "No sheet can be said to have helped yet."),
        ),
        (
            review.worst,
            Text("使えなかったシート", "Sheets that did not"),
            Text("役立たなかったと言えるシートはありません。", "No sheet can be said to have failed."),
        ),
    ):
        blocks.append(_uses(found, caption) if found else Paragraph(none, "soft"))
    return Section("sheets", Text("シートへの営業の声", "What sales said of the sheets"), tuple(blocks))


def _uses(found: Sequence[SheetUse], caption: Text) -> Table:
    head = (
        caption,
        Text("役立った割合(版の累計)", "helped (all of the version)"),
        Text("下限(95%)", "at least (95%)"),
        Text("営業の言葉", "in sales' own words"),
    )
    return Table(head, tuple(map(_use, found)), ("left", "left", "right", "left"), widths=(31, 29, 9, 31))


def _use(one: SheetUse) -> tuple[Cell, ...]:
    sub = Text(f"版 {one.version}、今月{one.voices}件", f"version {one.version}, {one.voices} this month")
    before = None
    if one.previous is not None and one.previous.rate is not None:
        rate = f"{one.previous.rate * 100:.0f}% ({one.previous.k}/{one.previous.n})"
        before = Text(f"前の版 {rate}", f"version before: {rate}")
    poor = one.used.k * 2 <= one.used.n
    return (
        Cell(same(one.title), sub=sub),
        Cell(share_words(one.used), sub=before, share=one.used),
        Cell(same(f"{one.used.interval.low * 100:.0f}%"), "soft"),
        quoted(sorted(one.words, key=lambda word: (word.verdict == "helped") == poor)),
    )


def _quality(quality: Quality) -> Section:
    blocks: list[Block] = [Paragraph(joined(_said(quality)))]
    if quality.groups:
        head = (
            Text("却下の理由", "Reason"),
            Text("件数", "leads"),
            Text("流入元", "sources"),
            Text("商談で聞いた課題", "needs heard"),
        )
        rows = tuple(map(_rejected, quality.groups))
        blocks.append(Table(head, rows, ("left", "right", "left", "left"), widths=(22, 8, 32, 38), printed=PRINTED))
    return Section("quality", Text("リードの質", "Quality of the leads"), tuple(blocks), new_page=True)


def _said(quality: Quality) -> list[Text]:
    """Return what is to be said of the leads as a whole, of what anything is known of."""
    count = quality.rejected
    said = [Text(f"営業が却下したリードは{count}件。", f"Sales rejected {several(count, 'lead')}.")]
    if quality.movement.noise is not None:
        moved = quality.movement.said(Text("件", ""))
        past = several(quality.compared, "month")
        said.append(
            Text(
                f"直近{quality.compared}か月の平均から{moved.ja}。",
                f"Against the mean of the {past} before: {moved.en}.",
            )
        )
    if quality.promised.n:
        shown = quality.promised.said()
        ja = f"提案が期待どおりだった商談は{shown.ja}。"
        said.append(Text(ja, f"What was proposed was what the lead expected in {shown.en}."))
    if quality.gap is not None and quality.gap.n:
        shown = quality.gap.said()
        ja = f"温度感がマーケティングの見立てと2段以上ずれたリードは{shown.ja}。"
        said.append(Text(ja, f"Warmth differed from marketing's view by two or more of five in {shown.en}."))
    return said


def _rejected(one: Rejected) -> tuple[Cell, ...]:
    return (
        Cell(same(one.reason)) if one.reason else Cell(Text("(理由なし)", "(none given)"), "soft"),
        Cell(Text(f"{one.share.k}件", str(one.share.k))),
        Cell(_sources(one.sources)),
        quoted(one.words) if one.words else Cell(same("–"), "soft"),
    )


def _sources(found: Sequence[tuple[str | None, int]]) -> Text:
    unknown = Text("不明", "unknown")
    return Text(
        "、".join(f"{source or unknown.ja} {count}" for source, count in found),
        ", ".join(f"{source or unknown.en} {count}" for source, count in found),
    )


def _stale(found: Sequence[StaleUse]) -> Section:
    title = Text("古いまま使われているシート", "Old sheets still in use")
    if not found:
        return Section("stale", title, (Paragraph(Text("ありません。", "None."), "soft"),))
    head = (
        Text("シート", "Sheet"),
        Text("どこが古いか", "what is the matter"),
        Text("使用", "shown"),
        Text("最後", "last"),
    )
    rows = tuple(
        (
            Cell(same(one.title), sub=Text(f"版 {one.version}", f"version {one.version}")),
            Cell(
                Text("、".join(FAULTS[f].ja for f in one.faults), ", ".join(FAULTS[f].en for f in one.faults)),
                "bad" if "conflict" in one.faults else "warn",
                quotes=quoted(one.words[:1]).quotes,
            ),
            Cell(Text(f"{one.uses}回", str(one.uses))),
            Cell(same(f"{one.last:%m/%d}")),
        )
        for one in found
    )
    return Section(
        "stale",
        title,
        (Table(head, rows, ("left", "left", "right", "right"), widths=(32, 48, 8, 12), printed=PRINTED),),
    )


def _requests(found: Sequence[Request]) -> Section:
    title = Text("営業からの要望", "What sales asks for")
    if not found:
        return Section("requests", title, (Paragraph(Text("ありません。", "None."), "soft"),))
    head = (Text("要望", "Request"), Text("担当", "owner"), Text("期限", "due"), Text("状態", "state"))
    rows = tuple(
        (
            Cell(same(one.said), sub=same(f"{one.rep} {one.on:%m/%d} {one.about}".strip())),
            *(
                (
                    Cell(Text("未定", "nobody yet"), "bad"),
                    Cell(Text("未定", "none yet"), "bad"),
                    Cell(same("–"), "soft"),
                )
                if one.task is None
                else (Cell(same(one.task.owner)), Cell(same(one.task.due)), _state(one.task))
            ),
        )
        for one in found
    )
    return Section(
        "requests",
        title,
        (Table(head, rows, ("left", "left", "left", "left"), widths=(56, 18, 13, 13), printed=PRINTED),),
    )


def _actions(review: Monthly) -> Section:
    title = Text("前回までの宿題", "What was agreed before")
    blocks: list[Block] = []
    if review.tasks:
        blocks.append(_tasks(review.tasks))
    else:
        nothing = Text("この月までに期限の来た宿題はありません。", "Nothing that was agreed was due by then.")
        blocks.append(Paragraph(nothing, "soft"))
    if review.upcoming:
        said = "、".join(f"{one.what}({one.owner}、{one.due})" for one in review.upcoming)
        english = "; ".join(f"{one.what} ({one.owner}, {one.due})" for one in review.upcoming)
        blocks.append(Paragraph(Text(f"これから: {said}", f"To come: {english}"), "soft"))
    return Section("actions", title, tuple(blocks))


def _tasks(found: Sequence[Task]) -> Table:
    head = (Text("宿題", "Action"), Text("担当", "owner"), Text("期限", "due"), Text("結果", "result"))
    rows = tuple(
        (Cell(same(one.what), sub=_KINDS[one.kind]), Cell(same(one.owner)), Cell(same(one.due)), _state(one))
        for one in found
    )
    return Table(head, rows, ("left", "left", "left", "left"), widths=(50, 20, 15, 15), printed=PRINTED + 1)


def _state(task: Task) -> Cell:
    said = _STATES[task.state]
    if task.state != "done":
        return Cell(said, _TONES[task.state])
    commit = task.commit[:12] if task.commit else None
    sub = same(commit) if commit else Text("コミットの記録なし", "no commit recorded")
    return Cell(Text(f"{said.ja} {task.closed_on:%m/%d}", f"{said.en} {task.closed_on:%m/%d}"), "good", sub)
