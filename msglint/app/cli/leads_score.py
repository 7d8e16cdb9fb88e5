"""`msglint leads score`: every line that makes up a score, and who waits for a call until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from msglint.app.cli.speech import Speaker
from msglint.app.cli.store import Loop, open_loop
from msglint.app.cli.unusable import Unusable
from msglint.loop.naming import rule_name
from msglint.model import Language, Text
from msglint.report.widths import columns, pad

if TYPE_CHECKING:
    from msglint.guide.sales import Handoff
    from msglint.loop.handoff import Line, Score
    from msglint.loop.model import Action, Lead
    from msglint.loop.waiting import Waiting


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store has, as of a moment."""

    loop: Loop
    at: datetime
    leads: Sequence[Lead]
    actions: dict[str, list[Action]]
    revisions: Sequence[Handoff]
    waiting: Sequence[Waiting]


def answer(speaker: Speaker, id: str | None, guide: str | None, as_of: date | None, form: str) -> str:
    """Return what to print: the score of the lead `id`, or the leads that wait; raises Unusable."""
    with open_loop(speaker, guide) as loop:
        if loop.handoff is None:
            raise Unusable(
                "ガイドに handoff がないため、スコアを計算できません。",
                "The guide has no handoff: there is nothing to score by.",
            )
        known = _known(loop, loop.end_of(as_of) if as_of else loop.now, id)
        if id is None:
            return _list(known, form, speaker.language)
        return _one(known.leads[0], known, form, speaker.language)


def _known(loop: Loop, at: datetime, id: str | None) -> _Known:
    """Return what there is of the lead `id`, or of all leads; raises Unusable when there is no such lead."""
    from msglint.loop import records
    from msglint.loop.judging import judged_as_of, rules
    from msglint.loop.store import writing
    from msglint.loop.waiting import waiting

    with writing(loop.engine) as connection:
        revisions = rules(connection, loop.handoff)
        leads, actions = records.leads(connection), records.actions(connection)
        recorded = records.handovers(connection)
    if id is not None:
        leads = [_found(leads, id)]
    handed = judged_as_of(leads, actions, revisions, recorded, at, loop.zone)
    return _Known(loop, at, leads, actions, revisions, waiting(leads, handed, revisions, loop.clock(), at))


def _found(leads: Sequence[Lead], id: str) -> Lead:
    matches = [lead for lead in leads if id in (lead.id, lead.record) or id.lower() == lead.email]
    if len(matches) == 1:
        return matches[0]
    if matches:
        ids = ", ".join(lead.id for lead in matches)
        raise Unusable(f"{id} のリードは{len(matches)}件あります: {ids}", f"{id} is {len(matches)} leads: {ids}")
    raise Unusable(
        f"{id} というリードはありません。msglint leads import で取り込みます。",
        f"There is no lead {id}. msglint leads import takes leads in.",
    )


def _one(lead: Lead, known: _Known, form: str, language: Language) -> str:
    from msglint.loop.handoff import score
    from msglint.loop.revisions import in_force

    handoff = in_force(known.revisions, known.at.astimezone(known.loop.zone).date())
    if handoff is None:
        day = known.at.astimezone(known.loop.zone).date()
        raise Unusable(f"{day} に有効な handoff の版がありません。", f"No revision of handoff is in force on {day}.")
    found = score(lead, known.actions.get(lead.id, ()), handoff, known.at)
    waits = next((w for w in known.waiting if w.lead.id == lead.id), None)
    if form == "json":
        return _json(_data(found, waits))
    if form == "csv":
        from msglint.loop.csvfile import write

        rows = [(rule_name(line.rule).in_(language), str(line.points), str(line.events)) for line in found.lines]
        return write([("rule", "points", "events"), *rows])
    return "".join(f"{line}\n" for line in _score_lines(found, waits, known, language))


