"""How often each rule spoke, and which of the guide's entries nothing in the articles ever met."""

from __future__ import annotations

from collections import Counter

from msglint.model import Language, Run, Text
from msglint.report.widths import columns, pad, shown
from msglint.report.words import SEVERITIES

_KINDS = {
    "claim": Text("主張", "claim"),
    "fact": Text("数値", "fact"),
    "term": Text("用語", "term"),
    "banned": Text("禁止表現", "banned"),
    "avoid": Text("ペルソナの避ける表現", "avoid"),
}


def statistics(run: Run) -> str:
    """Return the table of rules, most frequent first, and the list of entries never met, in the guide's order."""
    return "\n".join([*_rules(run), *(["", *_unmet(run)] if run.entries else []), ""])


def _rules(run: Run) -> list[str]:
    totals = Counter(d.rule for d in run.diagnostics)
    if not totals:
        return [Text("指摘はありません", "No diagnostics").in_(run.language)]
    by_severity = Counter((d.rule, d.severity) for d in run.diagnostics)
    head = [t.in_(run.language) for t in (Text("件数", "count"), *SEVERITIES.values(), Text("ルール", "rule"))]
    rows = [
        [str(totals[rule]), *(str(by_severity[rule, s]) for s in SEVERITIES), shown(rule)]
        for rule in sorted(totals, key=lambda rule: (-totals[rule], rule))
    ]
    sums = Counter(d.severity for d in run.diagnostics)
    total = [str(totals.total()), *(str(sums[s]) for s in SEVERITIES), Text("合計", "total").in_(run.language)]
    return _table([head, *rows, total])


def _table(rows: list[list[str]]) -> list[str]:
    """Align the numbers right and the last column left."""
    widths = [max(columns(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    return [
        "  ".join([*(" " * (w - columns(c)) + c for w, c in zip(widths, row, strict=False)), row[-1]]) for row in rows
    ]


def _unmet(run: Run) -> list[str]:
    named = {d.entry for d in run.diagnostics}
    evident = {found.about for result in run.results for found in result.evidence}
    unmet = [(k, e) for k, e in dict.fromkeys(run.entries) if e not in named and f"entry:{k}:{e}" not in evident]
    if not unmet:
        return [
            Text("ガイドの項目は、どれも記事で使われています", "Every entry of the guide was met").in_(run.language)
        ]
    title = Text(
        f"どの記事にも出てこなかったガイドの項目({len(unmet)}件):",
        f"Entries of the guide that no article met ({len(unmet)}):",
    )
    width = max(columns(_kind(kind, run.language)) for kind, _ in unmet)
    return [title.in_(run.language), *(f"  {pad(_kind(k, run.language), width)}  {shown(e)}" for k, e in unmet)]


def _kind(kind: str, language: Language) -> str:
    return _KINDS[kind].in_(language) if kind in _KINDS else kind
