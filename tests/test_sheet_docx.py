"""Word: native headings, lists and tables, to be edited further."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from sheet_sample import ALL, FULL, HOSTILE, LOOK, PLAIN

from msglint.document.mermaid import available
from msglint.sheet import fonts, render_docx
from msglint.sheet.model import Diagram, Look, Sheet, SheetSection, Unrenderable
from msglint.sheet.said import lines

docx = pytest.importorskip("docx", reason="the extra `docx` is not installed")
pytest.importorskip("typst", reason="the extra `sheets` is not installed")

try:
    fonts.families(None)
except Unrenderable:
    pytest.skip("there is no Japanese font on this machine", allow_module_level=True)

ANY = replace(LOOK, font=None)


def opened(sheet: Sheet, look: Look = ANY) -> Any:
    return docx.Document(io.BytesIO(render_docx.render(sheet, look)))


def texts(document: Any) -> list[str]:
    found = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            found += [cell.text for row in part.rows for cell in row.cells]
        else:
            found.append(part.text)
    return found


@pytest.mark.parametrize("sheet", [FULL, PLAIN], ids=["full", "plain"])
def test_all_its_words_are_there_and_in_order(sheet: Sheet) -> None:
    document = opened(sheet)
    text = "\n".join(texts(document))
    for said in lines(sheet):
        for piece in said.split("\t"):
            if not re.search(r"flowchart|--", piece):
                assert piece in text or all(part in text for part in piece.split(" ", 3)), piece
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert [h.split(": ")[0] for h in heads[-len(sheet.sections) :]] == [s.title for s in sheet.sections]
    footer = document.sections[0].footer.paragraphs[0].text
    assert sheet.provenance.sha256[:16] in footer
    assert sheet.version in footer


def test_each_figure_stands_in_a_row_with_its_source_and_caveat() -> None:
    rows = [[cell.text for cell in row.cells] for row in opened(FULL).tables[0].rows]
    assert rows == [
        ["数字", "何の数字か", "出典", "前提と注意"],
        *([f.value, f.subject, f.source, f.caveat] for f in FULL.facts),
    ]


@pytest.mark.parametrize("sheet", ALL, ids=lambda s: s.provenance.article)
def test_the_same_sheet_is_the_same_bytes_and_every_run_has_font_and_language(sheet: Sheet) -> None:
    content = render_docx.render(sheet, ANY)
    assert content == render_docx.render(sheet, ANY)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        body = archive.read("word/document.xml")
    runs = [run for run in re.findall(rb"<w:r>.*?</w:r>", body, re.DOTALL) if b"<w:t" in run]
    assert len(runs) > 10
    for run in runs:
        assert b'w:eastAsia="BIZ UDPGothic"' in run
        assert b'<w:lang w:val="en-US" w:eastAsia="ja-JP"/>' in run


@pytest.mark.skipif(not available(), reason="merman has no wheel for this platform")
def test_a_diagram_is_a_picture_that_says_what_it_shows() -> None:
    document = opened(FULL)
    assert len(document.inline_shapes) == 1
    picture = document.inline_shapes[0]
    described = picture._inline.docPr.get("descr")
    assert described.startswith("引き渡しから改善までの循環\nflowchart TD")
    assert picture.width < document.sections[0].page_width


def test_a_diagram_that_cannot_be_drawn_is_its_source() -> None:
    sheet = replace(PLAIN, sections=(SheetSection("diagram", "図", (), (Diagram("unknown\n  x", 3),)),))
    text = texts(opened(sheet))
    assert "この図は描けなかったため、元の書き方のまま載せています。" in text
    assert "unknown\n  x" in text


def test_a_list_is_numbered_from_its_start() -> None:
    found = [t for t in texts(opened(FULL)) if t.startswith(("1.\t", "2.\t", "3.\t"))]
    assert found[:3] == ["1.\t担当者が決まっていない", "2.\t何を話せばよいか分からない", "3.\t優先する順番がない"]
    assert found[3].startswith("1.\t「先週")


def test_links_lead_where_the_article_says() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx.render(FULL, ANY))) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert set(re.findall(r'Target="([^"]+)" TargetMode="External"', relations)) == {
        "https://example.com/crm",
        "https://example.com/checklist",
    }


def test_hostile_text_is_text() -> None:
    text = "\n".join(texts(opened(HOSTILE)))
    assert '<script>alert("x")</script>{{ 7*7 }}' in text
    assert "\u202e" not in text
    assert text.startswith("下書き")
    assert "14行目" in text


def test_a_company_s_template_is_used() -> None:
    template = docx.Document()
    template.add_paragraph("見本の文章")
    template.sections[0].header.paragraphs[0].text = "会社のひな形"
    held = io.BytesIO()
    template.save(held)
    document = opened(PLAIN, replace(ANY, templates={"docx": held.getvalue()}))
    assert document.sections[0].header.paragraphs[0].text == "会社のひな形"
    assert "見本の文章" not in texts(document)
    with pytest.raises(Unrenderable, match=r"templates\.docx"):
        opened(PLAIN, replace(ANY, templates={"docx": b"nothing"}))
