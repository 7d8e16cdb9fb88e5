"""The table of the whole guide."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msglint.guide.decode import Either, Field, Kind, ListOf, Record
from msglint.guide.model import Content, Drift, Guide, Override, Place, RuleSetting
from msglint.guide.scalars import DAY, FLAG, LEVEL, TEXT, VERSION, choice, number
from msglint.guide.sections import CLAIM, FACT, GLOBS, PERSONA, PHRASES, SOME_GLOBS, STAGE, TERM, TEXTS, in_force
from msglint.guide.sections_sales import BRAND, HANDOFF, IMPORTS, SHEETS
from msglint.model import Option, Text

Catalogue = Mapping[str, tuple[Option, ...]]
"""The rules a guide may name, each with its options."""

CONTENT = Record(
    (
        Field(
            "include",
            GLOBS,
            Text("記事のパターン。このファイルから見たパスで書く。", "Globs of the articles, relative to this file."),
        ),
        Field("exclude", GLOBS, Text("記事から除くパターン。", "Globs of what is no article.")),
    ),
    of=Content,
)

DRIFT = Record(
    (
        Field(
            "encoder",
            TEXT,
            Text(
                "`builtin`か、Sentence Transformersのモデル名かフォルダー。",
                "`builtin`, or a Sentence Transformers model's name or folder.",
            ),
        ),
        Field(
            "contradiction_model",
            TEXT._replace(nullable=True),
            Text(
                "矛盾を判定するモデルの名前かフォルダー。`null`ならmsglint自身が判定する。",
                "An NLI cross-encoder's name or folder; `null`: msglint's own reading of polarity.",
            ),
        ),
        Field(
            "false_positive_rate",
            number(0, 1),
            Text(
                "主張に沿った節のうち、誤って指摘されてもよい割合。",
                "The share of on-message sections one accepts to see flagged.",
            ),
        ),
        Field(
            "reference",
            SOME_GLOBS,
            Text(
                "主張に沿っている手本の記事。省略するとすべての記事。",
                "Globs of articles that are on message by definition; all when absent.",
            ),
        ),
    ),
    of=Drift,
)


def option_kind(option: Option) -> Kind:
    """Return the kind of value that an option of a rule takes."""
    if option.type is bool:
        return FLAG
    if option.type in (int, float, Decimal):
        return number(whole=option.type is int)
    return ListOf(TEXT) if option.type in (tuple, list) else TEXT


def rules_table(catalogue: Catalogue) -> Record:
    """Return the table of `rules`: each rule's severity, or a mapping of it and the rule's options."""
    severity = Field("severity", LEVEL, Text("重大度。`off`は使わない。", "How bad it is; `off` switches it off."))

    def setting(options: tuple[Option, ...]) -> Either:
        own = tuple(Field(o.name, option_kind(o), o.description, default=o.default) for o in options)
        return Either(LEVEL, Record((severity, *own)), lift=lambda level: {"severity": level})

    about = Text("重大度。または、重大度とオプションの組。", "Its severity, or a mapping of severity and options.")
    rules = tuple(Field(name, setting(options), about) for name, options in sorted(catalogue.items()))
    return Record(rules, make=_settings, noun=Text("ルール", "rule"))


def _settings(values: dict[str, dict[str, Any]], _: Place) -> tuple[RuleSetting, ...]:
    return tuple(
        RuleSetting(rule, said.get("severity"), tuple((name, said[name]) for name in said if name != "severity"))
        for rule, said in values.items()
    )


def override_table(rules: Record) -> Record:
    """Return the table of an entry of `overrides`."""
    return Record(
        (
            Field("paths", SOME_GLOBS, Text("対象の記事のパターン。", "Globs of the articles meant.")),
            Field(
                "before",
                DAY,
                Text(
                    "記事の`updated`(なければ`date`)がこの日より前なら対象。",
                    "Meant are articles whose `updated` (or `date`) is before this day.",
                ),
            ),
            Field("rules", rules, Text("ここで変えるルール。", "The rules changed here."), default={}),
        ),
        of=Override,
        make=lambda values, _: Override(values.pop("rules", ()), **values),
    )


def guide_table(catalogue: Catalogue) -> Record:
    """Return the table of a guide whose `rules` and `overrides` may name the rules of `catalogue`."""
    rules = rules_table(catalogue)
    fields = (
        Field("version", VERSION, Text("ガイドの書式の版。", "The version of the guide's format."), required=True),
        Field("name", TEXT, Text("ガイドの名前。", "The guide's name."), required=True),
        Field(
            "language",
            choice("ja", "en"),
            Text("記事の言語。メッセージの言語もこれに従う。", "The content's language, and that of messages."),
        ),
        Field(
            "extends",
            TEXTS,
            Text(
                "取り込むガイドや辞書(このファイルから見たパス、または`msglint:`の同梱パック)。後のものが優先する。",
                "Guides or dictionaries to build on: paths relative to this file, or `msglint:NAME`; later ones win.",
            ),
            default=(),
        ),
        Field(
            "plugins",
            FLAG,
            Text(
                "インストール済みパッケージのルールや形式も使うか。",
                "Whether installed packages' rules, parsers and reporters are used too.",
            ),
        ),
        Field("content", CONTENT, Text("どのファイルが記事か。", "Which files are articles.")),
        Field(
            "stages", ListOf(STAGE, by="id"), Text("購買までの段階。並び順に進む。", "The buyer's journey, in order.")
        ),
        Field("personas", ListOf(PERSONA, by="id"), Text("想定する読者。", "The readers written for.")),
        Field("claims", ListOf(CLAIM, by="id"), Text("記事が伝える主張。", "The key messages.")),
        Field("facts", ListOf(FACT, by="id"), Text("記事に書ける数値。", "The figures articles may state.")),
        Field("terms", ListOf(TERM, by="term"), Text("用語。", "The words for things.")),
        Field("banned", PHRASES, Text("使わない表現。", "The phrasings not to be used.")),
        Field("sheets", SHEETS, Text("営業資料。キーは資料のid。", "The sales sheets, by their id."), default={}),
        Field("brand", BRAND, Text("資料の見た目。", "How the sheets look.")),
        Field("handoff", HANDOFF, Text("リードを営業に渡す条件。", "The agreed definition of a handed-over lead.")),
        Field("imports", IMPORTS, Text("CRMの書き出しの読み方。", "How exports of the CRM are read.")),
        Field("drift", DRIFT, Text("主張からのずれの測り方。", "How drift from the messages is measured.")),
        Field("rules", rules, Text("ルールごとの設定。", "The settings of rules."), default={}),
        Field(
            "overrides",
            ListOf(override_table(rules)),
            Text("一部の記事だけの設定。後のものが優先する。", "Settings for some articles; the last match wins."),
        ),
    )
    return Record(fields, of=Guide, make=_guide)


def _guide(values: dict[str, Any], _: Place) -> Guide:
    own = {key: value for key, value in values.items() if key not in ("version", "extends")}
    return Guide(**{**own, "banned": in_force(own.get("banned", ()))})
