"""Writes docs/messaging.schema.json and docs/guide.md from the tables that read the guide; `--check` only compares."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msglint.guide.decode import Either, Field, Kind, ListOf, MapOf, Record
from msglint.guide.schema import plain_default, schema
from msglint.guide.table import Catalogue, guide_table, option_kind
from msglint.model import Text
from msglint.rule import catalogue, discover

DOCS = Path(__file__).parent.parent / "docs"

HEAD = """\
<!-- tools/gen_guide_docs.pyが書き出したページです。直接編集しないでください。 / Generated; do not edit. -->

# `messaging.yaml`のキー / The keys of `messaging.yaml`

ガイドに書けるすべてのキーです。ここにないキーを書くとエラーになります。キーと数値は、書いたとおりの文字で読み取ります
(`010`も`2026-10`も文字列として使えます)。エディターで補完するには、`messaging.schema.json`を指定してください。

Every key a guide may have; any other is an error. Keys and numbers are read as they are written (`010` and `2026-10`
are fine as text). For completion in an editor, point it to `messaging.schema.json`.

取り込んだもの(`extends`)には、次の順で重ねます。同じid・用語・表現の項目は後のもので置き換え、キーと値の組はキーごとに後のもの
が優先し、`overrides`は続けて並べます。取り込む側のガイドがいちばん優先します。`plugins`は取り込む側の指定だけが有効です。
ファイルのパスはそれを書いたファイルから、パターンは取り込む側のガイドから見たものです。

What a guide `extends` is laid under it: an entry of the same id, term or phrase replaces the earlier one, mappings are
joined key by key, `overrides` follow one another, and the guide itself wins over all. Only the guide's own `plugins`
counts. Paths of files are relative to the file they stand in, globs to the guide.
"""


def pages(rules: Catalogue) -> dict[Path, str]:
    """Return the generated files' contents by path."""
    return {
        DOCS / "messaging.schema.json": json.dumps(schema(rules), ensure_ascii=False, indent=2) + "\n",
        DOCS / "guide.md": "\n".join([HEAD, *_sections(guide_table(rules)), *_rules(rules)]),
    }


def _sections(guide: Record) -> Iterator[str]:
    """Yield a table for each kind of mapping, each once, the outer before the inner."""
    waiting, shown = [("", guide)], {id(guide)}
    while waiting:
        path, record = waiting.pop(0)
        yield f"## {f'`{path}`' if path else 'ガイド / The guide'}\n"
        yield "| キー / key | 型 / type | 必須 / required | 既定値 / default | 説明 / description |"
        yield "| --- | --- | --- | --- | --- |"
        inner = []
        for field in record.fields:
            yield _row(record, field)
            for way, found in _records(field.kind):
                if field.key != "rules" and id(found) not in shown:
                    shown.add(id(found))
                    inner.append((f"{path}.{field.key}{way}".lstrip("."), found))
        waiting[:0] = inner
        yield ""


def _records(kind: Kind) -> Iterator[tuple[str, Record]]:
    match kind:
        case Record():
            yield "", kind
        case ListOf():
            yield from ((f"[]{way}", found) for way, found in _records(kind.item))
        case MapOf():
            yield from ((f".*{way}", found) for way, found in _records(kind.value))
        case Either():
            yield from _records(kind.longer)


def _row(record: Record, field: Field) -> str:
    label = Text("[ルール](#rules)の設定", "settings of rules") if field.key == "rules" else field.kind.label
    required = "✓" if field.required else ""
    default = "" if field.required else _default(record.default(field))
    return f"| `{field.key}` | {_both(label)} | {required} | {default} | {_both(field.about)} |"


def _both(text: Text) -> str:
    return f"{text.ja}<br>{text.en}".replace("|", "\\|")


def _default(value: Any) -> str:
    plain = plain_default(value)
    return "" if plain is None else f"`{json.dumps(plain, ensure_ascii=False)}`"


def _rules(rules: Catalogue) -> Iterator[str]:
    yield "## `rules`\n"
    yield "ルールの名前ごとに`error`、`warning`、`info`、`off`のどれか、または`severity`とオプションの組を書きます。\n"
    yield "For each rule `error`, `warning`, `info` or `off`, or a mapping of `severity` and the rule's options.\n"
    yield "| ルール / rule | オプション / option | 型 / type | 既定値 / default | 説明 / description |"
    yield "| --- | --- | --- | --- | --- |"
    for name, options in sorted(rules.items()):
        if not options:
            yield f"| `{name}` | | | | |"
        for o in options:
            kind = _both(option_kind(o).label)
            yield f"| `{name}` | `{o.name}` | {kind} | {_default(o.default)} | {_both(o.description)} |"
    yield ""


def main(arguments: list[str]) -> int:
    """Write the pages; with `--check` write nothing and return 1 when one is stale."""
    wanted = pages(catalogue(discover()))
    if arguments == ["--check"]:
        stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
        for path in stale:
            print(f"docs/{path.name}: stale; run python tools/gen_guide_docs.py", file=sys.stderr)
        return 1 if stale else 0
    for path, text in wanted.items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
