"""What the fields, kinds and systems of the loop are called on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msglint.loop import naming
from msglint.model import Text

KINDS: dict[Any, Text] = {
    "leads": Text("リード", "leads"),
    "deals": Text("商談", "deals"),
    "actions": Text("行動ログ", "actions"),
    "pages": Text("ページの数値", "page figures"),
}
SYSTEMS: dict[Any, Text] = {
    "hubspot": Text("HubSpot", "HubSpot"),
    "salesforce": Text("Salesforce", "Salesforce"),
    "csv": Text("CSV", "CSV"),
}
FIELDS = naming.FIELDS | {
    "name": Text("商談名", "name of the deal"),
    "stage": Text("商談の段階", "stage"),
    "pipeline": Text("パイプライン", "pipeline"),
    "amount": Text("金額(円)", "amount (yen)"),
    "currency": Text("通貨", "currency"),
    "close_date": Text("完了日(進行中は予定)", "close date (a guess while open)"),
    "opened_on": Text("作成日", "opened"),
    "expected_on": Text("完了予定日", "expected close"),
    "closed_on": Text("完了日", "closed"),
    "outcome": Text("結果", "outcome"),
    "account": Text("取引先", "account"),
    "lost_reason": Text("失注理由", "reason of loss"),
    "lead": Text("リード", "lead"),
    "action": Text("行動", "action"),
    "at": Text("日時", "time"),
    "detail": Text("詳細", "detail"),
    "path": Text("ページのパス", "path of the page"),
    "day": Text("日", "day"),
    "month": Text("月", "month"),
    "views": Text("表示回数(回)", "views"),
    "conversions": Text("コンバージョン(件)", "conversions"),
}


def shown_value(value: Any) -> str:
    """Return a value of a record as text."""
    match value:
        case None:
            return "-"
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%SZ")
        case date():
            return value.isoformat()
        case Mapping():
            return ", ".join(f"{name}={part}" for name, part in value.items()) or "-"
        case int() if not isinstance(value, bool):
            return f"{value:,}"
    return str(value)
