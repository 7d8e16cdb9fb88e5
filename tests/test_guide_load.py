"""A guide's values: the whole example, defaults, and what is read as it is written."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from guide_sample import CATALOGUE, EXAMPLE, FOLDER, HEAD, load

from msglint.guide.load import load_guide
from msglint.guide.model import (
    Caveat,
    Claim,
    Content,
    Drift,
    Fact,
    FactValue,
    Globs,
    Guide,
    Override,
    Persona,
    Phrase,
    Place,
    PrhRule,
    RuleSetting,
    Scope,
    Stage,
    Term,
)
from msglint.guide.sales import (
    ActionRule,
    Agreement,
    Brand,
    Calendar,
    FitRule,
    Handoff,
    Imports,
    Mql,
    Response,
    SheetKind,
)
from msglint.model import Option, Severity, Source, Text


@pytest.fixture(scope="module")
def example() -> Guide:
    """Return the example with everything in it."""
    dictionary = "dictionaries/terms.prh.yml"
    return load(EXAMPLE, {dictionary: (FOLDER / dictionary).read_bytes()})


def test_example_messages(example: Guide) -> None:
    assert (example.name, example.language, example.plugins) == ("営業連携コンテンツ メッセージングガイド", "ja", False)
    assert example.content == Content(Globs(("content/**/*.md",)), Globs(("content/drafts/**",)))
    assert example.stages == (
        Stage("awareness", "認知向上"),
        Stage("problem", "課題喚起"),
        Stage("comparison", "比較検討"),
    )
    assert example.personas == (
        Persona(
            "marketing-manager",
            "BtoB企業のマーケティング責任者",
            ("リードは増えたが商談につながらない",),
            "polite",
            (Phrase("御社", use="貴社", place=Place("messaging.yaml", 27, 9)),),
        ),
    )
    assert example.claims == (
        Claim(
            "consistent-message",
            "全コンテンツで一貫したメッセージを発信する仕組みが、商談化率を高める",
            ("どの記事を読んでも主張がぶれないことが、質の高い商談を生む",),
            ("記事ごとに訴求が違っていても商談化率には影響しない",),
            Scope(("marketing-manager",), ("problem", "comparison")),
            ("crm-adoption",),
        ),
    )


def test_example_facts_and_words(example: Guide) -> None:
    assert example.facts == (
        Fact(
            "crm-adoption",
            "日本企業のCRM導入率",
            (("CRM導入率",), ("CRM", "導入率")),
            (
                FactValue(Decimal("37.2"), Decimal("37.2"), "%", 2024),
                FactValue(Decimal("36.2"), Decimal("36.2"), "%", 2023),
            ),
            "HubSpot調査",
            "exact",
            True,
            ("HubSpot",),
            Caveat("HubSpot独自調査のため、サンプル規模や業種構成による偏りの可能性がある", ("独自調査", "偏り")),
            date(2027, 3, 31),
        ),
    )
    assert example.terms == (
        Term(
            "MQL",
            ("Marketing Qualified Lead",),
            "属性と行動のスコアでマーケティング部門が判定した、購買意欲が初期から中期の見込み顧客",
            ("マーケティング適格リード",),
            Place("messaging.yaml", 53, 5),
        ),
        Term("リードナーチャリング", variants=("リード育成", "ナーチャリング"), place=Place("messaging.yaml", 57, 5)),
    )
    assert (
        Phrase(
            "必ず成果が出る",
            "lemma",
            Severity.ERROR,
            "成果を保証する表現は使えない",
            "成果につながりやすい",
            ("negated", "quoted"),
            Scope(stages=("awareness",)),
            Place("messaging.yaml", 61, 5),
        )
        == example.banned[-1]
    )
    assert len(example.banned) > 1, "the pack's phrases are there too"
    assert [(rule.expected, rule.place) for rule in example.prh] == [
        ("ウェブ会議", Place("dictionaries/terms.prh.yml", 3, 5))
    ]
    assert isinstance(example.prh[0], PrhRule)


def test_example_sales(example: Guide) -> None:
    assert example.sheets == (
        SheetKind(
            "one-pager",
            "{{ article.title }}",
            ("summary", "problem", "proof", "objection", "talk-track", "diagram", "next-step"),
            ("summary", "proof"),
            ("html", "pdf", "pptx"),
            1,
            6,
            (("html", "templates/sheet.html.j2"), ("pptx", "templates/company.pptx")),
        ),
    )
    assert example.brand == Brand("株式会社サンプル", "assets/logo.svg", "#0b5fa5", "BIZ UDPGothic")
    assert example.handoff == Handoff(
        "2026-10",
        Mql(
            Decimal(80),
            (
                FitRule("employees", "at_least", Decimal(300), Decimal(20)),
                FitRule("industry", "in", ("製造業", "情報通信業"), Decimal(10)),
                FitRule("email", "matches", r"@(gmail|yahoo)\.", Decimal(-20)),
            ),
            (
                ActionRule("資料ダウンロード", Decimal(5), True, Decimal(15), Decimal(90)),
                ActionRule("セミナー参加", Decimal(15), half_life_days=Decimal(180)),
                ActionRule("価格ページ閲覧", Decimal(30), half_life_days=Decimal(30)),
            ),
            ("価格ページ閲覧",),
        ),
        date(2026, 10, 1),
        Agreement("マーケティング部長", "営業部長", date(2026, 9, 25)),
        3,
        Response(Decimal(24), "business"),
        Calendar(("mon", "tue", "wed", "thu", "fri"), "09:00-18:00", "holidays.csv"),
        Decimal("0.30"),
    )
    assert example.imports == Imports("Asia/Tokyo", (("受注", "won"), ("失注", "lost"), ("提案中", "open")))
    assert example.drift == Drift("builtin", None, Decimal("0.05"), Globs(("content/reference/**",)))


def test_example_rules(example: Guide) -> None:
    assert example.rules == (
        RuleSetting("term-variant", Severity.WARNING),
        RuleSetting("near-duplicate", Severity.INFO, (("similarity", Decimal("0.95")),)),
    )
    assert example.overrides == (
        Override((RuleSetting("claim-missing", "off"),), paths=Globs(("content/news/**",))),
        Override((RuleSetting("register", "off"), RuleSetting("term-variant", Severity.INFO)), before=date(2026, 1, 1)),
    )


def test_all_but_version_and_name_has_a_default() -> None:
    guide = load(HEAD)
    assert guide == Guide("試験用", digest=guide.digest)
    assert len(guide.digest) == 64


def test_entries_need_no_more_than_their_names() -> None:
    guide = load(
        HEAD + "stages: [{id: s}]\npersonas: [{id: p}]\nclaims: [{id: c, statement: 主張}]\nterms: [{term: t}]\n"
        "facts: [{id: f, subject: s, keywords: [k], values: [{value: 1}], source: 出典}]\nbanned: [{phrase: b}]\n"
        "sheets: {one: {}}\nbrand: {}\nhandoff: {}\nimports: {}\ndrift: {}\noverrides: [{}]\ncontent: {}\n"
    )
    assert guide.stages == (Stage("s"),)
    assert guide.personas == (Persona("p"),)
    assert guide.claims == (Claim("c", "主張"),)
    assert guide.facts == (Fact("f", "s", (("k",),), (FactValue(Decimal(1), Decimal(1)),), "出典"),)
    assert guide.sheets == (SheetKind("one"),)
    assert guide.handoff == Handoff()
    assert guide.overrides == (Override(()),)
    assert (guide.brand, guide.imports, guide.drift, guide.content) == (Brand(), Imports(), Drift(), Content())


def test_texts_are_read_as_written() -> None:
    guide = load(
        HEAD.replace("試験用", "010") + "stages: [{id: 010}, {id: 2026-10}, {id: no}, {id: 1.0}, {id: 1.00}]\n"
        "handoff: {revision: 2026-10-01, mql: {fit: [{field: 1e3, equals: 0300}]}}\nimports: {stages: {off: open}}\n"
        "banned: [{phrase: 'null'}, {phrase: 100%}, {phrase: 2026-02-30}]\nsheets: {yes: {sections: [on]}}\n"
    )
    assert guide.name == "010"
    assert [stage.id for stage in guide.stages] == ["010", "2026-10", "no", "1.0", "1.00"]
    assert guide.handoff is not None
    assert guide.handoff.revision == "2026-10-01"
    assert guide.handoff.mql.fit == (FitRule("1e3", "equals", "0300"),)
    assert guide.imports.stages == (("off", "open"),)
    assert [phrase.phrase for phrase in guide.banned] == ["null", "100%", "2026-02-30"]
    assert [(sheet.id, sheet.sections) for sheet in guide.sheets] == [("yes", ("on",))]


def test_numbers_keep_every_digit() -> None:
    guide = load(
        HEAD + "facts:\n- id: f\n  subject: s\n  keywords: [k]\n  source: x\n  values:\n"
        "  - {value: 37.20, unit: '%'}\n  - {value: -010}\n  - {value: '+1.0'}\n"
        "  - {from: 2, to: 5, unit: 点, as_of: 2024}\n"
    )
    assert [str(value.low) for value in guide.facts[0].values] == ["37.20", "-10", "1.0", "2"]
    assert guide.facts[0].values[3] == FactValue(Decimal(2), Decimal(5), "点", 2024)


def test_required_for_nothing_named_is_required_for_all() -> None:
    guide = load(
        HEAD + "claims:\n- {id: a, statement: x}\n- {id: b, statement: y, required_for: {}}\n"
        "- {id: c, statement: z, required_for: {paths: ['blog/**']}}\n"
    )
    assert [claim.required_for for claim in guide.claims] == [None, Scope(), Scope(paths=Globs(("blog/**",)))]


def test_severities_and_options() -> None:
    guide = load(
        HEAD + "rules:\n  register: off\n  banned-phrase: false\n  claim-missing: {}\n"
        "  near-duplicate: {similarity: 0.9}\n"
        "  term-variant: {severity: 'off', spellings: no, least: 3, skip: [a, 1], style: long}\n"
    )
    assert guide.rules == (
        RuleSetting("register", "off"),
        RuleSetting("banned-phrase", "off"),
        RuleSetting("claim-missing"),
        RuleSetting("near-duplicate", None, (("similarity", Decimal("0.9")),)),
        RuleSetting(
            "term-variant", "off", (("spellings", False), ("least", 3), ("skip", ("a", "1")), ("style", "long"))
        ),
    )
    assert guide.setting("near-duplicate").options == (("similarity", Decimal("0.9")),)


def test_an_expansion_may_be_one_or_several() -> None:
    guide = load(HEAD + "terms:\n- {term: A, expansion: x}\n- {term: B, expansion: [y, z]}\n")
    assert [term.expansion for term in guide.terms] == [("x",), ("y", "z")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_bom_and_line_ends_change_nothing_but_the_digest(bom: str, end: str) -> None:
    guide = load((bom + HEAD + "terms:\n- {term: 😀MQL}\n").replace("\n", end))
    assert guide.terms == (Term("😀MQL", place=Place("messaging.yaml", 4, 3)),)


@pytest.mark.parametrize(
    ("path", "root"), [("messaging.yaml", "."), ("site/guide.yaml", "site"), ("../m.yaml", ".."), ("./m.yaml", ".")]
)
def test_root_is_the_folder_of_the_guide(path: str, root: str) -> None:
    guide = load(HEAD, path=path)
    assert (guide.path, guide.root) == (path, root)


def test_digest_changes_with_every_byte_of_every_file() -> None:
    text = HEAD + "extends: [a.yaml]\n"
    one, two = (load(text, {"a.yaml": HEAD + tail}).digest for tail in ("", "# x\n"))
    assert len({one, two, load(text + "\n", {"a.yaml": HEAD}).digest}) == 3
    assert one == load(text, {"a.yaml": HEAD}).digest


def test_loading_imports_nothing_that_costs() -> None:
    code = (
        "import sys, msglint.guide.load; "
        "print({'yaml', 'pathspec', 'regex', 'difflib', 'numpy', 'zoneinfo', 'importlib.resources'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "set()\n"


def test_a_sheet_may_require_a_kind_that_it_does_not_show() -> None:
    guide = load(HEAD + "sheets: {a: {sections: [diagram], required: [diagram, next-step]}}\n")
    assert guide.sheets == (SheetKind("a", sections=("diagram",), required=("diagram", "next-step")),)


@pytest.mark.parametrize(("said", "asked"), [("true", True), ("yes", True), ("false", False)])
def test_plugins_are_asked_for_rules_only_when_the_guide_wants_them(said: str, asked: bool) -> None:
    calls = []

    def plugins() -> dict[str, tuple[Option, ...]]:
        calls.append("asked")
        return {"house-style": (Option("level", int, 1, Text("説明", "about")),)}

    def read(path: str) -> bytes:
        raise FileNotFoundError(path)

    rules = "rules: {house-style: {level: 2}}\n" if asked else ""
    source = Source("messaging.yaml", f"{HEAD}plugins: {said}\n{rules}".encode())
    guide = load_guide(source, catalogue=CATALOGUE, read=read, plugins=plugins)
    assert (bool(calls), guide.plugins) == (asked, asked)
    assert guide.rules == ((RuleSetting("house-style", None, (("level", 2),)),) if asked else ())


@pytest.mark.parametrize(("language", "said"), [("ja", "使いません"), ("en", "is not used")])
def test_notes_of_a_dictionary_are_in_the_guides_language(language: str, said: str) -> None:
    dictionary = "version: 1\ntargets: []\nrules: [Web]\n"
    (note,) = load(HEAD + f"language: {language}\nextends: [prh.yml]\n", {"prh.yml": dictionary}).notes
    assert note.startswith("prh.yml:2:")
    assert said in note
