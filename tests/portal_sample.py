"""A portal for the tests: real sheets in a folder, real rows in a store, and browsers that talk to it."""

from __future__ import annotations

import contextlib
import dataclasses
import html
import re
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from articles import guide_of
from sheets import GUIDE as SHEET_GUIDE
from sqlalchemy import Engine
from starlette.testclient import TestClient

from msglint.app.portal import Local, Settings, application
from msglint.guide.model import Guide
from msglint.loop import records
from msglint.loop.clock import Clock
from msglint.loop.merging import Change, Plan
from msglint.loop.model import Action, Deal, Feedback, FeedbackItem, Handover, Lead, SheetVersion, Verdict
from msglint.loop.store import open_store, writing
from msglint.sheet.manifest import NAME, File, Record, encode
from msglint.sheet.model import Look

ZONE = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)  # a Monday, 15:00 in Tokyo
SECRET = b"a secret of the tests, long enough for them"
HANDOFF = """
handoff:
  revision: 2026-10
  effective_from: 2026-10-01
  mql:
    threshold: 50
    fit: [{field: employees, at_least: 300, points: 20}]
    actions: [{action: 価格ページ閲覧, points: 40}, {action: 資料ダウンロード, points: 5, repeatable: true, cap: 10}]
    required_actions: [価格ページ閲覧]
  sql: {bant_minimum: 3}
  response: {hours: 24, clock: elapsed}
"""
PAGE = (
    '<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>{0}</title>'
    '<meta name="viewport" content="width=device-width"><style>body{{font:1rem sans-serif}}</style></head>'
    "<body><main><h1>{0}</h1><p>{1}</p></main></body></html>"
)
PDF = b"%PDF-1.7\n% a sheet\n%%EOF\n"
SHEETS: Sequence[tuple[str, str, dict[str, Any]]] = (
    ("content/a/one-pager", "商談化率を高める3つの手順", {"persona": "marketer", "stage": "problem", "claim": "one",
     "state": "current", "approved_by": "編集長", "approved_on": "2026-09-01", "expires": "2027-03-01"}),
    ("content/b/one-pager", "予算が足りないとき", {"persona": "marketer", "stage": "comparison", "claim": "loop"}),
    ("content/c/one-pager", "電話をかける順番の決め方", {"persona": "seller", "stage": "problem", "claim": "one",
     "state": "current", "approved_by": "編集長", "approved_on": "2026-01-01", "expires": "2026-07-01"}),
    ("content/d/one-pager", "ＭＱＬの数え方", {"persona": "seller", "stage": "comparison", "claim": "loop",
     "state": "changed", "approved_by": "編集長", "approved_on": "2026-01-01", "outdated": True}),
)  # fmt: skip
PERSONAS = {"marketer": "マーケティング責任者", "seller": "営業マネージャー"}
STAGES = {"problem": "課題喚起", "comparison": "比較検討"}


def guide(more: str = HANDOFF) -> Guide:
    """Return the guide of the sample, with what `more` says of the hand-over."""
    return guide_of(SHEET_GUIDE + more)


def sheet(name: str, title: str, **given: Any) -> Record:
    """Return what the manifest says of a sheet."""
    persona, stage = given.get("persona", ""), given.get("stage", "")
    return Record(
        **{
            "name": name,
            "kind": "one-pager",
            "title": title,
            "article": f"{name.rpartition('/')[0]}.md",
            "persona_name": PERSONAS.get(persona, ""),
            "stage_name": STAGES.get(stage, ""),
            "claim_statement": "主張を1つにそろえると商談化率が高まる",
            "day": "2026-10-01",
            "version": "versionone",
            "files": {format: File(f"{name}.{format}", "0") for format in ("html", "pdf", "pptx")},
            "text": f"{title}\n記事の中身",
        }
        | given
    )


def fill(folder: Path, records: Sequence[Record] | None = None) -> Path:
    """Write sheets and their manifest into `folder`."""
    made = [sheet(name, title, **given) for name, title, given in SHEETS] if records is None else records
    for record in made:
        for format, file in record.files.items():
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(PAGE.format(record.title, record.name).encode() if format == "html" else PDF)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_bytes(encode("messaging.yaml", "0" * 12, made))
    return folder


def moment(day: int, hour: int = 0, month: int = 10) -> datetime:
    """Return a moment of 2026 in Tokyo."""
    return datetime(2026, month, day, hour, tzinfo=ZONE).astimezone(UTC)


def leads() -> list[Lead]:
    """Return leads of which two were handed over and wait: 101 is overdue, 102 is in time."""
    rows = [
        ("101", "東都製作所", "営業企画部長", "営業A", 500, moment(28, 10)),
        ("102", "みなと物流", "マーケティング課長", "営業B", 400, moment(2, 12, 11)),
        ("103", "北都商事", "総務部", "営業A", 50, None),
    ]
    return [
        Lead(
            f"hubspot:{record}", "hubspot", record, f"person{record}@example.co.jp", company, str(employees), "製造業",
            title, owner, created_at=moment(1), mql_at=mql_at, need=True,
        )
        for record, company, title, owner, employees, mql_at in rows
    ]  # fmt: skip


