"""The feedback form: what was typed, what is wrong with it, and what is to be kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, get_args

from msglint.loop.model import Feedback, FeedbackItem, Verdict
from msglint.model import Text

MOST_SHEETS = 20
LONGEST = 2_000
PREFIX = "portal:"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}", re.ASCII)
_OLDEST_DAYS = 366
_TICKS = ("conflict", "edited")
_VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one sheet; `verdict` is empty when nothing is."""

    sheet: str
    version: str
    verdict: str = ""
    reason: str = ""
    conflict: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it was filled in. `id` makes a form that is sent twice count once; `about` is deal:ID or lead:ID."""

    id: str
    about: str = ""
    lines: tuple[Line, ...] = ()
    rep: str = ""
    met_on: str = ""
    temperature: str = ""
    as_promised: str = ""
    need: str = ""
    request: str = ""
    find: str = ""
    find_sheet: str = ""


class Fault(Exception):
    """What a form lacks, by the names of its fields."""

    def __init__(self, faults: Mapping[str, Text]) -> None:
        self.faults = faults
        super().__init__(", ".join(faults))


def sound(id: str) -> bool:
    """Whether `id` is one that a form of ours may have."""
    return _TOKEN.fullmatch(id) is not None


def typed(given: Mapping[str, Any], person: str) -> Form:
    """Return what was typed; what no form of ours can hold is left out."""

    def word(name: str) -> str:
        return " ".join(cleaned(str(given.get(name, ""))).split())

    def line(i: int) -> Line:
        reason, ticked = cleaned(str(given.get(f"reason-{i}", ""))), [bool(given.get(f"{n}-{i}")) for n in _TICKS]
        return Line(word(f"sheet-{i}"), word(f"version-{i}"), word(f"verdict-{i}"), reason, *ticked)

    return Form(
        id=word("id"),
        about=word("about"),
        lines=tuple(one for one in map(line, range(MOST_SHEETS)) if one.sheet),
        rep=word("rep") or person,
        met_on=word("met_on"),
        temperature=word("temperature"),
        as_promised=word("as_promised"),
        need=cleaned(str(given.get("need", ""))),
        request=cleaned(str(given.get("request", ""))),
        find=word("find"),
        find_sheet=word("find_sheet"),
    )


def judged(form: Form, today: date) -> tuple[Feedback, Sequence[FeedbackItem]]:
    """Return what `form` says; raises Fault."""
    faults: dict[str, Text] = {}
    kind, _, about = form.about.partition(":")
    if kind not in ("deal", "lead") or not about:
        faults["about"] = Text("商談かリードを1つ選んでください。", "Choose a deal or a lead.")
    met_on = _day(form.met_on, today, faults)
    if not 1 <= len(form.rep) <= 100:
        faults["rep"] = Text("担当者の名前を書いてください。", "Give your name.")
    if form.temperature not in ("", "1", "2", "3", "4", "5"):
        faults["temperature"] = Text("温度感は1〜5から選んでください。", "Choose a temperature from 1 to 5.")
    said = [line for line in form.lines if line.verdict]
    items = [_item(form, line, faults) for line in said]
    _require_short(form, faults)
    if not items and not any((form.temperature, form.as_promised, form.need, form.request)):
        faults["lines"] = Text(
            "シートの評価か、温度感などの気づきを1つ以上入れてください。",
            "Say something of a sheet, or of the meeting.",
        )
    if faults:
        raise Fault(faults)
    return (
        Feedback(
            id=PREFIX + form.id,
            met_on=met_on,
            rep=form.rep,
            deal=about if kind == "deal" else None,
            lead=about if kind == "lead" else None,
            temperature=int(form.temperature) if form.temperature else None,
            as_promised={"yes": True, "no": False}.get(form.as_promised),
            need=form.need or None,
            request=form.request or None,
        ),
        items,
    )


def _require_short(form: Form, faults: dict[str, Text]) -> None:
    written = {"need": form.need, "request": form.request} | {
        f"reason-{line.sheet}": line.reason for line in form.lines
    }
    for name, text in written.items():
        if len(text) > LONGEST:
            faults[name] = Text(f"{LONGEST}文字までにしてください。", f"Keep it to {LONGEST} characters.")


def _item(form: Form, line: Line, faults: dict[str, Text]) -> FeedbackItem:
    verdict = next((known for known in _VERDICTS if known == line.verdict), None)
    if verdict is None:
        faults["lines"] = Text("評価は4つの中から選んでください。", "Choose one of the four verdicts.")
    elif verdict == "not_usable" and not line.reason:
        faults[f"reason-{line.sheet}"] = Text("使えなかった理由を書いてください。", "Say why it was not usable.")
    shown = verdict in ("helped", "shown_no_effect")
    return FeedbackItem(
        PREFIX + form.id,
        line.sheet,
        line.version,
        verdict or "not_used",
        line.reason or None,
        line.conflict and verdict == "not_usable",
        True if line.edited and shown else None,
    )


def _day(written: str, today: date, faults: dict[str, Text]) -> date:
    try:
        day = date.fromisoformat(written) if written else today
    except ValueError:
        day = date.max
    if not today - timedelta(days=_OLDEST_DAYS) <= day <= today:
        faults["met_on"] = Text("商談の日は、この1年の今日までにしてください。", "Give a day of the last year.")
    return day


def cleaned(text: str) -> str:
    """Return what somebody typed without what no store takes: control characters, and halves of pairs."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c == "\n" or c == "\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()
