"""What rules of the score, groups and factors are called."""

from __future__ import annotations

from msglint.guide.sales import ActionRule, FitRule
from msglint.model import Text

FACTORS = {
    "number": Text("商談の数", "number of deals"),
    "amount": Text("平均単価", "mean amount"),
    "win_rate": Text("受注率", "win rate"),
    "days": Text("平均日数", "mean days"),
}
UNKNOWN = Text("不明", "unknown")
_FIELDS = {
    "employees": Text("従業員数", "employees"),
    "industry": Text("業種", "industry"),
    "title": Text("役職", "job title"),
    "email": Text("メールアドレス", "e-mail"),
    "company": Text("会社名", "company"),
    "source": Text("流入元", "source"),
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
    field = _FIELDS.get(rule.field, Text(rule.field, rule.field))
    operand = "・".join(map(str, rule.operand)) if isinstance(rule.operand, tuple) else str(rule.operand)
    condition = _CONDITIONS[rule.operator]
    return Text(f"{field.ja}{condition.ja.format(operand)}", f"{field.en} {condition.en.format(operand)}")
