"""The checklist as it is read: on a terminal, in Markdown, and by programs. No total is given anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from msglint.loop.checklist.model import STATES, Answer, Evidence, State
from msglint.model import Language, Text

TITLE = Text("営業とマーケティングの連携チェックリスト", "Alignment checklist of sales and marketing")
CANNOT = Text("msglintには分からないこと: ", "What msglint cannot know: ")
_SHORT = 7  # of a commit's digits that are shown
_MARKS = {State.HOLDS: "○", State.FAILS: "×", State.EVIDENCE: "△", State.UNKNOWN: "?"}


def text(answers: Sequence[Answer], today: date, language: Language) -> str:
    """Return the checklist for a terminal."""
    lines = [f"{TITLE.in_(language)}  {today}", counted(answers).in_(language), ""]
    for answer in answers:
        state = STATES[answer.state].in_(language)
        lines.append(f"{answer.number:>2} {_MARKS[answer.state]} {answer.title.in_(language)}  [{state}]")
        lines += [f"     {line}" for line in _lines(answer, language)]
        if answer.state is not State.HOLDS:
            lines.append(f"     {CANNOT.in_(language)}{answer.cannot.in_(language)}")
    return "".join(f"{line}\n" for line in lines)


def markdown(answers: Sequence[Answer], today: date, language: Language) -> str:
    """Return the checklist as Markdown."""
    lines = [f"# {TITLE.in_(language)}", "", f"{today}  {counted(answers).in_(language)}", ""]
    for answer in answers:
        lines += [f"## {answer.number}. {_escaped(answer.title.in_(language))}", ""]
        lines += [f"**{STATES[answer.state].in_(language)}**", ""]
        lines += [f"- {_escaped(line)}" for line in _lines(answer, language)]
        lines += [f"- {CANNOT.in_(language)}{answer.cannot.in_(language)}", ""]
    return "".join(f"{line}\n" for line in lines[:-1])


def as_json(answers: Sequence[Answer], today: date) -> str:
    """Return the checklist for programs; days as YYYY-MM-DD, texts in both languages."""
    whole = {"version": 1, "as_of": today.isoformat(), "points": [_point(answer) for answer in answers]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def counted(answers: Sequence[Answer]) -> Text:
    """Return how many points stand how, side by side: they do not add up to a score."""
    numbers = {state: sum(answer.state is state for answer in answers) for state in State}
    return Text(
        "、".join(f"{STATES[state].ja} {n}" for state, n in numbers.items()),
        ", ".join(f"{STATES[state].en}: {n}" for state, n in numbers.items()),
    )


def stated(answer: Answer) -> Text | None:
    """Return a person's word on the point; None when nobody said anything."""
    said = answer.statement
    if said is None:
        return None
    holds = Text("満たす", "holds") if said.holds else Text("満たさない", "does not hold")
    old = (
        Text("、半年を過ぎたため数えない", ", over half a year old: it does not count")
        if answer.outdated
        else Text("", "")
    )
    return Text(f"{said.by}「{said.said}」({holds.ja}{old.ja})", f'{said.by}: "{said.said}" ({holds.en}{old.en})')


def _lines(answer: Answer, language: Language) -> Iterator[str]:
    yield from (_line(one.said.in_(language), one.on, one.link) for one in answer.evidence)
    word = stated(answer)
    if word is not None and answer.statement is not None:
        yield _line(word.in_(language), answer.statement.on, answer.statement.link)


def _line(said: str, on: date | None, link: str | None) -> str:
    told = said + (f"  {on}" if on else "")
    return told if not link or link[:_SHORT] in said else f"{told}  {link}"


def _escaped(line: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in line)


def _point(answer: Answer) -> dict[str, Any]:
    said = answer.statement
    return {
        "point": answer.number,
        "title": answer.title._asdict(),
        "state": str(answer.state),
        "on": _day(answer.on),
        "evidence": [_seen(one) for one in answer.evidence],
        "cannot_know": answer.cannot._asdict(),
        "statement": None
        if said is None
        else {
            "holds": said.holds,
            "said": said.said,
            "by": said.by,
            "on": _day(said.on),
            "link": said.link,
            "outdated": answer.outdated,
        },
    }


def _seen(one: Evidence) -> dict[str, Any]:
    return {"said": one.said._asdict(), "on": _day(one.on), "link": one.link}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
