"""A small run made by hand, with everything in it that reports get wrong."""

from __future__ import annotations

from dataclasses import replace

from msglint.model import (
    Diagnostic,
    Fix,
    Found,
    Language,
    Lines,
    Problem,
    Result,
    RuleInfo,
    Run,
    Severity,
    Span,
    Text,
)

BOM = "\ufeff"
CRM = "# 導入😀の成果\n\n𠮷野さんは「か\u3099んばれば必ず成果が出る」と\tサーバを増やした。\n次の\n段落。\n"
NEWS = f"{BOM}導入率😀は47.2%です。\r\n出典は自社の\r\n調査です。\r\n"
FILES = {"content/crm 導入.md": CRM, "content/news.md": NEWS, "content/clean.md": "問題のない記事。\n"}

RULES = (
    RuleInfo(
        "banned-phrase",
        Severity.ERROR,
        Text("使わない言い回し", "A banned phrasing"),
        Text(
            "# banned-phrase\n\n使わないと決めた言い回しを報告します。", "# banned-phrase\n\nReports banned phrasings."
        ),
    ),
    RuleInfo("claim-missing", Severity.WARNING, Text("主張がない", "A claim is missing"), Text("", "")),
    RuleInfo("fact-mismatch", Severity.ERROR, Text("数値の食い違い", "A wrong figure"), Text("", "")),
    RuleInfo("near-duplicate", Severity.INFO, Text("重複", "Said twice"), Text("", "")),
    RuleInfo("term-variant", Severity.WARNING, Text("表記の揺れ", "A variant"), Text("", "")),
)


def diagnostic(
    path: str,
    written: str,
    needle: str,
    rule: str,
    severity: Severity,
    message: str,
    *,
    entry: str | None = None,
    score: float | None = None,
    fix: Fix | None = None,
) -> Diagnostic:
    """Report the first `needle` in `written` (a file's text, perhaps with a BOM)."""
    text = written.removeprefix(BOM)
    lines = Lines(text, bom=text != written)
    span = Span(text.index(needle), text.index(needle) + len(needle))
    start, end = lines.position(span.start), lines.position(span.end)
    return Diagnostic(path, rule, severity, message, start, end, needle, entry, score, fix)


def result(path: str, *diagnostics: Diagnostic, found: tuple[Found, ...] = ()) -> Result:
    """Put diagnostics in the order the engine gives them."""
    return Result(path, tuple(sorted(diagnostics, key=lambda d: d.sort_key)), found)


CRM_RESULT = result(
    "content/crm 導入.md",
    diagnostic(
        "content/crm 導入.md",
        CRM,
        "必ず成果が出る",
        "banned-phrase",
        Severity.ERROR,
        "「必ず成果が出る」は使えません: 成果を保証する表現です。",
        entry="必ず成果が出る",
    ),
    diagnostic(
        "content/crm 導入.md",
        CRM,
        "サーバ",
        "term-variant",
        Severity.WARNING,
        "「サーバ」は「サーバー」と書きます。",
        entry="サーバー",
        fix=Fix("サーバー", safe=True),
    ),
    diagnostic(
        "content/crm 導入.md",
        CRM,
        "次の\n段落",
        "near-duplicate",
        Severity.INFO,
        "content/news.md とほぼ同じ内容です。",
        score=0.97,
    ),
)
NEWS_RESULT = result(
    "content/news.md",
    diagnostic(
        "content/news.md",
        NEWS,
        "",
        "claim-missing",
        Severity.WARNING,
        "主張「一貫したメッセージ」がありません。",
        entry="consistent-message",
    ),
    diagnostic(
        "content/news.md",
        NEWS,
        "47.2%",
        "fact-mismatch",
        Severity.ERROR,
        "導入率は 37.2%(2024年)です。",
        entry="crm-adoption",
        fix=Fix("37.2%", safe=False),
    ),
    diagnostic(
        "content/news.md", NEWS, "出典", "term-variant", Severity.WARNING, "100%, 確か: いいえ\n二行目", entry="出典元"
    ),
)
UNREADABLE = Problem("content/壊れた,記事.md", 1, 1, Text("UTF-8 として読めません", "It is not UTF-8"))

RUN = Run(
    guide="messaging.yaml",
    language="ja",
    results=(Result("content/clean.md"), CRM_RESULT, NEWS_RESULT),
    rules=RULES,
    texts={path: text.removeprefix(BOM) for path, text in FILES.items() if path != "content/clean.md"},
)
CLEAN = Run(guide="messaging.yaml", language="ja", results=(Result("content/clean.md"),), rules=RULES)
BROKEN = replace(CLEAN, unreadable=(UNREADABLE,))


def in_language(run: Run, language: Language) -> Run:
    """The same run for another reader (its messages stay)."""
    return replace(run, language=language)
