"""Sales tags: which parts of an article are made for sales, and which tags are written wrongly."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from msglint.document.collected import Collected
from msglint.document.comments import Comment
from msglint.document.markdown import Reading
from msglint.document.masks import ContainerLine
from msglint.document.model import Kind, SalesTag, TagProblem
from msglint.model import Span, Text

_COMMENT = re.compile(r"\s*(?:/\s*sales(?:\s*[:：].*)?|sales\s*[:：]\s*(?P<kind>.*?))\s*", re.DOTALL)
_SALES = re.compile(r"sales(?:\s+(?P<kind>.*?))?(?:\s*:{3,})?")
_ATTRIBUTES = re.compile(r"\{[^{}\r\n]*\}")
_DEEPEST = 50


class _Mark(NamedTuple):
    """An opening or (`kind` is None) closing mark; a container of another sort is one too, with `sales` false.

    `inner` is where what an opening mark covers begins, and where what a closing mark covers ends.
    """

    span: Span
    inner: int
    form: Literal["container", "comment"]
    kind: str | None
    sales: bool = True
    colons: int = 0


def sales_tags(
    source: str, reading: Reading, comments: list[Comment]
) -> tuple[tuple[SalesTag, ...], tuple[TagProblem, ...]]:
    """Return the tags of a source, and what is wrong with any, in source order."""
    marks = sorted([*_comment_marks(comments), *_container_marks(reading.containers)])
    found = [*_heading_tags(reading, source), *_paired(marks, len(source))]
    return (
        tuple(sorted((t for t in found if isinstance(t, SalesTag)), key=lambda t: t.span)),
        tuple(sorted((p for p in found if isinstance(p, TagProblem)), key=lambda p: p.span)),
    )


def _heading_tags(reading: Reading, source: str) -> Iterator[SalesTag | TagProblem]:
    ends = _ends(reading.blocks, len(source))
    for heading, name, value in reading.attributes:
        if name != "sales" or heading not in ends:
            continue
        places = [m for m in _ATTRIBUTES.finditer(source, heading.start, heading.end) if "sales" in m.group()]
        span = Span(*places[-1].span()) if places else Span(heading.start, heading.end)
        if kind := (value or "").strip("\"'"):
            yield SalesTag(kind, span, Span(heading.start, ends[heading]), "heading")
        else:
            yield TagProblem(span, _NO_KIND)


def _ends(blocks: list[Collected], length: int) -> dict[Collected, int]:
    """Return where the part under each heading ends: before the next of its level or above. Quoted ones have none."""
    ends, open_ = dict[Collected, int](), list[Collected]()
    for heading in blocks:
        if heading.context.kind is Kind.HEADING and not heading.context.quote:
            while open_ and open_[-1].context.level >= heading.context.level:
                ends[open_.pop()] = heading.start
            open_.append(heading)
    return ends | dict.fromkeys(open_, length)


def _comment_marks(comments: list[Comment]) -> Iterator[_Mark]:
    for comment in comments:
        if match := _COMMENT.fullmatch(comment.text):
            inner = comment.span.start if match["kind"] is None else comment.span.end
            yield _Mark(comment.span, inner, "comment", match["kind"])


def _container_marks(lines: list[ContainerLine]) -> Iterator[_Mark]:
    for span, line, colons, info, _ in lines:
        if not info:
            yield _Mark(span, line.start, "container", None, colons=colons)
        elif match := _SALES.fullmatch(info):
            yield _Mark(span, line.end, "container", match["kind"] or "", colons=colons)
        elif not (
            info.endswith(":::") and span.end - span.start == colons + len(info)
        ):  # :::image …::: is no container
            yield _Mark(span, line.end, "container", info, sales=False, colons=colons)


def _paired(marks: list[_Mark], length: int) -> Iterator[SalesTag | TagProblem]:
    """Yield the tags that `marks`, in source order, make, and the problems of those that do not fit together."""
    open_, crossed = list[_Mark](), set[_Mark]()
    begins = [m.span.start for m in marks if m.sales and m.kind is not None]
    tagged = {m.form for m in marks if m.sales and m.kind is not None}
    for mark in marks:
        if mark.kind is not None:
            open_.append(mark)
            if mark.sales and not mark.kind:
                yield TagProblem(mark.span, _NO_KIND)
            continue
        i = _partner(open_, mark)
        if i is None:
            if mark.form == "comment" or mark.form in tagged:
                yield TagProblem(mark.span, _STRAY)
            continue
        opened, above = open_[i], open_[i + 1 :]
        if opened.sales:
            yield from _tag(opened, mark.inner)
            crossed |= {m for m in above if m.sales and m.form != mark.form}
        if opened in crossed and opened.kind:
            yield TagProblem(opened.span, _crossed(opened.kind), opened.kind)
        lost = [m for m in above if m.form == mark.form == "container"]
        yield from _unclosed(lost, begins, mark.inner)
        open_[i:] = [m for m in above if m not in lost]
    yield from _unclosed(open_, begins, length)


def _partner(open_: list[_Mark], closing: _Mark) -> int | None:
    """Return which opening mark is closed: of containers the last with as many colons, else the last."""
    innermost = range(len(open_) - 1, max(-1, len(open_) - 1 - _DEEPEST), -1)
    same = [i for i in innermost if open_[i].form == closing.form]
    return next((i for i in same if open_[i].colons == closing.colons), same[0] if same else None)


def _tag(opened: _Mark, end: int) -> Iterator[SalesTag]:
    if opened.kind:
        yield SalesTag(opened.kind, opened.span, Span(opened.inner, max(opened.inner, end)), opened.form)


def _unclosed(lost: list[_Mark], begins: list[int], end: int) -> Iterator[SalesTag | TagProblem]:
    """Yield what was never closed; it covers what stands before the next of the tags that begin at `begins`."""
    for mark in lost:
        if mark.sales and mark.kind:
            i = bisect.bisect_right(begins, mark.span.start)
            yield from _tag(mark, min(begins[i], end) if i < len(begins) else end)
            yield TagProblem(mark.span, _never_closed(mark), mark.kind)


_NO_KIND = Text(
    "営業用タグに種類がありません。summary や proof のように、区間の種類を書いてください。",
    "This sales tag has no kind; name one, such as summary or proof.",
)
_STRAY = Text(
    "対になる開始タグのない終了タグです。この行を消すか、区間の始まりに開始タグを書いてください。",
    "This closes a sales tag that was never opened; remove it, or open the tag where its part begins.",
)


def _crossed(kind: str | None) -> Text:
    return Text(
        f"営業用タグ「{kind}」の区間が別のタグの区間と食い違っています。片方がもう片方の中に収まるように閉じてください。",
        f"The sales tag {kind} crosses another one; close the inner one first.",
    )


def _never_closed(mark: _Mark) -> Text:
    closing = ":" * mark.colons if mark.form == "container" else "<!-- /sales -->"
    return Text(
        f"営業用タグ「{mark.kind}」が閉じていません。区間の終わりに「{closing}」の行を書いてください。",
        f"The sales tag {mark.kind} is never closed; put a line {closing} where its part ends.",
    )
