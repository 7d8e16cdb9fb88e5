"""front-matter: what an article has to say of itself, and ids the guide does not know."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from datetime import date

from msglint.document.model import Entry
from msglint.model import Severity, Span, Text, Violation
from msglint.rule import Context, Example, Rule


def check(ctx: Context) -> Iterator[Violation]:
    """Yield each missing key, unknown id and unreadable line of the front matter."""
    front = ctx.document.front
    entries = front.entries if front else {}
    if front is None and ctx.document.source.startswith("---"):
        yield Violation(Span(0, 3), _UNCLOSED)
        return
    if front and front.problems:
        # What could not be read is not missing: one thing to mend at a time.
        yield from (Violation(span, text) for span, text in front.problems)
        return
    yield from _title(ctx, entries.get("title"))
    for key, name, known in (
        ("persona", Text("ペルソナ", "persona"), [p.id for p in ctx.guide.personas]),
        ("stage", Text("ステージ", "stage"), [s.id for s in ctx.guide.stages]),
    ):
        if known:
            yield from _reference(ctx, key, name, entries.get(key), known)
    yield from _claims(ctx, entries.get("claims"))
    yield from _sheets(ctx, entries.get("approved"))
    yield from (v for key in ("updated", "date") for v in _day(key, entries.get(key)))


_VERSION = re.compile("[bcdfghjkmnpqrstvwxz]{10}")
_UNCLOSED = Text(
    "記事の先頭の情報が`---`で閉じられていません。題名などの行のすぐ後に、`---`だけの行を置いてください。",
    "The front matter is not closed: put a line with `---` alone right behind its last key.",
)


def _title(ctx: Context, entry: Entry | None) -> Iterator[Violation]:
    if entry is None or entry.value is None or not str(entry.value).strip():
        span = entry.key if entry else ctx.document.top
        yield Violation(span, Text("記事の先頭に`title`(題名)がありません。", "The front matter has no `title`."))


def _reference(ctx: Context, key: str, name: Text, entry: Entry | None, known: Sequence[str]) -> Iterator[Violation]:
    if entry is None or entry.value is None or not str(entry.value).strip():
        yield Violation(
            entry.key if entry else ctx.document.top,
            Text(
                f"記事の先頭に`{key}`({name.ja})がありません。ガイドにあるのは{_list(known)}です。",
                f"The front matter has no `{key}`. The guide has: {', '.join(known)}.",
            ),
        )
    elif isinstance(entry.value, list | dict):
        message = Text(f"`{key}`({name.ja})には1つだけ書きます。", f"`{key}` takes one {name.en} only.")
        yield Violation(entry.span, message)
    elif str(entry.value) not in known:
        yield _unknown(entry.span, str(entry.value), name, known)


def _claims(ctx: Context, entry: Entry | None) -> Iterator[Violation]:
    if entry is None or entry.value is None:
        return
    known = [c.id for c in ctx.guide.claims]
    for value, span in entry.items if isinstance(entry.value, list) else [(entry.value, entry.span)]:
        if str(value) not in known:
            yield _unknown(span, str(value), Text("主張", "claim"), known)


def _sheets(ctx: Context, approved: Entry | None) -> Iterator[Violation]:
    """What is approved is named by its kind, a sheet of the guide, or by its version (`sheet.said.version`)."""
    entry = approved.entries.get("sheet") if approved else None
    if entry is None or entry.value is None or not ctx.guide.sheets:
        return
    known = [s.id for s in ctx.guide.sheets]
    for value, span in entry.items or [(entry.value, entry.span)]:
        if str(value) not in known and not _VERSION.fullmatch(str(value)):
            yield _unknown(span, str(value), Text("シート", "sheet"), known)


def _day(key: str, entry: Entry | None) -> Iterator[Violation]:
    if entry is None or entry.value is None or isinstance(entry.value, date):
        return
    try:
        date.fromisoformat(str(entry.value)[:10])
    except ValueError:
        yield Violation(
            entry.span,
            Text(
                f"`{key}`を日付として読めません。2026-10-01のように書いてください。",
                f"`{key}` is not a day. Write it like 2026-10-01.",
            ),
            severity=Severity.WARNING,
        )


def _unknown(span: Span, value: str, name: Text, known: Sequence[str]) -> Violation:
    near = difflib.get_close_matches(value, known, n=1)
    ja = f"「{near[0]}」の間違いではありませんか。" if near else f"ガイドにあるのは{_list(known)}です。"
    en = f'Did you mean "{near[0]}"?' if near else f"The guide has: {', '.join(known) or 'none'}."
    return Violation(
        span,
        Text(f"{name.ja}「{value}」はガイドにありません。{ja}", f'The guide has no {name.en} "{value}". {en}'),
        entry=value,
    )


def _list(known: Sequence[str]) -> str:
    return "、".join(f"「{k}」" for k in known) or "何もありません"


_GUIDE = """
personas: [{id: marketing-manager}, {id: sales-manager}]
stages: [{id: awareness}, {id: comparison}]
claims: [{id: one-message, statement: 主張を一つにする}, {id: loop, statement: 営業の声を記事に返す}]
"""

_SHEETS = "sheets: {one-pager: {sections: [summary]}}"
_APPROVED = "---\ntitle: 記事\napproved: {by: 課長, date: 2026-10-06, sheet: "

RULE = Rule(
    id="front-matter",
    severity=Severity.ERROR,
    check=check,
    summary=Text(
        "記事の先頭の情報(題名・ペルソナ・ステージ)を確かめる",
        "Checks what an article says of itself: title, persona, stage",
    ),
    page=Text(
        """記事の先頭には、`---`で囲んで題名と、誰に(`persona`)、どの段階で(`stage`)読んでもらう記事かを書きます。
