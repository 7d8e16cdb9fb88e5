"""Asks on the terminal for what the options of `msglint feedback add` leave open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from msglint.app.cli import options
from msglint.app.cli.asking import agreed, ask, ask_for, choose
from msglint.app.cli.feedback_given import Call, Known, feedback_of, items_of, met_on_of, version_of
from msglint.app.cli.feedback_words import VERDICTS
from msglint.app.cli.speech import Speaker
from msglint.app.cli.unusable import Unusable
from msglint.model import Text

if TYPE_CHECKING:
    from msglint.loop.model import Deal, Feedback, FeedbackItem, Lead, SheetVersion, Verdict
    from msglint.loop.subjects import Sheets, Subjects

_LISTED = 20
_SKIPPED = Text(
    "商談かリードと、営業担当のほかは、空のまま Enter を押せば飛ばせます。",
    "Press Enter to leave a question open, but for the deal or lead and who was there.",
)


def asked(speaker: Speaker, call: Call, known: Known) -> tuple[Feedback, list[FeedbackItem]]:
    """Return the feedback that the options and the answers to the rest give."""
    from msglint.loop.questions import as_promised, temperature

    speaker.line(_SKIPPED.in_(speaker.language))
    about = None if call.deal or call.lead else _about(speaker, known.subjects)
    call = replace(
        call,
        deal=about.id if about and about in known.subjects.deals else call.deal,
        lead=about.id if about and about in known.subjects.leads else call.lead,
        rep=call.rep or ask_for(speaker, Text("営業担当の名前", "Who was there for sales")),
        met_on=call.met_on
        or ask(
            speaker,
            Text("商談の日(空のままなら今日)", "Day of the meeting (empty: today)"),
            lambda said: met_on_of(options.day_of(said.strip(), "--met-on") if said else None, known.today),
        ),
    )
    feedback = feedback_of(call, known)
    items = list(items_of(call, feedback, known.sheets))
    if call.temperature is None:
        warm = Text("リードの温度感、1(低い)から5(高い)", "How warm is the lead, 1 (cold) to 5 (hot)")
        feedback = replace(feedback, temperature=ask(speaker, warm, temperature))
    if call.as_promised is None:
        expected = Text(
            "リードの期待は、コンテンツの内容どおりでしたか [y/n]",
            "Did the lead expect what the content promised [y/n]",
        )
        feedback = replace(feedback, as_promised=ask(speaker, expected, as_promised))
    if call.need is None:
        feedback = replace(feedback, need=ask(speaker, Text("リードの課題", "What the lead needs"), str) or None)
    if call.request is None:
        wish = Text("コンテンツへの要望", "What you ask of the content")
        feedback = replace(feedback, request=ask(speaker, wish, str) or None)
    if not items:
        items = list(_asked_items(speaker, feedback, known.sheets))
    said = (feedback.temperature, feedback.as_promised, feedback.need, feedback.request)
    if not items and all(one is None for one in said):
        raise Unusable("答えが1つもないため、記録しませんでした。", "Nothing was answered, so nothing was kept.")
    return feedback, items


def _about(speaker: Speaker, subjects: Subjects) -> Deal | Lead:
    return ask(
        speaker, Text("商談かリード(IDか商談名かメールアドレス)", "Deal or lead (id, name or e-mail)"), subjects.either
    )


def _asked_items(speaker: Speaker, feedback: Feedback, sheets: Sheets) -> Iterator[FeedbackItem]:
    """Yield what became of each sheet, until none is named any more."""
    from msglint.loop.model import FeedbackItem, Verdict

    names = [one.sheet for one in sheets.present][:_LISTED]
    for number, name in enumerate(names, 1):
        speaker.line(f"  {number:>2}  {name}")
    question = Text(
        "見せたシート(番号か名前。なければ空のまま Enter)", "A sheet that you showed (number or name; empty: no more)"
    )
    verdicts = get_args(Verdict)

    def version(said: str) -> SheetVersion | None:
        picked = names[int(said) - 1] if said.isascii() and said.isdigit() and 0 < int(said) <= len(names) else said
        return version_of(picked, feedback, sheets) if picked else None

    seen = set[str]()
    while made := ask(speaker, question, version):
        if made.sheet in seen:
            speaker.line(Text("  もう答えたシートです。", "  You told of it already.").in_(speaker.language))
            continue
        seen.add(made.sheet)
        verdict: Verdict = verdicts[choose(speaker, Text("どうでしたか", "How was it"), list(VERDICTS.values()))]
        reason, conflict = None, False
        if verdict == "not_usable":
            reason = ask_for(speaker, Text("使えなかった理由", "Why could it not be used"))
            conflict = agreed(
                speaker, Text("ほかのメッセージと食い違うためですか", "For it contradicts another message")
            )
        yield FeedbackItem(feedback.id, made.sheet, made.version, verdict, reason, conflict)
