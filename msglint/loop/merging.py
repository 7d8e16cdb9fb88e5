"""What a file would change: its rows against the records that are there. Pure; the same file twice changes nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from msglint.loop.importers import Fault, Imported, Reading
from msglint.loop.model import Action, ArticleFigure, Deal, Lead, Misread
from msglint.loop.rows import Values
from msglint.model import Text

Record = TypeVar("Record")


class Change(NamedTuple, Generic[Record]):
    """What becomes of one record: `before` None is a new one."""

    before: Record | None
    after: Record


@dataclass(frozen=True, slots=True)
class Existing:
    """What is there: leads by id, deals by id, everything that was done, figures, and who is to be forgotten."""

    leads: Mapping[str, Lead] = field(default_factory=dict)
    deals: Mapping[str, Deal] = field(default_factory=dict)
    actions: frozenset[Action] = frozenset()
    figures: Mapping[tuple[object, ...], ArticleFigure] = field(default_factory=dict)
    forgotten: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a file does. `forgotten` counts the rows of people who are to be forgotten."""

    leads: tuple[Change[Lead], ...] = ()
    deals: tuple[Change[Deal], ...] = ()
    actions: tuple[Change[Action], ...] = ()
    figures: tuple[Change[ArticleFigure], ...] = ()
    same: int = 0
    forgotten: int = 0
    faults: tuple[Fault, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def changes(self) -> tuple[Change[Any], ...]:
        """All that changes, of whatever kind."""
        return (*self.leads, *self.deals, *self.actions, *self.figures)


def plan(reading: Reading, existing: Existing) -> Plan:
    """Return what `reading` changes in `existing`; rows that cannot be put in are faults, beside those it has."""
    match reading.columns.kind:
        case "leads":
            return _leads(reading, existing)
        case "deals":
            return _deals(reading, existing)
        case "actions":
            return _actions(reading, existing)
    return _figures(reading, existing)


def digest(what: str, value: str) -> str:
    """Return what is kept of someone who is to be forgotten: enough to know the e-mail or id again, not to read it."""
    return hashlib.sha256(f"msglint {what} {value}".encode()).hexdigest()


class Directory:
    """Finds leads by the record ids and e-mail addresses that files name."""

    def __init__(self, leads: Iterable[Lead]) -> None:
        self._by_record: defaultdict[str, list[str]] = defaultdict(list)
        self._by_email: defaultdict[str, list[str]] = defaultdict(list)
        for lead in leads:
            self._by_record[lead.record].append(lead.id)
            if lead.email:
                self._by_email[lead.email].append(lead.id)

    def find(self, values: Values, system: str) -> str | None:
        """Return the id of the lead that `values` name, None when there is none; raises Misread for several."""
        for record in values["leads"]:
            if found := _one(self._by_record.get(record, []), system, record):
                return found
        email = values["email"]
        return _one(self._by_email.get(email, []), system, email) if email else None


def _one(ids: list[str], system: str, called: str) -> str | None:
    own = [id for id in ids if id.startswith(f"{system}:")]
    if len(own or ids) > 1:
        raise Misread(
            f"{called} のリードが{len(own or ids)}件あり、どれかわかりません({'、'.join(own or ids)})。",
            f"{called} is {len(own or ids)} leads ({', '.join(own or ids)}).",
        )
    return next(iter(own or ids), None)


def _leads(reading: Reading, existing: Existing) -> Plan:
    system = reading.columns.system
    found: list[Change[Lead]] = []
    faults = list(reading.faults)
    same = forgotten = 0
    for line, values in reading.rows:
        id = f"{system}:{values['record']}"
        if _is_forgotten(id, values.get("email"), existing):
            forgotten += 1
            continue
        before = existing.leads.get(id)
        after = _merged(before or Lead(id, system, values["record"]), values)
        if reason := _wrong_lead(after):
            faults.append(Fault(line, reason))
        elif after == before:
            same += 1
        else:
            found.append(Change(before, after))
    early = sum(change.after.sql_at is not None and change.after.mql_at is None for change in found)
    notes = (_without_mql(early),) if early else ()
    return Plan(leads=tuple(found), same=same, forgotten=forgotten, faults=_sorted(faults), notes=notes)


def _merged(lead: Lead, values: Values) -> Lead:
    new = dict(values)
    if "fields" in new:
        new["fields"] = {**lead.fields, **new["fields"]}
    if "clocked" in new and not {"mql_at", "called_at"} <= new.keys():
        new["clocked"] = new["clocked"] and lead.clocked
    return replace(lead, **new)


def _wrong_lead(lead: Lead) -> Text | None:
    if lead.sql_at and lead.mql_at and lead.sql_at < lead.mql_at:
        return Text("SQLの日時がMQLの日時より前です。", "It became an SQL before it became an MQL.")
    if lead.sql_at and lead.rejected_at:
        return Text("SQLの日時と却下の日時が両方あります。", "It is both an SQL and rejected.")
    return None


def _without_mql(number: int) -> Text:
    return Text(
        f"SQLの日時だけがありMQLの日時がないリードが{number}件あります。ガイドの条件でMQLになるまで、SQLに数えません。",
        f"{number} leads are SQLs without a time of MQL: they count when the guide's rules make them MQLs.",
    )


def _deals(reading: Reading, existing: Existing) -> Plan:
    system = reading.columns.system
    directory = Directory(existing.leads.values())
    found: list[Change[Deal]] = []
    faults = list(reading.faults)
    same = alone = 0
    for line, row in reading.rows:
        values = dict(row)
        try:
            lead = directory.find(values, system)
        except Misread as misread:
            faults.append(Fault(line, misread.text))
            continue
        named = bool(values.pop("leads")) | bool(values.pop("email"))
        alone += named and lead is None
        id = f"{system}:{values['record']}"
        before = existing.deals.get(id)
        if lead is not None:
            values["lead"] = lead
        after = replace(before or Deal(id, system, values["record"]), **values)
        if reason := _wrong_deal(after):
            faults.append(Fault(line, reason))
        elif after == before:
            same += 1
        else:
            found.append(Change(before, after))
    notes = (_unknown_leads(alone),) if alone else ()
    return Plan(deals=tuple(found), same=same, faults=_sorted(faults), notes=notes)


def _wrong_deal(deal: Deal) -> Text | None:
    if deal.outcome and deal.closed_on is None:
        return Text("受注か失注なのに、完了日がありません。", "It is won or lost, but has no close date.")
    if deal.closed_on and deal.opened_on and deal.closed_on < deal.opened_on:
        return Text(
            f"完了日({deal.closed_on})が作成日({deal.opened_on})より前です。",
            f"It was closed ({deal.closed_on}) before it was opened ({deal.opened_on}).",
        )
    return None


def _unknown_leads(number: int) -> Text:
    return Text(
        f"コンタクトがまだ取り込まれていない商談が{number}件あります(商談は取り込みます)。",
        f"{number} deals name contacts that have not been imported (the deals go in).",
    )


def _actions(reading: Reading, existing: Existing) -> Plan:
    directory = Directory(existing.leads.values())
    known = set(existing.actions)
    found: list[Change[Action]] = []
    faults = list(reading.faults)
    same = forgotten = 0
    for line, values in reading.rows:
        if _named_is_forgotten(values, reading.columns.system, existing):
            forgotten += 1
            continue
        try:
            lead = directory.find(values, reading.columns.system)
        except Misread as misread:
            faults.append(Fault(line, misread.text))
            continue
        if lead is None:
            faults.append(Fault(line, _stranger(values)))
            continue
        action = Action(lead, values["action"], values["at"], values["detail"])
        if action in known:
            same += 1
        else:
            known.add(action)
            found.append(Change(None, action))
    return Plan(actions=tuple(found), same=same, forgotten=forgotten, faults=_sorted(faults))


def _stranger(values: Values) -> Text:
    named = next(iter([*values["leads"], values["email"]]))
    return Text(
        f"{named} というリードはまだ取り込まれていません。先にリードを取り込んでください。",
        f"The lead {named} has not been imported yet. Import the leads first.",
    )


def _figures(reading: Reading, existing: Existing) -> Plan:
    changes: list[Change[ArticleFigure]] = []
    same = 0
    for after in _summed(reading.rows):
        key = (after.path, after.since, after.until)
        before = existing.figures.get(key)
        if before is not None:  # a file with views alone leaves the conversions that are known
            after = replace(
                after,
                views=before.views if after.views is None else after.views,
                conversions=before.conversions if after.conversions is None else after.conversions,
            )
        if after == before:
            same += 1
        else:
            changes.append(Change(before, after))
    return Plan(figures=tuple(changes), same=same, faults=_sorted(reading.faults))


def _summed(rows: Iterable[Imported]) -> Iterator[ArticleFigure]:
    """Yield one figure a path and period: addresses that differ in their query only are one page."""
    sums: dict[tuple[str, date, date], dict[str, int]] = {}
    for _, values in rows:
        counts = sums.setdefault((values["path"], values["since"], values["until"]), {})
        for name in ("views", "conversions"):
            if values.get(name) is not None:
                counts[name] = counts.get(name, 0) + values[name]
    for (path, since, until), counts in sums.items():
        yield ArticleFigure(path, since, until, counts.get("views"), counts.get("conversions"))


def _is_forgotten(id: str, email: str | None, existing: Existing) -> bool:
    return digest("lead", id) in existing.forgotten or (
        email is not None and digest("email", email) in existing.forgotten
    )


def _named_is_forgotten(values: Values, system: str, existing: Existing) -> bool:
    ids = [f"{system}:{record}" for record in values["leads"]] or [""]
    return any(_is_forgotten(id, values["email"], existing) for id in ids)


def _sorted(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults))