ほかのルールと営業シートはこれをもとに働くので、抜けや、ガイドにないidは誤りとして指摘します。

```yaml
---
title: 商談につながる記事の書き方
persona: marketing-manager
stage: problem
claims: [one-message]
updated: 2026-10-01
---
```

ガイドがペルソナやステージを定めていないときは、その項目は要りません。シートを承認する`approved`の`sheet`には、ガイドのシートの名前か、シートの版を書きます。
ほかの項目(CMSが使うもの)には触れません。""",
        """An article begins with its title, and for whom (`persona`) and at which stage (`stage`) it is written, between
two `---` lines. Other rules and the sales sheets build on that, so what is missing, and ids that the guide does not have, are errors.
Where the guide defines no personas or stages, the key is not needed. What `approved` calls `sheet` is one of
the guide's, or a sheet's version. Other keys are the CMS's business.""",
    ),
    examples=(
        Example("⟦---⟧\npersona: sales-manager\nstage: awareness\n---\n本文です。", _GUIDE),
        Example("⟦⟦---⟧⟧\ntitle: 記事\n---\n本文です。", _GUIDE),
        Example("---\ntitle: 記事\npersona: ⟦marketing-manger⟧\nstage: ⟦発見⟧\n---\n", _GUIDE),
        Example(
            "---\ntitle: 記事\npersona: sales-manager\nstage: awareness\nclaims: [loop, ⟦one-mesage⟧]\n---\n", _GUIDE
        ),
        Example("⟦⟦⟦⟧⟧⟧# 見出し\n\n本文です。", _GUIDE),
        Example("---\n⟦title⟧:\npersona: sales-manager\nstage: awareness\n---\n", _GUIDE),
        Example("---\ntitle: 記事\npersona: sales-manager\nstage: awareness\nupdated: ⟦先月⟧\n---\n", _GUIDE),
        Example(f"{_APPROVED}⟦one-pagr⟧}}\n---\n", _SHEETS),
        Example(f"{_APPROVED}[one-pager, ⟦deck⟧]}}\n---\n", _SHEETS),
        Example("⟦---⟧\ndescription: 説明\n---\n", "stages: []"),
        Example("---\ntitle: 記事\npersona: sales-manager\nstage: awareness\n---\n", _GUIDE),
        Example("---\ntitle: '記事'\npersona: \"sales-manager\"\nstage: awareness\nclaims:\n  - loop\n---\n", _GUIDE),
        Example("⟦---⟧\ntitle: 記事\n\n本文です。", _GUIDE),
        Example("---\ntitle: 記事\npersona: ⟦[sales-manager, marketing-manager]⟧\nstage: awareness\n---\n", _GUIDE),
        Example("---\ntitle: 記事\n---\n本文です。"),
        Example(f"{_APPROVED}one-pager}}\n---\n", _SHEETS),
        Example(f"{_APPROVED}bcdfghjkmn}}\n---\n", _SHEETS),
        Example("---\ntitle: 2026\ntags: [a]\nlayout: post\n---\n"),
        Example("---\ntitle: 記事\nupdated: 2026-10-01\n---\n"),
        Example("---\r\ntitle: 記事\r\ndate: 2026-10-01T09:00:00+09:00\r\n---\r\n"),
        Example("---\ntitle: 記事\nstage: 何でもよい\n---\n"),
    ),
)