def _score_lines(found: Score, waits: Waiting | None, known: _Known, language: Language) -> Iterator[str]:
    zone = known.loop.zone
    day, mql = found.at.astimezone(zone).strftime("%Y-%m-%d %H:%M"), found.handoff.mql
    yield Text(
        f"{found.lead}  {day} 時点、版 {found.handoff.revision}",
        f"{found.lead}  as of {day}, revision {found.handoff.revision}",
    ).in_(language)
    rows = [(rule_name(line.rule).in_(language), f"{line.points:+}", _how(line, language)) for line in found.lines]
    left = max((columns(label) for label, _, _ in rows), default=0)
    for label, points, how in rows:
        yield f"  {pad(label, left)}  {points:>8}  {how}".rstrip()
    total = Text("合計", "total").in_(language)
    limit = Text(f"(しきい値 {mql.threshold})", f"(threshold {mql.threshold})").in_(language)
    yield f"  {pad(total, max(left, columns(total)))}  {found.total:>8}  {limit}"
    for name in mql.required_actions:
        done = name not in found.missing
        mark = (Text("あり", "done") if done else Text("なし", "not done")).in_(language)
        yield Text("  必須の行動 ", "  required action ").in_(language) + f"{name}: {mark}"
    for name in found.unscored:
        yield Text("  点数の付かない行動: ", "  an action without points: ").in_(language) + name
    verdict = (
        Text("MQLの条件を満たします。", "It is an MQL.")
        if found.is_mql
        else Text("MQLの条件を満たしません。", "It is no MQL.")
    )
    yield verdict.in_(language)
    if waits is not None:
        yield _wait_line(waits, zone).in_(language)


def _how(line: Line, language: Language) -> str:
    if line.last is None:
        return ""
    said = Text(f"{line.events}回、最後は{line.last:%Y-%m-%d}", f"{line.events} times, last {line.last:%Y-%m-%d}")
    cap = Text("、上限", ", capped") if line.capped else Text("", "")
    return said.in_(language) + cap.in_(language)


def _wait_line(waits: Waiting, zone: Any) -> Text:
    since = f"{waits.handover.mql_at.astimezone(zone):%Y-%m-%d %H:%M}"
    if waits.due is None:
        return Text(f"引き渡し {since}、連絡待ち(期限なし)", f"handed over {since}, waits (no deadline)")
    due = f"{waits.due.astimezone(zone):%Y-%m-%d %H:%M}"
    late = Text(f"、{waits.late_hours:.1f}時間超過", f", {waits.late_hours:.1f} h overdue")
    late = late if waits.late_hours > 0 else Text("", "")
    return Text(f"引き渡し {since}、連絡の期限 {due}{late.ja}", f"handed over {since}, call until {due}{late.en}")


def _list(known: _Known, form: str, language: Language) -> str:
    if form == "json":
        return _json({"version": 1, "as_of": _utc(known.at), "waiting": [_waits(w) for w in known.waiting]})
    if form == "csv":
        from msglint.loop.csvfile import write

        header = ("lead", "owner", "score", "mql_at", "due", "late_hours")
        return write([header, *(tuple("" if v is None else str(v) for v in _waits(w).values()) for w in known.waiting)])
    return "".join(f"{line}\n" for line in _waiting_lines(known, language))


def _waiting_lines(known: _Known, language: Language) -> Iterator[str]:
    late = sum(w.late_hours > 0 for w in known.waiting)
    yield Text(
        f"連絡を待つリード{len(known.waiting)}件(期限超過{late}件)",
        f"{len(known.waiting)} leads wait for a call ({late} overdue)",
    ).in_(language)
    rows = [(w.lead.id, w.lead.owner or Text("担当者なし", "no owner").in_(language), w) for w in known.waiting]
    widths = [max((columns(row[i]) for row in rows), default=0) for i in (0, 1)]
    for id, owner, waits in rows:
        said = _wait_line(waits, known.loop.zone).in_(language)
        yield f"  {pad(id, widths[0])}  {pad(owner, widths[1])}  {said}"


def _json(data: Any) -> str:
    import json

    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(found: Score, waits: Waiting | None) -> dict[str, Any]:
    return {
        "version": 1,
        "lead": found.lead,
        "as_of": _utc(found.at),
        "revision": found.handoff.revision,
        "threshold": float(found.handoff.mql.threshold),
        "total": float(found.total),
        "mql": found.is_mql,
        "lines": [
            {
                "rule": rule_name(line.rule).en,
                "points": float(line.points),
                "events": line.events,
                "last": _utc(line.last),
                "capped": line.capped,
            }
            for line in found.lines
        ],
        "missing": list(found.missing),
        "unscored": list(found.unscored),
        "waiting": None if waits is None else _waits(waits),
    }


def _waits(waits: Waiting) -> dict[str, Any]:
    return {
        "lead": waits.lead.id,
        "owner": waits.lead.owner,
        "score": None if waits.handover.score is None else float(waits.handover.score),
        "mql_at": _utc(waits.handover.mql_at),
        "due": _utc(waits.due),
        "late_hours": round(waits.late_hours, 1),
    }


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
