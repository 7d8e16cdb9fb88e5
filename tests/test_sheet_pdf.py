"""PDF: all that a sheet says, on the pages it may have, the same bytes every time."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from sheet_sample import ALL, FULL, HOSTILE, LOOK, PALE, PLAIN, paragraph, section, table
from sheet_varied import drawn, varied

from msglint.sheet import fonts, render_pdf
from msglint.sheet.model import Code, Diagram, Inline, Look, Paragraph, Sheet, SheetSection, Table, Unrenderable
from msglint.sheet.said import lines

pytest.importorskip("typst", reason="the extra `sheets` is not installed")

try:
    fonts.families(None)
except Unrenderable:
    pytest.skip("there is no Japanese font on this machine", allow_module_level=True)

POPPLER = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
ANY = replace(LOOK, font=None)
_BLANKS = re.compile(r"[\s\u200b]+")


def made(sheet: Sheet, look: Look = ANY) -> bytes:
    return render_pdf.render(sheet, look)


def text_of(content: bytes, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def plain(text: str) -> str:
    return _BLANKS.sub("", text)


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content))


@POPPLER
@pytest.mark.parametrize("sheet", [FULL, PLAIN], ids=["full", "plain"])
def test_all_its_words_are_there_and_in_order(sheet: Sheet) -> None:
    text, at = plain(text_of(made(sheet), "-raw")), 0
    for part in sheet.sections:
        for said in lines(replace(sheet, sections=(part,), facts=(), summary="", key_message=None, persona=None)):
            if "flowchart" in said or "-->" in said or "-- " in said:
                continue
            for piece in said.split("\t"):
                assert plain(piece) in text
        title = plain(part.title) + (plain("".join(i.text for i in part.heading)) if part.kind != "objection" else "")
        assert text.find(title, at) >= at
        at = text.find(title, at)
    assert sheet.provenance.sha256[:16] in text
    assert sheet.version in text


@POPPLER
def test_each_figure_stands_with_its_source_and_caveat() -> None:
    text = plain(text_of(made(FULL), "-raw"))
    for fact in FULL.facts:
        found = re.search(rf"{re.escape(fact.value)}{fact.subject}出典:{fact.source}前提と注意:{fact.caveat}", text)
        assert found, fact.id


@POPPLER
def test_a_diagrams_text_is_text() -> None:
    text = plain(text_of(made(FULL), "-raw"))
    for label in ("コンテンツを公開する", "MQLと判定", "条件を満たす", "基準の問題"):
        assert label in text


@POPPLER
def test_no_line_breaks_where_japanese_forbids_it() -> None:
    wrong, seen = list[str](), 0
    for sheet in [FULL, PLAIN, *map(varied, range(8)), drawn(3), drawn(5)]:
        found = text_of(made(sheet), "-bbox-layout")
        for line in re.findall(r"<line .*?>(.*?)</line>", found, re.DOTALL):
            text = "".join(re.findall(r"<word[^>]*>(.*?)</word>", line, re.DOTALL))
            seen += 1
            if re.match(r"[、。」ーっッ]", text) or re.search(r"[「(\uff08]$", text):
                wrong.append(text)
    assert seen > 500
    assert wrong == []


@POPPLER
@pytest.mark.skipif("biz udpgothic" not in fonts._there(), reason="BIZ UDPGothic is not on this machine")
def test_marks_beside_each_other_do_not_run_into_each_other() -> None:
    marks = "「形」「『相手』」、「声」。" * 3
    sheet = replace(PLAIN, summary="", sections=(section("summary", "要点", "", paragraph(marks)),))
    found = text_of(made(sheet, replace(LOOK, font="BIZ UDPGothic")), "-bbox")
    (line,) = (m for m in re.finditer(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<', found)
               if m[5] == marks)  # fmt: skip
    left, top, right, bottom = map(float, line.groups()[:4])
    width = fonts.measure("BIZ UDPGothic").width(marks)
    assert (right - left) / width == pytest.approx(14, rel=0.02)  # the largest size of text, in points
    assert bottom - top < 20


@pytest.mark.parametrize("number", range(12))
def test_a_one_pager_is_one_page(number: int) -> None:
    assert pages(made(drawn(number) if number % 3 == 0 else varied(number), replace(PALE, font=None))) == 1


@pytest.mark.parametrize("sheet", ALL, ids=lambda s: s.provenance.article)
def test_the_same_sheet_is_the_same_bytes(sheet: Sheet) -> None:
    sheet = replace(sheet, title=sheet.title.replace("😀", ""))
    assert made(sheet) == made(sheet)


def test_it_is_tagged_and_has_title_and_language() -> None:
    content = made(FULL)
    assert b"/MarkInfo" in content
    assert b"/StructTreeRoot" in content
    assert re.search(rb"/Lang\s*\(ja", content)
    assert FULL.title.encode("utf-16-be").hex().encode() in content.lower() or FULL.title.encode() in content
    assert b"CreationDate" not in content or b"D:1970" in content


@POPPLER
def test_too_much_text_says_how_much_to_cut_and_that_is_enough() -> None:
    said = paragraph("営業部では、引き渡しから24時間以内に電話をかけることを決めています。" * 3)

    def of(paragraphs: int) -> Sheet:
        return replace(PLAIN, sections=(section("summary", "要点", "", *[said] * paragraphs),))

    with pytest.raises(Unrenderable) as told:
        made(of(45))
    found = re.search(r"約(\d+)字", told.value.reason.ja)
    assert found
    keep = sum(map(len, lines(of(45)))) - int(found[1])
    fewer = next(n for n in range(45, 0, -1) if sum(map(len, lines(of(n)))) <= keep)
    assert pages(made(of(fewer))) == 1
    assert fewer > 24
    assert f"{found[1]} characters" in told.value.reason.en


def test_far_too_much_text_is_told_at_once() -> None:
    sheet = replace(FULL, sections=(section("proof", "根拠", "", table("a|b", *["値" * 50 + "|" + "値" * 50] * 2000)),))
    with pytest.raises(Unrenderable, match=r"1 page\(s\)"):
        made(sheet)


def test_a_sheet_of_two_pages_may_have_two() -> None:
    long = Paragraph((Inline("営業とマーケティングが同じ数字を見て話します。" * 40),))
    sheet = replace(PLAIN, sections=tuple(section("proof", "根拠", "", long) for _ in range(5)), pages=2)
    assert pages(made(sheet)) == 2
    with pytest.raises(Unrenderable, match=r"2 page\(s\)"):
        made(replace(sheet, sections=sheet.sections * 2))
    assert pages(made(replace(sheet, sections=sheet.sections * 2, pages=None))) > 2


def test_a_large_table_goes_over_many_pages() -> None:
    rows = ["値" * 40 + "|" + "内容" * 20] * 800
    assert pages(made(replace(PLAIN, sections=(section("proof", "根拠", "", table("列|欄", *rows)),), pages=None))) > 10


@POPPLER
def test_hostile_text_is_text() -> None:
    sheet = replace(HOSTILE, title=HOSTILE.title.replace("😀", ""))
    text = plain(text_of(made(sheet), "-raw"))
    assert plain('<script>alert("x")</script>{{7*7}}#setpage(fill:red)') in text.replace("”", '"')
    assert plain("#panic() $x$ *星* _線_ `code`") in text
    assert "この図は描けなかったため" in text
    assert "flowchartLR" in text
    assert "下書き" in text
    assert "14行目" in text
    assert b"javascript" not in made(sheet)


def test_a_character_no_font_has_is_an_error() -> None:
    with pytest.raises(Unrenderable) as told:
        made(replace(PLAIN, title="\U000105c0の話"))
    assert "U+105C0" in told.value.reason.ja


def test_a_font_that_is_not_there_is_an_error() -> None:
    with pytest.raises(Unrenderable, match=r"brand\.font"):
        made(PLAIN, replace(ANY, font="Absent Gothic"))


def test_a_diagram_too_large_to_read_is_an_error() -> None:
    pytest.importorskip("merman", reason="merman has no wheel for this platform")
    source = "flowchart TD\n" + "\n".join(f'A["始まり"] --> B{i}["とても長い名前の項目{i}"]' for i in range(30))
    sheet = replace(PLAIN, sections=(SheetSection("diagram", "図", (), (Diagram(source, 12),)),))
    with pytest.raises(Unrenderable, match="line 12"):
        made(sheet)


def test_broken_words_do_not_stick_out() -> None:
    address = "https://example.com/" + "abcdefghij" * 20
    blocks = (Paragraph((Inline(address),)), Code("x" * 300), Table(((Inline("列"),),), (((Inline("y" * 200),),),)))
    content = made(replace(PLAIN, sections=(SheetSection("proof", "根拠", (), blocks),)))
    if not shutil.which("pdftotext"):
        pytest.skip("poppler-utils is not installed")
    edges = [float(x) for x in re.findall(r'xMax="([\d.]+)"', text_of(content, "-bbox"))]
    assert max(edges) < 595 - 14 / 25.4 * 72 + 1


@pytest.mark.parametrize("file", [p.name for p in Path("msglint/sheet/templates").glob("*.typ")])
def test_the_template_reads_no_other_file(file: str) -> None:
    source = (Path("msglint/sheet/templates") / file).read_text("utf-8")
    assert "#import" not in source
    assert "read(" not in source
