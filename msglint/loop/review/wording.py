"""What groups and factors are called."""

from __future__ import annotations

from msglint.model import Text

FACTORS = {
    "number": Text("商談の数", "number of deals"),
    "amount": Text("平均単価", "mean amount"),
    "win_rate": Text("受注率", "win rate"),
    "days": Text("平均日数", "mean days"),
}
UNKNOWN = Text("不明", "unknown")
