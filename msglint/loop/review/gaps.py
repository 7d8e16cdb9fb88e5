"""What the data lacks, so that nobody takes a figure for more than it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msglint.loop.metrics import spoken_of
from msglint.loop.model import Handover, Lead, Period
from msglint.loop.review.book import Book
from msglint.model import Text

EXAMPLES = 5
_OLD_DAYS = 35
_KINDS = {"leads": Text("リード", "leads"), "deals": Text("商談", "deals"), "actions": Text("行動ログ", "actions")}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is lacking in `n` of `of` cases (件), what follows from it, and some of the cases."""

    id: str
    what: Text
    follows: Text
    n: int
    of: int
    examples: tuple[str, ...] = ()


def gaps(book: Book, period: Period) -> tuple[Gap, ...]:
    """Return what is lacking in the data of `period`; only what is really lacking."""
    return tuple(gap for gap in (*_leads(book, period), *_deals(book, period), *_sources(book)) if gap.n)


def _leads(book: Book, period: Period) -> Iterator[Gap]:
    people = {lead.id: lead for lead in book.leads}
    handed = [one for one in book.handovers if period.has(book.day(one.mql_at))]
    mqls = [people[one.lead] for one in handed]
    yield _gap(
        "owner",
        Text("担当者のいないMQL", "MQLs without an owner"),
        Text("誰も連絡しないまま残ります。", "Nobody calls them."),
        (lead for lead in mqls if not lead.owner and not lead.forgotten),
        mqls,
    )
    yield _gap(
        "clock",
        Text("時刻のない(日付だけの)MQL", "MQLs with days, but no times"),
        Text(
            "何時間で連絡したかわからず、期限内の率に入りません。", "Hours are unknown: they are left out of the rate."
        ),
        (lead for lead in mqls if not lead.clocked),
        mqls,
    )
    yield _gap(
        "actions",
        Text("行動の記録がないMQL", "MQLs without any recorded action"),
        Text("スコアを確かめられません。", "Their scores cannot be checked."),
        (lead for lead in mqls if not lead.forgotten and not book.actions.get(lead.id)),
        mqls,
    )
    yield _gap(
        "criteria",
        Text("CRMではMQLだが、スコアがガイドのしきい値に届かないリード", "MQLs of the CRM that score below the guide"),
        Text(
            "基準どおりに引き渡していないか、行動の取り込みが欠けています。",
            "The rules are not followed, or actions lack.",
        ),
        (people[one.lead] for one in handed if not people[one.lead].explore and _below(one, book)),
        [lead for lead in mqls if not lead.explore],
    )
    yield _bant(book, period)
    sent_back = [lead for lead in book.leads if lead.rejected_at and period.has(book.day(lead.rejected_at))]
    yield _gap(
        "reason",
        Text("理由のない却下", "rejections without a reason"),
        Text("何を直せばよいかわかりません。", "Nobody knows what to change."),
        (lead for lead in sent_back if not (lead.reject_reason or "").strip() and not lead.forgotten),
        sent_back,
    )


def _bant(book: Book, period: Period) -> Gap:
    counted = {one.lead for one in book.handovers if one.sql_at is not None}
    decided = [lead for lead in book.leads if lead.sql_at and period.has(book.day(lead.sql_at))]
    return _gap(
        "bant",
        Text("CRMではSQLだが、MQLの記録かBANTの確認が足りないリード", "SQLs of the CRM without an MQL or enough BANT"),
        Text("SQLの件数に入りません。", "They do not count as SQLs."),
        (lead for lead in decided if lead.id not in counted),
        decided,
    )


def _deals(book: Book, period: Period) -> Iterator[Gap]:
    closed = [deal for deal in book.deals if period.has(deal.closed_on)]
    told = {deal.id for deal in spoken_of(closed, book.feedback)}
    silent = [deal.id for deal in closed if deal.id not in told]
    yield Gap(
        "feedback",
        Text("フィードバックのない終わった商談", "closed deals without feedback"),
        Text("何が役に立ったか、立たなかったかがわかりません。", "Nobody knows what helped."),
        len(silent),
        len(closed),
        tuple(silent[:EXAMPLES]),
    )
    lost = [deal for deal in closed if deal.outcome == "lost"]
    bare = [deal.id for deal in lost if not (deal.lost_reason or "").strip()]
    yield Gap(
        "lost_reason",
        Text("理由のない失注", "lost deals without a reason"),
        Text("失注理由の集計に入りません。", "They are missing from the reasons."),
        len(bare),
        len(lost),
        tuple(bare[:EXAMPLES]),
    )
    won = [deal for deal in closed if deal.outcome == "won"]
    poor = [deal.id for deal in won if deal.amount is None or deal.opened_on is None]
    yield Gap(
        "amount",
        Text("金額か作成日のない受注", "won deals without amount or opening day"),
        Text("平均単価か平均日数に入りません。", "They are left out of the mean amount or cycle."),
        len(poor),
        len(won),
        tuple(poor[:EXAMPLES]),
    )
    opened = [deal for deal in book.deals if period.has(deal.opened_on)]
    loose = [deal.id for deal in opened if deal.lead is None]
    yield Gap(
        "lead",
        Text("リードとつながっていない新しい商談", "new deals that belong to no lead"),
        Text("どの流入元やコンテンツから来たかたどれません。", "Where they came from cannot be told."),
        len(loose),
        len(opened),
        tuple(loose[:EXAMPLES]),
    )


def _sources(book: Book) -> Iterator[Gap]:
    last = {one.kind: book.day(one.at) for one in book.imports}
    for kind, called in _KINDS.items():
        day = last.get(kind)  # type: ignore[call-overload]
        if day is None or (book.today - day).days > _OLD_DAYS:
            since = Text("一度もない", "never") if day is None else Text(f"{day}が最後", f"last on {day}")
            yield Gap(
                f"import-{kind}",
                Text(
                    f"{called.ja}の取り込みが{_OLD_DAYS}日以上ない({since.ja})",
                    f"no import of {called.en} ({since.en})",
                ),
                Text("数字が古いおそれがあります。", "The figures may be old."),
                1,
                1,
            )
    if not book.holdings.sheets:
        yield Gap(
            "sheets",
            Text("シートの一覧(manifest.json)が見つからない", "the list of sheets (manifest.json) is missing"),
            Text("古いシートやカバーの穴を調べられません。", "Old sheets and holes cannot be found."),
            1,
            1,
        )
    kept = next((one for one in book.revisions if book.handoff and one.revision == book.handoff.revision), None)
    if book.handoff is not None and kept is not None and kept.mql != book.handoff.mql:
        yield Gap(
            "revision",
            Text(
                f"ガイドの handoff が、版 {kept.revision} のまま書き換えられている",
                f"the guide's handoff was changed under the same revision {kept.revision}",
            ),
            Text("前の内容で数えています。", "The figures are by what it said before."),
            1,
            1,
        )


def _below(one: Handover, book: Book) -> bool:
    rules = next((r for r in book.revisions if r.revision == one.revision), None)
    return one.origin == "crm" and one.score is not None and rules is not None and one.score < rules.mql.threshold


def _gap(id: str, what: Text, follows: Text, lacking: Iterable[Lead], among: Sequence[Lead]) -> Gap:
    ids = [lead.id for lead in lacking]
    return Gap(id, what, follows, len(ids), len(among), tuple(ids[:EXAMPLES]))
