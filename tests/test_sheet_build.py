from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sheets import ARTICLE, GUIDE, HEAD, built, checked, only

from msglint.model import Found, Span
from msglint.sheet.approval import later
from msglint.sheet.inlines import safe_address
from msglint.sheet.model import (
    Approval,
    Block,
    Code,
    Diagram,
    FactUsed,
    Heading,
    Inline,
    KeyMessage,
    ListBlock,
    ListItem,
    Named,
    Paragraph,
    Quote,
    Table,
    Unrenderable,
    plain,
)
from msglint.sheet.said import version


def blocks(text: str) -> tuple[Block, ...]:
    """Return what a section of `text` becomes."""
    return only(f"{HEAD}::: sales summary\n\n{text}\n\n:::\n").sections[0].blocks


def test_a_sheet_holds_what_the_article_tags_in_the_order_of_the_sheet() -> None:
    sheet = only()
    assert (sheet.kind, sheet.name) == ("one-pager", "content/a/one-pager")
    assert (sheet.title, sheet.summary, sheet.pages) == ("記事の題", "どんな記事か。", 1)
    assert sheet.persona == Named("marketer", "マーケティング責任者", ("リードは増えたのに商談につながらない",))
    assert sheet.stage == Named("problem", "課題喚起")
    assert [(s.kind, s.title, plain(s.heading), s.line) for s in sheet.sections] == [
        ("summary", "要点", "", 11),
        ("proof", "根拠", "体制が薄いほど文書が要る", 18),
    ]
    assert sheet.sections[0].blocks == (
        ListBlock(
            (
                ListItem((Inline("主張を"), Inline("1つ", bold=True), Inline("にそろえます"))),
                ListItem((Inline("手順", href="https://example.com/steps"), Inline("は3つです"))),
            )
        ),
    )


def test_facts_are_those_of_the_tagged_sections_with_source_and_caveat() -> None:
    assert only().facts == (
        FactUsed("crm", "日本企業のCRM導入率", "37.2%(2024年)", "HubSpot調査", "独自調査のため偏りの可能性がある"),
    )
    off = only(ARTICLE, GUIDE + "rules: {fact-mismatch: off}\n")
    assert off.facts == only().facts


def test_both_years_of_a_fact_are_one_entry() -> None:
    text = ARTICLE.replace("独自調査のため偏り", "2023年のCRM導入率は36.2%でした。独自調査のため偏り")
    assert [f.value for f in only(text).facts] == ["37.2%(2024年)、36.2%(2023年)"]


def carried(**claims: float) -> Found:
    return Found(
        "a.md", "claim-missing", "section", {"claims": {id: [p, 0, 1] for id, p in claims.items()}}, 1.0, Span(0, 1)
    )


def test_the_key_message_is_the_claim_carried_most() -> None:
    statement, off = "主張を1つにそろえると商談化率が高まる", GUIDE + "rules: {claim-missing: off}\n"
    free = ARTICLE.replace("stage: problem", "stage: comparison")
    sheet = only(free, off, carried(one=0.8, loop=0.9), carried(one=0.7))
    assert sheet.key_message == KeyMessage("one", statement, 0.8)
    both = ARTICLE.replace("updated:", "claims: [loop, one]\nupdated:")
    assert only(both, off, carried(one=0.8, loop=0.9), carried(one=0.7)).key_message == sheet.key_message


def test_a_claim_that_is_expected_comes_before_one_carried_by_the_way() -> None:
    off = GUIDE + "rules: {claim-missing: off}\n"
    found = only(ARTICLE, off, carried(one=0.99, loop=0.6), carried(one=0.99)).key_message
    assert found == KeyMessage("loop", "商談で分かったことを記事に戻す", 0.6)


def test_without_measurement_it_is_the_first_promised_else_required() -> None:
    off = GUIDE + "rules: {claim-missing: off}\n"
    assert only(ARTICLE, off).key_message == KeyMessage("loop", "商談で分かったことを記事に戻す")
    promised = ARTICLE.replace("updated:", "claims: [one, loop]\nupdated:")
    assert only(promised, off, carried(one=0.3)).key_message == KeyMessage(
        "one", "主張を1つにそろえると商談化率が高まる"
    )
    elsewhere = ARTICLE.replace("stage: problem", "stage: comparison")
    assert only(elsewhere, off).key_message is None


def test_an_untagged_article_and_unknown_kinds_give_no_sheet() -> None:
    assert built(f"{HEAD}本文です。\n") == ()
    assert built(f"{HEAD}::: sales unheard-of\n\n本文です。\n\n:::\n") == ()
    assert built("") == ()
    assert built(f"{HEAD}::: sales summary\n:::\n") == ()