def deals() -> list[Deal]:
    """Return six deals, the last one lost."""
    return [
        Deal(
            f"hubspot:9{n}", "hubspot", f"9{n}", None, f"{account} 新規導入", account, owner, None,
            "提案中" if n < 6 else "失注", 1_000_000 * n, date(2026, 9, n), None,
            None if n < 6 else date(2026, 10, 20), None if n < 6 else "lost",
        )
        for n, (account, owner) in enumerate(
            [("東都製作所", "営業A"), ("みなと物流", "営業B"), ("北都商事", "営業A"), ("中央化学", "営業B"),
             ("南海電機", "営業C"), ("西山食品", "営業A")], 1
        )
    ]  # fmt: skip


def stock(engine: Engine) -> None:
    """Put leads, deals, hand-overs and feedback into the store: sheet a helped 3 of 4, its former version 1 of 2."""
    people, done = leads(), [("価格ページ閲覧", 28), ("資料ダウンロード", 27)]
    plan = Plan(
        leads=tuple(Change(None, lead) for lead in people),
        deals=tuple(Change(None, deal) for deal in deals()),
        actions=tuple(Change(None, Action("hubspot:101", name, moment(day, 9))) for name, day in done),
    )
    handed = [Change(None, Handover(one.id, one.mql_at, "crm", Decimal(60))) for one in people if one.mql_at]
    said: list[tuple[str, Verdict]] = [("versionone", "helped")] * 3
    said += [("versionone", "not_usable"), ("versionold", "helped"), ("versionold", "shown_no_effect")]
    with writing(engine) as connection:
        records.apply(connection, plan)
        records.put_handovers(connection, handed)
        for version in ("versionone", "versionold"):
            records.add(connection, SheetVersion("content/a/one-pager", version, "content/a.md"))
        for n, (version, verdict) in enumerate(said, 1):
            day = date(2026, 9 if version == "versionold" else 10, n)
            reason = "料金の数字が古く、その場で訂正した" if verdict == "not_usable" else None
            records.add(
                connection,
                Feedback(f"csv:{n}", day, f"営業{'ABC'[n % 3]}", deal=f"hubspot:9{n}", temperature=3),
                FeedbackItem(f"csv:{n}", "content/a/one-pager", version, verdict, reason),
            )


def holdings() -> Any:
    """Return that reviews know of no sheets."""
    from msglint.loop.review import Holdings

    return Holdings()


def settings(tmp: Path, url: str = "", **given: Any) -> Settings:
    """Return a portal's settings: with no login, the store at `url` or in a file, and the sample's sheets."""
    engine = open_store(url or f"sqlite:///{tmp / 'loop.db'}")
    made = Settings(
        guide=guide(),
        folder=fill(tmp / "dist"),
        look=Look("株式会社サンプル", color="#0b5fa5"),
        engine=engine,
        zone=ZONE,
        clock=Clock(ZONE),
        secret=SECRET,
        gate=Local("営業A"),
        now=lambda: NOW,
        holdings=holdings,
    )
    return dataclasses.replace(made, **given)


def browse(given: Settings, address: str = "127.0.0.1", **headers: str | bytes) -> TestClient:
    """Return a browser without a screen at `address`, which follows no redirect by itself."""
    url, client = "http://127.0.0.1:8765", (address, 50_000)
    made = TestClient(application(given), url, follow_redirects=False, client=client)
    made.headers.update({name.encode(): v if isinstance(v, bytes) else v.encode() for name, v in headers.items()})
    return made


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field of a page."""
    found = re.search(rf'<input type="hidden" name="{re.escape(name)}" value="([^"]*)"', page)
    assert found, f"there is no field {name}"
    return found[1]


def filled(page: str, about: str = "deal:hubspot:95", verdict: str = "helped", **given: str) -> dict[str, str]:
    """Return what the form in `page` sends when its first sheet is given `verdict`."""
    named = {name: hidden(page, name) for name in ("token", "id", "sheet-0", "version-0")}
    return named | {"about": about, "verdict-0": verdict, "do": "send"} | given


def texts(page: str, tag: str, kind: str = "") -> list[str]:
    """Return the texts of a page's elements of `tag` with the class `kind`."""
    pattern = rf'<{tag}\b[^>]*class="{kind}"[^>]*>(.*?)</{tag}>' if kind else rf"<{tag}\b[^>]*>(.*?)</{tag}>"
    return [
        " ".join(re.sub(r"<[^>]+>", "", html.unescape(found)).split()) for found in re.findall(pattern, page, re.DOTALL)
    ]


@contextlib.contextmanager
def served(given: Settings) -> Iterator[str]:
    """Give the address of a real server of the portal, in a thread."""
    import uvicorn

    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        config = uvicorn.Config(
            application(given),
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            lifespan="off",
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            for _ in range(400):
                if server.started:
                    break
                time.sleep(0.025)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
