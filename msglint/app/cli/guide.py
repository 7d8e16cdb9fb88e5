"""`msglint guide`: the guide by itself."""

from __future__ import annotations

import os

import click

from msglint.app.cli import options
from msglint.app.cli.files import relative
from msglint.app.cli.output import print_data, print_text
from msglint.app.cli.project import open_project, read_named, working_folder
from msglint.app.cli.speech import Command, Group, Speaker
from msglint.guide.model import Guide, PrhRule, PrhSpec
from msglint.model import Problem, Source, Text

_MEMBERS = {
    "check": (f"{__name__}:check", Text("ガイドに誤りがないか調べます。", "Check the guide for mistakes.")),
    "test": (f"{__name__}:test", Text("prh辞書の用例(specs)を試します。", "Try the specs of prh dictionaries.")),
    "schema": (f"{__name__}:schema", Text("ガイドのJSON Schemaを出力します。", "Print the JSON Schema of a guide.")),
}


@click.command(
    "guide", cls=Group, members=_MEMBERS, about=Text("ガイドだけを調べます。", "Looks at the guide by itself.")
)
@options.language
def guide() -> None:
    """Do nothing by itself."""


@click.command(
    "check",
    cls=Command,
    about=Text(
        "ガイドと、それが取り込む辞書を調べ、誤りをすべて表示します。",
        "Checks the guide and what it extends, and lists all that is wrong.",
    ),
)
@options.guide
@options.common
@click.pass_obj
def check(speaker: Speaker, guide: str | None) -> int:
    """Say that the guide can be used, and what it holds; raises InputInvalid when it cannot."""
    loaded = open_project(speaker, guide).guide
    for note in loaded.notes:
        speaker.line(note)
    if not speaker.quiet:
        print_text(f"{contents(loaded).in_(speaker.language)}\n")
    return 0


def contents(guide: Guide) -> Text:
    """Return one line that counts what the guide holds."""
    phrases = len(guide.banned) + sum(len(persona.avoid) for persona in guide.personas)
    counted = [
        (Text("ペルソナ", "personas"), len(guide.personas)),
        (Text("ステージ", "stages"), len(guide.stages)),
        (Text("主張", "claims"), len(guide.claims)),
        (Text("数値", "facts"), len(guide.facts)),
        (Text("用語", "terms"), len(guide.terms) + len(guide.prh)),
        (Text("使わない表現", "phrases not to use"), phrases),
    ]
    ja = "、".join(f"{name.ja}{number}" for name, number in counted)
    en = ", ".join(f"{name.en} {number}" for name, number in counted)
    return Text(f"{guide.path}: 問題ありません({ja})。", f"{guide.path}: OK ({en}).")


@click.command(
    "test",
    cls=Command,
    about=Text(
        "prh辞書の用例(specs)をすべて試し、from が to にならないものを表示します。\n"
        "FILE は prh辞書です。何も指定しなければ、ガイドが取り込む辞書をすべて試します。\n"
        "終了コード: 0 はすべて成り立つ、1 は成り立たない用例がある、2 は使えない指定や辞書があった場合です。",
        "Tries all specs of prh dictionaries and lists those whose from does not become to.\n"
        "FILE is a prh dictionary. With none, all that the guide extends are tried.\n"
        "Exit status: 0 all hold, 1 some do not, 2 the call or a dictionary cannot be used.",
    ),
)
@click.argument("files", nargs=-1, metavar="[FILE]…")
@options.guide
@options.common
@click.pass_obj
def test(speaker: Speaker, files: tuple[str, ...], guide: str | None) -> int:
    """Try the specs and return the exit status."""
    from msglint.analysis.prh import failing_specs

    if files:
        rules = tuple(rule for file in files for rule in _dictionary(file, speaker))
    else:
        rules = open_project(speaker, guide).guide.prh
    failing = failing_specs(rules)
    for spec, got in failing:
        print_text(_failure(spec, got).line_in(speaker.language) + "\n")
    speaker.note(_outcome(sum(len(rule.specs) for rule in rules), len(failing)))
    return 1 if failing else 0


def _outcome(tried: int, failing: int) -> Text:
    if not tried:
        return Text("試す用例がありません。", "There are no specs to try.")
    if failing:
        return Text(f"用例{tried}件のうち{failing}件が成り立ちません。", f"{failing} of {tried} specs do not hold.")
    return Text(f"用例{tried}件がすべて成り立ちます。", f"All {tried} specs hold.")


def _dictionary(file: str, speaker: Speaker) -> tuple[PrhRule, ...]:
    from msglint.guide.prh import load_prh

    working = working_folder()
    shown = relative(os.path.normpath(working / file), working)
    content = read_named(working / file, Text(f"辞書 {shown}", f"the dictionary {shown}"))
    rules, notes = load_prh(
        Source(shown, content), read=lambda path: (working / path).read_bytes(), language=speaker.language
    )
    for note in notes:
        speaker.line(note)
    return rules


def _failure(spec: PrhSpec, got: str) -> Problem:
    return Problem(
        spec.place.path,
        spec.place.line,
        spec.place.column,
        Text(
            f"「{spec.before}」は「{spec.after}」になるはずですが、「{got}」になります。",
            f'"{spec.before}" should become "{spec.after}", but becomes "{got}".',
        ),
    )


@click.command(
    "schema",
    cls=Command,
    about=Text(
        "ガイドのJSON Schemaを出力します。エディターに読み込ませると、キーの補完と説明が使えます。",
        "Prints the JSON Schema of a guide, for editors to complete and explain its keys.",
    ),
)
@options.common
@click.pass_obj
def schema(speaker: Speaker) -> int:
    """Print the JSON Schema."""
    import json

    from msglint.guide.schema import schema as of
    from msglint.rule import catalogue, discover

    print_data(json.dumps(of(catalogue(discover())), ensure_ascii=False, indent=2) + "\n")
    return 0
