"""The tables of what is said: stages, personas, claims, facts, terms, banned phrases."""

from __future__ import annotations

from typing import Any

from msglint.guide.decode import Either, Field, ListOf, Record
from msglint.guide.model import Caveat, Claim, Fact, FactValue, Globs, Persona, Phrase, Place, Scope, Stage, Term
from msglint.guide.scalars import DAY, FLAG, GLOB, LEVEL, REMARK, TEXT, choice, number
from msglint.model import Text

TEXTS = ListOf(TEXT)
SOME_TEXTS = ListOf(TEXT, least=1)
TEXT_OR_TEXTS = Either(TEXT, SOME_TEXTS, lift=lambda text: (text,))


def _globs(patterns: tuple[str, ...], _: Place) -> Globs:
    return Globs(patterns)


GLOBS = ListOf(GLOB, make=_globs)
SOME_GLOBS = ListOf(GLOB, make=_globs, least=1)

SCOPE = (
    Field(
        "personas",
        SOME_TEXTS,
        Text("対象のペルソナのid。省略するとすべて。", "Ids of the personas meant; all when absent."),
    ),
    Field(
        "stages",
        SOME_TEXTS,
        Text("対象のステージのid。省略するとすべて。", "Ids of the stages meant; all when absent."),
    ),
    Field(
        "paths",
        SOME_GLOBS,
        Text("対象の記事のパターン。省略するとすべて。", "Globs of the articles meant; all when absent."),
    ),
)

STAGE = Record(
    (
        Field(
            "id",
            TEXT,
            Text("記事の`stage`に書く名前。", "The name that articles give as their `stage`."),
            required=True,
        ),
        Field("name", REMARK, Text("読む人のための名前。", "Its name for people.")),
    ),
    of=Stage,
)


def _phrase(values: dict[str, Any], place: Place) -> Phrase:
    scope = Scope(values.pop("personas", None), values.pop("stages", None), values.pop("paths", None))
    return Phrase(**values, scope=scope, place=place)


PHRASE = Record(
    (
        Field("phrase", TEXT, Text("使わない表現。", "The phrasing not to be used."), required=True),
        Field(
            "match",
            choice("lemma", "exact", "regex"),
            Text(
                "探し方。`lemma`は活用や表記の違いも、`exact`は書いたとおりの文字だけを、`regex`は正規表現で探す。",
                "How it is found: `lemma` in every conjugation and spelling, `exact` as written, `regex` as a regular "
                "expression.",
            ),
        ),
        Field(
            "severity",
            LEVEL,
            Text(
                "重大度。省略するとルールの重大度。`off`は取り込んだ同じ表現を外す。",
                "How bad it is; the rule's severity when absent. `off` switches off an inherited entry of this phrase.",
            ),
        ),
        Field("reason", REMARK, Text("使えない理由。執筆者に表示する。", "Why, for the writer.")),
        Field(
            "use",
            TEXT,
            Text("代わりに使う表現。", "What to write instead; offered as a fix where it can be put in as it is."),
        ),
        Field(
            "unless",
            ListOf(choice("negated", "quoted")),
            Text(
                "見逃す場合。`negated`は打ち消されているとき、`quoted`は引用のとき。",
                "When it passes: `negated`, or `quoted`.",
            ),
        ),
        *SCOPE,
    ),
    of=Phrase,
    make=_phrase,
)
PHRASES = ListOf(PHRASE, by="phrase", once=False)


