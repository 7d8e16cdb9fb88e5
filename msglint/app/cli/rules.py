"""`msglint rules`: the rules there are, and the manual page of one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from msglint.app.cli import options
from msglint.app.cli.columns import listed
from msglint.app.cli.output import print_text
from msglint.app.cli.project import missing_rule, open_project
from msglint.app.cli.reporters import WIDEST, colored
from msglint.app.cli.speech import Command, Speaker
from msglint.app.cli.unusable import Unusable
from msglint.model import InputInvalid, Language, Severity, Text
from msglint.report.widths import columns, fold, pad

if TYPE_CHECKING:
    from msglint.rule import Example, Rule

Paint = Callable[[str, str], str]

_BOLD = "1"
_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_MARKS = str.maketrans("⟦⟧", "〔〕")
_REPORTED = Text("指摘する例(〔〕が指摘する箇所です)", "Reported (the place is in 〔〕)")
_SILENT = Text("指摘しない例", "Not reported")
_GUIDE = Text("ガイド", "Guide")
_ARTICLE = Text("記事", "Article")
_OTHER = Text("ほかの記事", "Another article")
_SAID = Text("営業が使えなかったシートと、その理由", "Sheets that sales could not use, and why")
_FIXED = Text("msglint fix の後", "After msglint fix")
_OPTIONS = Text("オプション(ガイドの rules で指定します)", "Options (in the guide's rules)")


@click.command(
    "rules",
    cls=Command,
    about=Text(
        "ルールの一覧を表示します。RULE を指定すると、そのルールの説明と、指摘する例としない例を表示します。",
        "Lists the rules. With RULE, explains that one, with an example that it reports and one that it does not.",
    ),
)
@click.argument("rule", required=False, metavar="[RULE]")
@options.guide
@options.common
@click.pass_obj
def rules(speaker: Speaker, rule: str | None, guide: str | None) -> int:
    """Print the list, or the page of `rule`."""
    known = _known(speaker, guide)
    width = min(shutil.get_terminal_size().columns, WIDEST)
    paint = _painted if colored(speaker) else _plain
    if rule is None:
        print_text("".join(f"{line}\n" for line in _list(known, speaker.language, width, paint)))
        return 0
    found = next((r for r in known if r.id == rule), None)
    if found is None:
        raise missing_rule(rule, [r.id for r in known])
    print_text("".join(f"{line}\n" for line in _page(found, speaker.language, width, paint)))
    return 0


def _known(speaker: Speaker, guide: str | None) -> tuple[Rule, ...]:
    """Return the rules: with those of plugins when the guide asks for them; no guide is needed."""
    try:
        return open_project(speaker, guide).rules
    except (Unusable, InputInvalid):
        if guide is not None:
            raise
        from msglint.rule import discover

        return discover()


def _plain(text: str, style: str) -> str:
    return text


def _painted(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"


def _list(rules: Sequence[Rule], language: Language, width: int, paint: Paint) -> Iterator[str]:
    name = max(len(rule.id) for rule in rules)
    level = max(len(rule.severity) for rule in rules)
    for rule in rules:
        first, *more = fold(rule.summary.in_(language), max(width - name - level - 4, 20))
        severity = paint(pad(rule.severity, level), _COLORS[rule.severity])
        yield f"{paint(pad(rule.id, name), _BOLD)}  {severity}  {first}"
        yield from (" " * (name + level + 4) + line for line in more)


def _page(rule: Rule, language: Language, width: int, paint: Paint) -> Iterator[str]:
    default = Text("既定の重大度", "default severity").in_(language)
    yield f"{paint(rule.id, _BOLD)} ({default}: {paint(rule.severity, _COLORS[rule.severity])})"
    yield from fold(rule.summary.in_(language), width)
    for paragraph in paragraphs(rule.page.in_(language)):
        yield ""
        for item in paragraph:
            yield from _item(item, width)
    if rule.options:
        yield from ("", paint(_OPTIONS.in_(language), _BOLD))
        rows = [(o.name, f"{o.description.in_(language)}({o.default})") for o in rule.options]
        yield from listed(rows, width).splitlines()
    shown = ""
    for title, example in _pair(rule):
        yield from ("", paint(title.in_(language), _BOLD))
        yield from _example(example, language, with_guide=example.guide != shown)
        shown = example.guide


def _pair(rule: Rule) -> Iterator[tuple[Text, Example]]:
    """Yield an example that is reported and one that is not, of the same guide if there are two such."""
    bad = next((e for e in rule.examples if e.spans), None)
    good = [e for e in rule.examples if not e.spans]
    if bad:
        yield _REPORTED, bad
    if good:
        yield _SILENT, next((e for e in good if bad and e.guide == bad.guide), good[0])


def _example(example: Example, language: Language, *, with_guide: bool) -> Iterator[str]:
    parts = [
        (_GUIDE, example.guide if with_guide else ""),
        *((_OTHER, other) for other in example.others),
        (_SAID, "\n".join(complaints(example))),
        (_ARTICLE, example.marked.translate(_MARKS)),
        (_FIXED, example.fixed if example.fixed and example.fixed != example.text else ""),
    ]
    for label, text in parts:
        if text.strip():
            yield f"  {label.in_(language)}:"
            yield from (f"    {line}".rstrip() for line in text.strip("\n").split("\n"))


def complaints(example: Example) -> list[str]:
    """Return what sales said in an example: the day, the sheet and the reason of each complaint."""
    return [f"{c.met_on} {c.sheet}: {''.join(filter(str.isprintable, c.reason))}" for c in example.complaints]


def paragraphs(page: str) -> Iterator[list[str]]:
    """Yield each paragraph of a manual page as its items, without the source's line breaks; code keeps its lines."""
    for block in re.split(r"\n\s*\n", page.strip()):
        items: list[str] = []
        if block.startswith("```"):
            yield [f"    {line}" for line in block.split("\n")[1:-1]]
            continue
        for line in block.split("\n"):
            if items and not line.lstrip().startswith("- "):
                items[-1] = _joined(items[-1], line.strip())
            else:
                items.append(line.rstrip())
        yield items


def _joined(before: str, after: str) -> str:
    """Put two lines of a paragraph together: with a blank between words, with none between Japanese."""
    return before + (" " if before[-1:].isascii() and after[:1].isascii() else "") + after


def _item(item: str, width: int) -> Iterator[str]:
    """Fold a paragraph, or a list item with its lines hanging under its text."""
    bullet = re.match(r"\s*(- )?", item)
    hang = " " * columns(bullet.group()) if bullet else ""
    first, *more = fold(item[len(hang) :], max(width - len(hang), 20))
    yield (bullet.group() if bullet else "") + first
    yield from (hang + line for line in more)