def test_further_sheets_need_their_required_kinds() -> None:
    more = GUIDE.replace(
        "brand:", "  leaflet: {sections: [proof], required: [proof]}\n  card: {sections: [proof]}\nbrand:"
    )
    assert [s.kind for s in built(ARTICLE, more)] == ["one-pager", "leaflet"]
    without = GUIDE[: GUIDE.index("sheets:")]
    assert [s.name for s in built(ARTICLE, without)] == ["content/a/one-pager"]


def test_inner_tags_are_not_the_outer_ones() -> None:
    sheet = only(
        f"{HEAD}## 全体 {{sales=summary}}\n\n外。\n\n<!-- sales: proof -->\n内。\n<!-- /sales -->\n\n外の続き。\n"
    )
    assert [(s.kind, [plain(b.content) for b in s.blocks if isinstance(b, Paragraph)]) for s in sheet.sections] == [
        ("summary", ["外。", "外の続き。"]),
        ("proof", ["内。"]),
    ]


def test_blocks() -> None:
    made = blocks(
        "一行目\n二行目と English\nwords。**「強調」**です`code` ~~消~~ 10~20人<br>後 ![図の説明](x.png)\n\n"
        "3. 三\n4. 四\n   - [x] 済み\n\n> 引用\n\n|a|b|\n|:-:|--:|\n|1|\n\n```python\nx = 1\n```\n\n"
        "#### 小見出し\n\n```mermaid\nflowchart LR\n```\n\n<div>囲み<script>alert(1)</script></div>\n\n- [ ] まだ"
    )
    (first, *_), last = made, made[-1]
    assert first == Paragraph(
        (
            Inline("一行目二行目と English words。"),
            Inline("「強調」", bold=True),
            Inline("です"),
            Inline("code", code=True),
            Inline(" "),
            Inline("消", struck=True),
            Inline(" 10~20人\n後 [図の説明]"),
        )
    )
    nested = ListBlock((ListItem((Inline("済み"),), (), True),))
    assert made[1:] == (
        ListBlock((ListItem((Inline("三"),)), ListItem((Inline("四"),), (nested,))), True, 3),
        Quote((Paragraph((Inline("引用"),)),)),
        Table(((Inline("a"),), (Inline("b"),)), (((Inline("1"),), ()),), ("center", "right")),
        Code("x = 1", "python"),
        Heading((Inline("小見出し"),), 1),
        Diagram("flowchart LR", 32, "小見出し"),
        Paragraph((Inline("囲み"),)),
        ListBlock((ListItem((Inline("まだ"),), (), False),)),
    )
    assert isinstance(last, ListBlock)


def test_footnotes_stand_at_the_end_of_their_section() -> None:
    sheet = only(f"{HEAD}::: sales summary\n\n本文[^b]です[^a]。\n\n:::\n\n[^a]: 一つ目の注。\n[^b]: 二つ目の注。\n")
    assert [plain(b.content) for b in sheet.sections[0].blocks if isinstance(b, Paragraph)] == [
        "本文※1です※2。",
        "※1 二つ目の注。",
        "※2 一つ目の注。",
    ]


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.com/道?a=b", True),
        ("mailto:a@example.com", True),
        ("HTTP://example.com", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("../b.md", False),
        ("#part", False),
        ("//example.com", False),
        ("https://", False),
        ('https://a/"><script>', False),
        ("https://[::1", False),
    ],
)
def test_only_web_and_mail_addresses_are_links(address: str, safe: bool) -> None:
    assert safe_address(address) == (address if safe else None)


def test_marks_that_turn_the_direction_of_reading_are_gone() -> None:
    sheet = only(ARTICLE.replace("記事の題", "\u202e記事\u200bの\u2066題").replace("導入の文です。", ""))
    assert sheet.title == "記事の題"
    (paragraph,) = blocks("右\u202eから\u2069左")
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.content) == "右から左"


def test_errors_in_what_is_taken_up_are_faults() -> None:
    assert only().faults == ()
    wrong = ARTICLE.replace("導入率は37.2%", "導入率は47.2%")
    (fault,) = only(wrong).faults
    assert (fault.rule, fault.line) == ("fact-mismatch", 20)
    assert "47.2%" in fault.message
    outside = ARTICLE.replace("2023年に36.2%", "2023年に46.2%")
    assert only(outside).faults == ()
    (fault,) = only(ARTICLE.replace("stage: problem", "stage: unheard-of")).faults
    assert (fault.rule, fault.line) == ("front-matter", 5)