def in_force(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Return the phrases that are not switched off."""
    return tuple(p for p in phrases if p.severity != "off")


def _persona(values: dict[str, Any], _: Place) -> Persona:
    return Persona(**{**values, "avoid": in_force(values.get("avoid", ()))})


PERSONA = Record(
    (
        Field(
            "id",
            TEXT,
            Text("記事の`persona`に書く名前。", "The name that articles give as their `persona`."),
            required=True,
        ),
        Field("name", REMARK, Text("読む人のための名前。", "Their name for people.")),
        Field(
            "challenges",
            TEXTS,
            Text("この読者が抱える課題。文で書く。", "What this reader struggles with, as sentences."),
        ),
        Field(
            "register",
            choice("polite", "plain"),
            Text(
                "文体。`polite`は「です・ます」、`plain`は「だ・である」。",
                "The register: `polite` (です・ます) or `plain` (だ・である).",
            ),
        ),
        Field(
            "avoid",
            PHRASES,
            Text(
                "このペルソナ向けの記事だけで使わない表現。`banned`と同じ書き方。",
                "Like `banned`, for this persona's articles only.",
            ),
        ),
    ),
    of=Persona,
    make=_persona,
)


def _scope(values: dict[str, Any], _: Place) -> Scope:
    return Scope(**values)


CLAIM = Record(
    (
        Field("id", TEXT, Text("主張の名前。", "The name of the claim."), required=True),
        Field("statement", TEXT, Text("主張を1文で。", "The claim in one sentence."), required=True),
        Field("paraphrases", TEXTS, Text("同じことを言う別の文。", "Other sentences that say the same.")),
        Field("contradictions", TEXTS, Text("反対のことを言う文。", "Sentences that say the opposite.")),
        Field(
            "required_for",
            Record(SCOPE, of=Scope, make=_scope),
            Text(
                "この主張を必ず載せる記事。キーがなければ必須にしない。`{}`はすべての記事。",
                "The articles that have to carry it: none when the key is absent, all for `{}`.",
            ),
        ),
        Field("evidence", TEXTS, Text("根拠になる`facts`のid。", "Ids of the `facts` that support it.")),
    ),
    of=Claim,
)


def _value(values: dict[str, Any], _: Place) -> FactValue:
    low, high = (values["value"],) * 2 if "value" in values else (values["from"], values["to"])
    return FactValue(low, high, values.get("unit", ""), values.get("as_of"))


_FIGURE = number(unit=True)
FACT_VALUE = Record(
    (
        Field("value", _FIGURE, Text("数値。", "The figure.")),
        Field("from", _FIGURE, Text("範囲の下限。`to`と組で書く。", "The lower end of a range; goes with `to`.")),
        Field("to", _FIGURE, Text("範囲の上限。", "The upper end of a range.")),
        Field("unit", REMARK, Text("単位(`%`、`社`、`時間`など)。", "The unit (`%`, `社`, `時間` …).")),
        Field("as_of", number(1, 9999, whole=True), Text("何年の数値か。", "The year the figure is of.")),
    ),
    of=FactValue,
    make=_value,
    one_of=(("value",), ("from", "to")),
)

CAVEAT = Record(
    (
        Field("text", TEXT, Text("注意書きの文。", "The caveat."), required=True),
        Field(
            "patterns",
            TEXTS,
            Text(
                "どれか1つがあれば注意書きとみなす語句。省略すると`text`そのもの。",
                "Any of these counts as the caveat; the text itself always does.",
            ),
        ),
    ),
    of=Caveat,
)

FACT = Record(
    (
        Field("id", TEXT, Text("事実の名前。", "The name of the fact."), required=True),
        Field("subject", TEXT, Text("何の数値か。", "What the figure is about."), required=True),
        Field(
            "keywords",
            ListOf(TEXT_OR_TEXTS, least=1),
            Text(
                "この事実の話だとわかる語句。どれか1つがあればよい。リストにした語句は同じ文にすべて要る。",
                "The words that show an article speaks of it: any entry; of an inner list all, in one sentence.",
            ),
            required=True,
        ),
        Field(
            "values",
            ListOf(FACT_VALUE, least=1),
            Text(
                "登録する数値。`value`か、`from`と`to`を書く。", "The registered figures: `value`, or `from` and `to`."
            ),
            required=True,
        ),
        Field(
            "bound",
            choice("exact", "at_least", "over", "at_most", "under", "about"),
            Text(
                "数値の意味。ちょうど、以上、超、以下、未満、約。",
                "What the figure bounds.",
            ),
        ),
        Field(
            "source",
            TEXT,
            Text("出典。同じ節に書いてもらう。", "The source, to be named in the section."),
            required=True,
        ),
        Field("source_required", FLAG, Text("出典を求めるか。", "Whether the source has to be named.")),
        Field(
            "source_patterns",
            TEXTS,
            Text(
                "どれか1つがあれば出典を書いたとみなす語句。省略すると`source`そのもの。",
                "What counts as naming the source; the source itself when absent.",
            ),
        ),
        Field("caveat", CAVEAT, Text("数値の近くに要る注意書き。", "What has to stand near the figure.")),
        Field("review_by", DAY, Text("この日を過ぎたら数値を見直す。", "After this day the figure is stale.")),
    ),
    of=Fact,
)


def _term(values: dict[str, Any], place: Place) -> Term:
    return Term(**values, place=place)


TERM = Record(
    (
        Field("term", TEXT, Text("正しい用語。", "The word to be used."), required=True),
        Field(
            "expansion",
            TEXT_OR_TEXTS,
            Text(
                "略語の正式名。記事での初出に求める。リストにすればどれでもよい。",
                "The full form, asked for at the first use in an article; any of a list.",
            ),
        ),
        Field("definition", REMARK, Text("用語の定義。", "What it means.")),
        Field("variants", TEXTS, Text("使わずに用語へ直す書き方。", "What not to write; fixed to the term.")),
    ),
    of=Term,
    make=_term,
)
