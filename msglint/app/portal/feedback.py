"""Feedback: chosen, said, sent; and what became of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.responses import Response

from msglint.app.portal import form as forms
from msglint.app.portal import meetings, sheets
from msglint.app.portal.call import Call, go, missing, page, remember, sorry
from msglint.app.portal.form import Fault, Form, Line
from msglint.app.portal.library import Card, Search, found
from msglint.app.portal.meetings import Partner
from msglint.app.portal.settings import Local
from msglint.model import Text

if TYPE_CHECKING:
    from msglint.loop.model import Deal

_OFFERED, _FIRST = 6, 3
VERDICTS = {
    "helped": Text("役に立った", "Helped"),
    "shown_no_effect": Text("見せたが反応なし", "No effect"),
    "not_usable": Text("使えなかった", "Not usable"),
    "not_used": Text("使わなかった", "Not used"),
}
_EXPIRED = Text(
    "画面を開いてから時間がたっています。内容を確かめて、もう一度送ってください。",
    "The page was open for a long time. Look it over and send it again.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A sheet in the form, with what is said of it; `title` is that of the sheet, `number` of its version."""

    line: Line
    title: str
    number: str
    detail: str


def new(call: Call) -> Response:
    """Return an empty form, about the sheets, the deal or the lead that the address names."""
    lines = [Line(name, "") for name in call.query.getlist("sheet")[: forms.MOST_SHEETS]]
    about = next((f"{kind}:{call.query[kind]}" for kind in ("deal", "lead") if call.query.get(kind)), "")
    empty = Form(secrets.token_urlsafe(16), about, tuple(lines), call.caller.person, call.settings.today.isoformat())
    return _form(call, empty, {})


def sent(call: Call) -> Response:
    """Keep what was sent, once; or return the form with what was looked for, or with what is wrong."""
    given = _typed(call)
    if call.form.get("do") in ("find", "find_sheet"):
        return _form(call, _room(given), {})
    waits = call.memory.posts.take(call.caller.person)
    if waits:
        said = Text(
            f"続けて送りすぎています。{waits}秒後にもう一度送ってください。",
            f"Too many at once. Send it again in {waits} s.",
        )
        answer = _form(call, given, {"form": said}, 429)
        answer.headers["retry-after"] = str(waits)
        return answer
    return _keep(call, given)


def again(call: Call) -> Response:
    """Return the form as it was filled in, to be sent once more."""
    return _form(call, _typed(call), {"form": _EXPIRED}, 403)


def thanks(call: Call) -> Response:
    """Return what was kept, and how the sheets stand now."""
    from msglint.loop import records as store

    id = forms.PREFIX + call.path["id"]
    with call.reading() as connection:
        kept = next((one for one in store.feedback(connection) if one.id == id), None)
        if kept is None:
            return missing(call)
        items = [item for item in store.feedback_items(connection) if item.feedback == id]
        partner = meetings.named(
            store.deals(connection), store.leads(connection), [f"deal:{kept.deal}", f"lead:{kept.lead}"]
        )
    known = sheets.shelf(call).records
    now = {c.record.name: c for c in sheets.cards(call, [known[i.sheet] for i in items if i.sheet in known])}
    return page(
        call,
        "thanks.html.j2",
        kept=kept,
        partner=partner[0] if partner else None,
        items=[(item, now.get(item.sheet)) for item in items],
        verdicts=VERDICTS,
        again=bool(call.query.get("again")),
    )


def _typed(call: Call) -> Form:
    given = forms.typed(call.form, call.caller.person)
    named = given if isinstance(call.settings.gate, Local) else replace(given, rep=call.caller.person)
    return named if forms.sound(named.id) else replace(named, id=secrets.token_urlsafe(16))


def _room(given: Form) -> Form:
    """Return the form without the sheets that nothing was said of, to make room for those that are looked for."""
    if not given.find_sheet or len(given.lines) == 1:
        return given
    return replace(given, lines=tuple(line for line in given.lines if line.verdict or line.reason))


def _keep(call: Call, given: Form) -> Response:
    from msglint.loop.feedback import keep
    from msglint.loop.model import Misread
    from msglint.loop.store import writing

    try:
        feedback, items = forms.judged(given, call.settings.today)
        with writing(call.settings.engine) as connection:
            written = keep(connection, feedback, items, sheets.shelf(call).versions)
    except Fault as fault:
        return _form(call, given, fault.faults, 422)
    except Misread as misread:
        return _form(call, given, {"form": misread.text}, 422)
    answer = go(f"/feedback/{given.id}" + ("" if written else "?again=1"))
    if isinstance(call.settings.gate, Local) and given.rep != call.caller.person:
        return remember(call, answer, replace(call.caller.session, name=given.rep))
    return answer


def _form(call: Call, given: Form, faults: Mapping[str, Text], status: int = 200) -> Response:
    from msglint.loop import records as store

    with call.reading() as connection:
        deals, leads = store.deals(connection), store.leads(connection)
    if not deals and not leads:
        return _nobody(call)
    hits, number = meetings.found(deals, leads, given.find)
    chosen = meetings.named(deals, leads, [given.about])
    there = sheets.cards(call, sheets.shelf(call).records.values())
    looked, more = _looked_for(given, there)
    rows = _rows(given, there, looked)
    return page(
        call,
        "feedback.html.j2",
        status,
        given=given,
        chosen=chosen,
        hits=[p for p in hits if p not in chosen],
        found=number,
        suggested=_suggested(call, deals, given, hits),
        rows=rows,
        more=more,
        verdicts=VERDICTS,
        places={f"reason-{row.line.sheet}": f"reason-{i}" for i, row in enumerate(rows)},
        faults={name: call.say(text) for name, text in faults.items()},
        open_more=bool(given.temperature or given.as_promised or given.need or given.request or not rows),
        asks_name=isinstance(call.settings.gate, Local),
    )


def _suggested(call: Call, deals: Sequence[Deal], given: Form, hits: Sequence[Partner]) -> list[Partner]:
    if given.find:
        return []
    return meetings.suggested(deals, call.caller.person, [given.about, *(hit.value for hit in hits)])


def _looked_for(given: Form, there: Sequence[Card]) -> tuple[list[Card], int]:
    """Return the sheets to offer beside those of the form, and how many more were found."""
    named = {line.sheet for line in given.lines}
    hits = [card for card in found(there, Search(q=given.find_sheet)) if card.record.name not in named]
    if not given.find_sheet and given.lines:
        return [], 0
    room = max(0, min(_OFFERED if given.find_sheet else _FIRST, forms.MOST_SHEETS - len(given.lines)))
    return hits[:room], len(hits[room:]) if given.find_sheet else 0


def _rows(given: Form, there: Sequence[Card], looked: Sequence[Card]) -> list[Row]:
    known = {card.record.name: card for card in there}
    rows = []
    for line in (*given.lines, *(Line(card.record.name, "") for card in looked)):
        card = known.get(line.sheet)
        if card is None:
            continue
        record = card.record
        current = not line.version or line.version == record.version
        detail = " / ".join(filter(None, (record.stage_name, record.persona_name)))
        number = str(record.number) if current else line.version
        rows.append(Row(replace(line, version=line.version or record.version), record.title, number, detail))
    return rows


def _nobody(call: Call) -> Response:
    return sorry(
        call,
        200,
        Text("商談もリードもまだありません", "There are no deals and no leads yet"),
        Text(
            "フィードバックは商談かリードについて記録します。"
            "先に msglint leads import でCRMのCSVを取り込んでください。",
            "Feedback is about a deal or a lead. Import the CRM's CSV first with msglint leads import.",
        ),
    )
