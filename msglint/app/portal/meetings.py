"""Whom a meeting was with: the deals and leads to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from msglint.app.portal.library import fold
from msglint.loop.model import Deal, Lead

SUGGESTED, FOUND = 5, 12


class Partner(NamedTuple):
    """A deal or lead, as it is offered. `value` names it in a form; an e-mail is never a part of it."""

    kind: Literal["deal", "lead"]
    id: str
    title: str
    detail: str = ""
    owner: str = ""
    over: bool = False

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.id}"

    @property
    def record(self) -> str:
        """Its id as the CRM shows it."""
        return self.id.partition(":")[2]


def suggested(deals: Iterable[Deal], person: str, chosen: Sequence[str] = ()) -> list[Partner]:
    """Return open deals, the person's own and the latest first."""
    mine = fold(person)
    still = [deal for deal in deals if deal.outcome is None and f"deal:{deal.id}" not in chosen]
    newest = sorted(still, key=lambda deal: (deal.opened_on or date.min, deal.id), reverse=True)
    ranked = sorted(newest, key=lambda deal: fold(deal.owner or "") != mine)
    return [_deal(deal) for deal in ranked[:SUGGESTED]]


def named(deals: Iterable[Deal], leads: Iterable[Lead], values: Iterable[str]) -> list[Partner]:
    """Return those that a form names, in its order."""
    wanted = list(dict.fromkeys(values))
    known = {f"deal:{deal.id}": _deal(deal) for deal in deals if f"deal:{deal.id}" in wanted}
    known |= {f"lead:{lead.id}": _lead(lead) for lead in leads if f"lead:{lead.id}" in wanted and not lead.forgotten}
    return [known[value] for value in wanted if value in known]


def found(deals: Iterable[Deal], leads: Iterable[Lead], query: str) -> tuple[list[Partner], int]:
    """Return those whose name, company, owner or id has all the words, open deals first, and how many there are."""
    words = fold(query).split()
    if not words:
        return [], 0
    partners = [_deal(deal) for deal in deals] + [_lead(lead) for lead in leads if not lead.forgotten]
    hits = [p for p in partners if all(w in fold(f"{p.title}\n{p.detail}\n{p.owner}\n{p.id}") for w in words)]
    ranked = sorted(hits, key=lambda p: (not _exact(p, words), p.over, p.kind))
    return ranked[:FOUND], len(hits)


def lead_title(lead: Lead) -> str:
    """Return what a lead is called, where it has no name: its company and the job of whom it is about."""
    return " ".join(part for part in (lead.company, lead.title) if part) or lead.record


def _deal(deal: Deal) -> Partner:
    title = deal.name or deal.account or deal.record
    account = deal.account if deal.account and deal.account not in title else None
    detail = " ".join(filter(None, (account, deal.stage)))
    return Partner("deal", deal.id, title, detail, deal.owner or "", deal.outcome is not None)


def _lead(lead: Lead) -> Partner:
    over = lead.rejected_at is not None
    return Partner("lead", lead.id, lead_title(lead), lead.status or "", lead.owner or "", over)


def _exact(partner: Partner, words: Sequence[str]) -> bool:
    return len(words) == 1 and words[0] in (fold(partner.id), fold(partner.record))
