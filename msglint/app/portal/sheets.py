"""The list of sheets, one sheet with what sales said of it, and its files."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from starlette.responses import FileResponse, Response

from msglint.app.portal import library
from msglint.app.portal.call import Call, missing, page
from msglint.app.portal.library import Card, Search, Shelf
from msglint.app.portal.shield import SHOWN_POLICY
from msglint.sheet import index as static
from msglint.sheet import words
from msglint.sheet.manifest import Record

PER_PAGE = 48
_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def shelf(call: Call) -> Shelf:
    """Return the sheets there are."""
    return library.shelf(call.settings.folder)


def cards(call: Call, records: Iterable[Record]) -> list[Card]:
    """Return `records` with what was said of them, the most useful first."""
    from msglint.loop import records as store

    with call.reading() as connection:
        items, feedback = store.feedback_items(connection), store.feedback(connection)
    return library.cards(records, items, feedback, call.settings.today)


def index(call: Call) -> Response:
    """Return the list, as far as it is what somebody looks for."""
    guide, there = call.settings.guide, cards(call, shelf(call).records.values())
    search = Search(**{name: call.query.get(name, "")[:200] for name in ("q", "persona", "stage", "claim", "state")})
    hits = library.found(there, search)
    number = _number(call.query.get("page", ""), len(hits))
    used = [card.record for card in there]
    return page(
        call,
        "sheets.html.j2",
        search=search,
        cards=hits[(number - 1) * PER_PAGE : number * PER_PAGE],
        hits=len(hits),
        there=len(there),
        number=number,
        pages=max(1, -(-len(hits) // PER_PAGE)),
        personas=[(p.id, p.name or p.id) for p in guide.personas if p.id in {r.persona for r in used}],
        stages=[(s.id, s.name or s.id) for s in guide.stages if s.id in {r.stage for r in used}],
        claims=[(c.id, c.statement) for c in guide.claims if c.id in {r.claim for r in used}],
        states=[(s, call.say(text)) for s, text in words.STATES.items() if s in {c.state for c in there}],
        matrix=static.matrix(used, guide),
    )


def one(call: Call) -> Response:
    """Return one sheet: what it is, its files, what sales said of it, and a look at it."""
    from msglint.loop import records as store

    record = shelf(call).records.get(call.path["name"])
    if record is None:
        return missing(call)
    with call.reading() as connection:
        items, feedback = store.feedback_items(connection), store.feedback(connection)
    card = library.cards([record], items, feedback, call.settings.today)[0]
    said = library.voices(record.name, items, feedback)
    told = [voice for voice in said if voice.item.reason][:20]
    return page(call, "sheet.html.j2", card=card, record=record, told=told, said=len(said))


def file(call: Call) -> Response:
    """Return a file of a sheet: to be shown inside a page, or to be taken along."""
    format, record = call.path["format"], shelf(call).records.get(call.path["name"])
    path = library.file_of(call.settings.folder, record, format) if record and format in _TYPES else None
    if record is None or path is None:
        return missing(call)
    if format == "html":
        shown = {"content-security-policy": SHOWN_POLICY}
        return FileResponse(path, media_type=_TYPES[format], headers=shown)
    name = library.file_name(record, format)
    plain = f"{record.name.rpartition('/')[2].encode('ascii', 'ignore').decode() or 'sheet'}.{format}".replace('"', "")
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return FileResponse(path, media_type=_TYPES[format], headers={"content-disposition": disposition})


def _number(written: str, hits: int) -> int:
    last = max(1, -(-hits // PER_PAGE))
    return min(max(int(written), 1), last) if written.isascii() and written.isdigit() and len(written) < 6 else 1
