from __future__ import annotations

from dataclasses import replace

from report_sample import CLEAN, CRM_RESULT, RUN, in_language

from msglint.model import Found, Result, Span
from msglint.report.statistics import statistics

ENTRIES = (
    ("claim", "consistent-message"),
    ("claim", "feedback-loop"),
    ("fact", "crm-adoption"),
    ("term", "サーバー"),
    ("term", "MQL"),
    ("banned", "必ず成果が出る"),
    ("banned", "業界No.1"),
    ("avoid", "御社"),
    ("avoid", "御社"),
    ("stage", "later"),
)

JAPANESE = """\
件数  エラー  警告  情報  ルール
   2       0     2     0  term-variant
   1       1     0     0  banned-phrase
   1       0     1     0  claim-missing
   1       1     0     0  fact-mismatch
   1       0     0     1  near-duplicate
   6       2     3     1  合計

どの記事にも出てこなかったガイドの項目(5件):
  主張                  feedback-loop
  用語                  MQL
  禁止表現              業界No.1
  ペルソナの避ける表現  御社
  stage                 later
"""

ENGLISH = """\
count  error  warning  info  rule
    1      1        0     0  banned-phrase
    1      0        0     1  near-duplicate
    1      0        1     0  term-variant
    3      1        1     1  total

Entries of the guide that no article met (1):
  banned  業界No.1
"""


def test_rules_by_count_and_entries_never_met() -> None:
    assert statistics(replace(RUN, entries=ENTRIES)) == JAPANESE


def test_evidence_counts_as_met_by_kind_and_entry() -> None:
    def found(about: str) -> Found:
        return Found("content/crm 導入.md", "term-expansion", about, value=None, score=1.0, span=Span(0, 0))

    evidence = (found("entry:term:MQL"), found("entry:term:業界No.1"), found("figure:業界No.1"))
    run = replace(
        RUN,
        results=(replace(CRM_RESULT, evidence=evidence),),
        entries=(("term", "MQL"), ("banned", "業界No.1"), ("banned", "必ず成果が出る")),
    )
    assert statistics(in_language(run, "en")) == ENGLISH


def test_when_there_is_nothing_to_say() -> None:
    assert statistics(CLEAN) == "指摘はありません\n"
    met = replace(RUN, results=(CRM_RESULT, Result("b.md")), entries=(("term", "サーバー"),))
    assert statistics(met).splitlines()[-1] == "ガイドの項目は、どれも記事で使われています"
    assert statistics(in_language(replace(met, results=(CRM_RESULT,)), "en")).endswith(
        "\n\nEvery entry of the guide was met\n"
    )
    assert statistics(in_language(replace(CLEAN, entries=(("term", "MQL"),)), "en")) == (
        "No diagnostics\n\nEntries of the guide that no article met (1):\n  term  MQL\n"
    )
