"""`msglint feedback list`: what sales said, and what is done about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from msglint.app.cli import options
from msglint.app.cli.feedback_found import Filter, Talk, talks
from msglint.app.cli.feedback_options import filtered, refuse_filters
from msglint.app.cli.feedback_words import KINDS, VERDICTS
from msglint.app.cli.output import print_data, print_text
from msglint.app.cli.speech import Command, Speaker, one_of
from msglint.app.cli.store import open_loop
from msglint.model import Language, Text
from msglint.report.widths import columns, pad, shown

if TYPE_CHECKING:
    from msglint.loop.model import ActionItem, FeedbackItem

_OPEN = Text("未対応", "open")


@click.command(
    "list",
    cls=Command,
    about=Text(
        "フィードバックを新しい順に表示します。「未対応」は、記事がコミットで直されるまで付きます。\n"
        "--actions を付けると、改善項目を期限の順に表示します。",
        "Lists feedback, newest first. It is open until the article is changed and committed.\n"
        "With --actions, lists the actions by their due days.",
    ),
)
@options.guide
@options.option("--actions", is_flag=True, about=Text("改善項目を表示します。", "List the actions."))
@options.option(
    "--open",
    "only_open",
    is_flag=True,
    about=Text(
        "使えなかったシートの記事がまだ直されていないもの(--actions では未完了のもの)だけ。",
        "Only of articles that were not usable and are not changed yet (with --actions: not closed).",
    ),
)
@filtered
@options.option(
    "--format",
    "form",
    type=one_of("--format", "text", "json"),
    default="text",
    metavar="text|json",
    about=Text("出力の形式です(既定: text)。", "Form of the output (default: text)."),
)
@options.common
@click.pass_obj
def list_(speaker: Speaker, /, guide: str | None, actions: bool, only_open: bool, form: str, **wanted: Any) -> int:
    """Print feedback, or actions."""
    if actions:
        refuse_filters(wanted, "--actions")
        _print_actions(speaker, guide, only_open=only_open, as_json=form == "json")
    else:
        _print_feedback(speaker, guide, Filter(only_open=only_open, **wanted), as_json=form == "json")
    return 0


def _print_feedback(speaker: Speaker, guide: str | None, wanted: Filter, *, as_json: bool) -> None:
    with open_loop(speaker, guide) as loop:
        found = talks(loop, wanted)
    if as_json:
        print_data(_json({"version": 1, "feedback": [_data(talk) for talk in found]}))
    else:
        print_text("".join(f"{shown(line)}\n" for line in _lines(found, speaker.language)))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, default=date.isoformat) + "\n"


def _data(talk: Talk) -> dict[str, Any]:
    items = [
        {name: value for name, value in asdict(item).items() if name != "feedback"}
        | {"article": talk.articles[item.sheet], "open": item.sheet in talk.open}
        for item in talk.items
    ]
    return asdict(talk.feedback) | {"sheets": items}


def _lines(found: Sequence[Talk], language: Language) -> Iterator[str]:
    items = [item for talk in found for item in talk.items]
    unanswered = sum(len(talk.open) for talk in found)
    yield Text(
        f"フィードバック{len(found)}件(シートの評価{len(items)}件、うち未対応{unanswered}件)",
        f"{len(found)} feedback ({len(items)} sheets, {unanswered} open)",
    ).in_(language)
    for talk in found:
        said = talk.feedback
        parts = [str(said.met_on), said.id, said.rep, said.deal or said.lead or "", *_heat(talk, language)]
        yield ""
        yield "  ".join(parts)
        for item in talk.items:
            yield from _item(item, item.sheet in talk.open, language)
        for called, text in ((Text("課題", "need"), said.need), (Text("要望", "request"), said.request)):
            if text:
                yield f"  {called.in_(language)}: {' '.join(text.split())}"


def _heat(talk: Talk, language: Language) -> Iterator[str]:
    said = talk.feedback
    if said.temperature is not None:
        yield Text(f"温度感{said.temperature}", f"temperature {said.temperature}").in_(language)
    if said.as_promised is not None:
        expected = Text("期待どおり", "as promised") if said.as_promised else Text("期待と違った", "not as promised")
        yield expected.in_(language)


def _item(item: FeedbackItem, is_open: bool, language: Language) -> Iterator[str]:
    marks = [_OPEN] if is_open else []
    marks += [Text("メッセージの食い違い", "conflict of message")] if item.conflict else []
    marks += [Text("手直しして使用", "changed by hand")] if item.edited else []
    tail = f"  [{', '.join(mark.in_(language) for mark in marks)}]" if marks else ""
    yield f"  {VERDICTS[item.verdict].in_(language)}: {item.sheet}@{item.version}{tail}"
    if item.reason:
        yield f"    {' '.join(item.reason.split())}"


def _print_actions(speaker: Speaker, guide: str | None, *, only_open: bool, as_json: bool) -> None:
    with open_loop(speaker, guide) as loop:
        from msglint.loop import records
        from msglint.loop.store import reading

        with reading(loop.engine) as connection:
            found = [one for one in records.action_items(connection) if not (only_open and one.closed_on)]
        today = loop.project.environment.today
    if as_json:
        print_data(_json({"version": 1, "actions": [asdict(one) for one in found]}))
    else:
        print_text("".join(f"{shown(line)}\n" for line in _action_lines(found, today, speaker.language)))


def _action_lines(found: Sequence[ActionItem], today: date, language: Language) -> Iterator[str]:
    late = sum(one.closed_on is None and one.due < today for one in found)
    waiting = sum(one.closed_on is None for one in found)
    yield Text(
        f"改善項目{len(found)}件(未完了{waiting}件、うち期限超過{late}件)",
        f"{len(found)} actions ({waiting} not closed, {late} overdue)",
    ).in_(language)
    numbers, owners = _widest(one.id for one in found), _widest(one.owner for one in found)
    for one in found:
        kind, state = KINDS[one.kind].in_(language), _state(one, today).in_(language)
        yield f"  {pad(one.id, numbers)}  {pad(one.owner, owners)}  {one.due}  {state}  [{kind}] {one.what}"
        if one.feedback:
            yield " " * (numbers + 2) + Text("  もとの声: ", "  from: ").in_(language) + one.feedback


def _widest(names: Iterable[str]) -> int:
    return max(map(columns, names), default=0)


def _state(one: ActionItem, today: date) -> Text:
    if one.closed_on:
        commit = one.closing_commit
        return Text(
            f"完了 {one.closed_on}" + (f"({commit[:7]})" if commit else ""),
            f"closed {one.closed_on}" + (f" ({commit[:7]})" if commit else ""),
        )
    return Text("期限超過", "overdue") if one.due < today else Text("未完了", "to do")
