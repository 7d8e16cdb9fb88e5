"""What the fields of a lead and the rules of the score are called, wherever a person reads of them."""

from __future__ import annotations

from msglint.guide.sales import ActionRule, FitRule
from msglint.model import Text

FIELDS = {
    "record": Text("ID", "id"),
    "email": Text("メールアドレス", "e-mail"),
    "company": Text("会社名", "company"),
    "employees": Text("従業員数", "employees"),
    "industry": Text("業種", "industry"),
    "title": Text("役職", "job title"),
    "owner": Text("担当者", "owner"),
    "source": Text("流入元", "source"),
    "lifecycle": Text("ライフサイクルステージ", "lifecycle stage"),
    "status": Text("リードの状況", "status of the lead"),
    "created_at": Text("作成日時", "created"),
    "mql_at": Text("MQLになった日時", "became an MQL"),
    "called_at": Text("最初に連絡した日時", "first call"),
    "clocked": Text("時刻まで記録", "time of day recorded"),
    "sql_at": Text("SQLになった日時", "became an SQL"),
    "rejected_at": Text("却下した日時", "rejected"),
    "reject_reason": Text("却下の理由", "reason of rejection"),
    "budget": Text("BANT: 予算", "BANT: budget"),
    "authority": Text("BANT: 決裁権", "BANT: authority"),
    "need": Text("BANT: 課題", "BANT: need"),
    "timeline": Text("BANT: 導入時期", "BANT: timeline"),
    "explore": Text("試しに連絡した", "called to explore"),
    "fields": Text("ガイドの条件の項目", "fields that the guide names"),
}
_CONDITIONS = {
    "at_least": Text("{}以上", ">= {}"),
    "at_most": Text("{}以下", "<= {}"),
    "equals": Text(": {}", "is {}"),
    "in": Text(": {}", "is one of {}"),
    "matches": Text("が {} に合う", "matches {}"),
}


def rule_name(rule: FitRule | ActionRule) -> Text:
    """Return what a rule of the score is called: the action, or the field with its condition."""
    if isinstance(rule, ActionRule):
        return Text(rule.action, rule.action)
    field = FIELDS.get(rule.field, Text(rule.field, rule.field))
    operand = "・".join(map(str, rule.operand)) if isinstance(rule.operand, tuple) else str(rule.operand)
    condition = _CONDITIONS[rule.operator]
    return Text(f"{field.ja}{condition.ja.format(operand)}", f"{field.en} {condition.en.format(operand)}")
