"""Writes docs/rules/ from the rules themselves; with `--check` it writes nothing and fails where a page is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from msglint.app.cli.rules import complaints, paragraphs
from msglint.model import Language, Text
from msglint.rule import Example, Rule, builtin

FOLDER = Path(__file__).parent.parent / "docs" / "rules"
MARKS = str.maketrans("⟦⟧", "〔〕")
LANGUAGES: tuple[Language, ...] = ("ja", "en")

SEVERITY = Text("既定の重大度", "Default severity")
OPTIONS = Text("オプション", "Options")
COLUMNS = Text("| 名前 | 型 | 既定値 | 意味 |", "| name | type | default | meaning |")
REPORTED = Text("指摘する例", "Reported")
SILENT = Text("指摘しない例", "Not reported")
LEGEND = Text("〔〕の中が指摘する箇所です。", "The reported places are in 〔〕.")
GUIDE = Text("ガイド", "Guide")
OTHER = Text("ほかの記事", "Another article")
SAID = Text("営業が使えなかったシートと、その理由", "Sheets that sales could not use, and why")
FIXED = Text("`msglint fix` の後", "After `msglint fix`")
TODAY = Text("この日に検査したとき", "Checked on")


def pages(rules: Sequence[Rule]) -> dict[Path, str]:
    """Return every file of docs/rules with its content."""
    return {FOLDER / "README.md": index(rules)} | {FOLDER / f"{rule.id}.md": page(rule) for rule in rules}


def index(rules: Sequence[Rule]) -> str:
    """Return the list of all rules."""
    rows = [f"| [`{r.id}`]({r.id}.md) | {r.severity} | {r.summary.ja} | {r.summary.en} |" for r in rules]
    return "\n".join(
        [
            "<!-- tools/gen_rule_docs.py がルールのファイルから作ります。直接は編集しません。 -->",
            "",
            "# ルールの一覧 / Rules",
            "",
            "| ルール / rule | 重大度 / severity | 見つけるもの | what it finds |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def page(rule: Rule) -> str:
    """Return the page of one rule: in Japanese, then in English."""
    file = f"msglint/rules/{rule.id.replace('-', '_')}.py"
    source = f"<!-- tools/gen_rule_docs.py が {file} から作ります。直接は編集しません。 -->"
    parts = [source, f"# {rule.id}"]
    for language in LANGUAGES:
        parts += _half(rule, language)
    return "\n\n".join(parts) + "\n"


def _half(rule: Rule, language: Language) -> Iterator[str]:
    level = "##" if language == "ja" else "###"
    if language == "en":
        yield "## In English"
    yield rule.summary.in_(language)
    yield f"{SEVERITY.in_(language)}: `{rule.severity}`"
    yield from ("\n".join(items) for items in paragraphs(rule.page.in_(language)))
    if rule.options:
        yield f"{level} {OPTIONS.in_(language)}"
        rows = [
            f"| `{o.name}` | {o.type.__name__} | `{o.default}` | {o.description.in_(language)} |" for o in rule.options
        ]
        yield "\n".join([COLUMNS.in_(language), "| --- | --- | --- | --- |", *rows])
    bad = [e for e in rule.examples if e.spans]
    good = [e for e in rule.examples if not e.spans]
    if language == "en":
        bad, good = bad[:1], good[:1]
    guide = ""
    for title, examples in ((REPORTED, bad), (SILENT, good)):
        yield f"{level} {title.in_(language)}"
        if title is REPORTED:
            yield LEGEND.in_(language)
        for example in examples:
            if example.guide.strip() and example.guide != guide:
                yield f"{GUIDE.in_(language)}:\n\n{_fenced(example.guide, 'yaml')}"
            guide = example.guide
            yield _example(example, language)


def _example(example: Example, language: Language) -> str:
    parts = []
    if example.today != Example("").today:
        parts.append(f"{TODAY.in_(language)}: {example.today}")
    parts += [f"{OTHER.in_(language)}:\n\n{_fenced(other, 'markdown')}" for other in example.others]
    if example.complaints:
        parts.append(f"{SAID.in_(language)}:\n\n" + "\n".join(f"- {said}" for said in complaints(example)))
    parts.append(_fenced(example.marked.translate(MARKS), "markdown"))
    if example.fixed is not None and example.fixed != example.text:
        parts.append(f"{FIXED.in_(language)}:\n\n{_fenced(example.fixed, 'markdown')}")
    return "\n\n".join(parts)


def _fenced(text: str, kind: str) -> str:
    """Return `text` as a code block, in a fence longer than any inside it."""
    lines = "\n".join(text.strip("\r\n").splitlines())
    fence = "```"
    while fence in lines:
        fence += "`"
    return f"{fence}{kind}\n{lines}\n{fence}"


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with `--check` name those that are stale and return 1."""
    wanted = {file: text.encode() for file, text in pages(builtin()).items()}
    there = set(FOLDER.glob("*.md"))
    stale = [file for file, content in wanted.items() if file not in there or file.read_bytes() != content]
    left = sorted(there - wanted.keys())
    if "--check" in arguments:
        for file in [*stale, *left]:
            print(f"stale: {file.relative_to(FOLDER.parent.parent)} (run tools/gen_rule_docs.py)")
        return 1 if stale or left else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file in stale:
        file.write_bytes(wanted[file])
    for file in left:
        file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