def test_the_version_changes_with_what_is_said_only() -> None:
    sheet = only()
    assert (
        sheet.version == version(sheet) == only(ARTICLE.replace("導入の文です。", "導入の文。\n\nもう一つ。")).version
    )
    assert len(sheet.version) == 10
    assert sheet.version.isalpha()
    assert only(ARTICLE.replace("3つ", "4つ")).version != sheet.version
    assert only(ARTICLE.replace("/steps", "/others")).version != sheet.version
    assert version(replace(sheet, approval=Approval("draft"))) == sheet.version


def test_the_front_matter_rule_knows_a_version_from_an_unknown_sheet() -> None:
    def faults(name: str) -> list[str]:
        approved = f"stage: problem\napproved: {{by: 課長, date: 2026-09-10, sheet: {name}}}"
        return [fault.rule for fault in only(ARTICLE.replace("stage: problem", approved)).faults]

    assert faults(only().version) == []
    assert faults("no-such-sheet") == ["front-matter"]


@pytest.mark.parametrize(
    ("approved", "state", "expires"),
    [
        ("{by: 営業部長, date: 2026-09-10}", "current", date(2027, 3, 10)),
        ("{by: 営業部長, date: 2026-08-31}", "changed", date(2027, 2, 28)),
        ("{by: 営業部長, date: 2026-09-10, sheet: one-pager}", "current", date(2027, 3, 10)),
        ("{by: 営業部長, date: 2026-09-10, sheet: leaflet}", "changed", date(2027, 3, 10)),
        ("{by: 営業部長, date: 2026-08-31, sheet: VERSION}", "current", date(2027, 2, 28)),
        ("{by: 営業部長, date: 2026-08-31, sheet: [bcdfghjkmn, VERSION]}", "current", date(2027, 2, 28)),
        ("{by: 営業部長}", "unapproved", None),
        ("{date: 2026-09-10}", "unapproved", None),
        ("はい", "unapproved", None),
    ],
)
def test_approval(approved: str, state: str, expires: date | None) -> None:
    approved = approved.replace("VERSION", only().version)
    found = only(ARTICLE.replace("updated:", f"approved: {approved}\nupdated:")).approval
    assert (found.state, found.expires) == (state, expires)


def test_an_approval_expires_on_its_day() -> None:
    found = only(ARTICLE.replace("updated:", "approved: {by: 部長, date: 2026-09-10}\nupdated:")).approval
    assert found.on(date(2027, 3, 9)) == "current"
    assert found.on(date(2027, 3, 10)) == "expired"
    assert replace(found, state="changed").on(date(2027, 3, 10)) == "changed"


def test_later_is_the_last_of_the_month_where_there_is_no_such_day() -> None:
    assert later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert later(date(2026, 12, 1), 1) == date(2027, 1, 1)
    assert later(date(2026, 1, 15), 12) == date(2027, 1, 15)


def test_provenance() -> None:
    guide, _, _ = checked(ARTICLE)
    (sheet,) = built(commit="0" * 40, day=date(2026, 9, 5))
    told = sheet.provenance
    assert (told.article, told.heading, told.line) == ("content/a.md", "", 11)
    assert (told.commit, told.day) == ("0" * 40, date(2026, 9, 5))
    assert told.guide == guide.digest[:12]
    assert len(told.sha256) == 64
    assert only().provenance.day == date(2026, 9, 1)


def test_titles_by_the_guide_run_in_a_sandbox() -> None:
    def titled(title: str) -> str:
        return only(ARTICLE, GUIDE.replace("one-pager:\n", f"one-pager:\n    title: '{title}'\n")).title

    assert titled("{{ article.title }} | {{ persona.name }}") == "記事の題 | マーケティング責任者"
    with pytest.raises(Unrenderable):
        titled("{{ article.__class__.__mro__ }}")
    with pytest.raises(Unrenderable):
        titled("{{ 1 / 0 }}")


def test_an_article_without_a_title_is_called_by_its_heading_or_file() -> None:
    assert only("# 見出し\n\n::: sales summary\n本文\n:::\n").title == "見出し"
    assert only("::: sales summary\n本文\n:::\n").title == "a"


@pytest.mark.parametrize("article", [ARTICLE.replace("\n", "\r\n"), "\ufeff" + ARTICLE])
def test_line_ends_and_a_bom_change_nothing_that_is_said(article: str) -> None:
    sheet = only(article)
    assert (sheet.version, sheet.sections, sheet.facts) == (only().version, only().sections, only().facts)
