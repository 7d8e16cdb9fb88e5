"""PowerPoint: native and editable, every run with language and font, what only sales may read in the notes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sheet_sample import ALL, FULL, HOSTILE, LOOK, LOOP, PALE, PLAIN, bullets, paragraph, section, table
from sheet_varied import drawn, varied

from msglint.document.mermaid import available
from msglint.sheet import render_pptx
from msglint.sheet.color import contrast
from msglint.sheet.model import Diagram, Look, Sheet, SheetSection, Unrenderable
from msglint.sheet.said import lines

pptx = pytest.importorskip("pptx", reason="the extra `sheets` is not installed")
pytest.importorskip("typst", reason="the extra `sheets` is not installed")

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
OFFICE = shutil.which("soffice")
ANY = replace(LOOK, font=None)
DRAWS = pytest.mark.skipif(not available(), reason="merman has no wheel here")


def opened(sheet: Sheet, look: Look = ANY) -> Any:
    return pptx.Presentation(io.BytesIO(render_pptx.render(sheet, look)))


def shapes(container: Any) -> Iterator[Any]:
    for shape in container.shapes:
        yield shape
        if shape.shape_type == 6:
            yield from shapes(shape)


def texts(slide: Any) -> Iterator[str]:
    for shape in shapes(slide):
        if shape.has_text_frame:
            yield from (p.text for p in shape.text_frame.paragraphs)
        if getattr(shape, "has_table", False):
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def all_text(presentation: Any) -> str:
    shown = [t for slide in presentation.slides for t in texts(slide)]
    notes = [slide.notes_slide.notes_text_frame.text for slide in presentation.slides]
    return "\n".join([*shown, *notes]).replace("\v", "")


@pytest.mark.parametrize("sheet", [FULL, PLAIN], ids=["full", "plain"])
def test_all_its_words_are_there(sheet: Sheet) -> None:
    text = all_text(opened(sheet))
    for said in lines(sheet):
        if not ("flowchart" in said or "-->" in said or "-- " in said):
            for piece in said.split("\t"):
                assert piece in text or all(part in text for part in piece.split(" ", 3)), piece
    assert sheet.provenance.sha256[:16] in text


def test_sections_come_in_order_and_what_is_said_is_in_the_notes_only() -> None:
    presentation = opened(FULL)
    shown = "\n".join(t for slide in presentation.slides for t in texts(slide))
    places = [
        shown.index(t)
        for t in ("要点", "課題: 電話が遅れる3つの理由", "根拠: 早さには訳がある", "図: 引き渡し", "次の一歩")
    ]
    assert places == sorted(places)
    assert "よくある反論と答え" not in shown
    notes = presentation.slides[0].notes_slide.notes_text_frame.text
    assert notes.index("【よくある反論と答え】") < notes.index("【商談での話し方】") < notes.index("【出典】")
    assert "「今は忙しい」と断られる" in notes
    for slide in presentation.slides:
        for fact in FULL.facts:
            assert f"{fact.value}(出典: {fact.source}、{fact.caveat})" in slide.notes_slide.notes_text_frame.text


def test_each_figure_stands_in_a_row_with_its_source_and_caveat() -> None:
    tables = [s.table for slide in opened(FULL).slides for s in slide.shapes if getattr(s, "has_table", False)]
    rows = [[c.text for c in row.cells] for row in tables[0].rows]
    assert rows == [
        ["数字", "何の数字か", "出典", "前提と注意"],
        *([f.value, f.subject, f.source, f.caveat] for f in FULL.facts),
    ]


@pytest.mark.parametrize("sheet", ALL, ids=lambda s: s.provenance.article)
def test_every_run_has_language_and_east_asian_font(sheet: Sheet) -> None:
    content = render_pptx.render(sheet, replace(LOOK, font="Meiryo"))
    seen = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if re.match(r"ppt/(slides|notesSlides)/[^/]+\.xml", name):
                for run in re.findall(rb"<a:r>.*?</a:r>", archive.read(name), re.DOTALL):
                    seen += 1
                    assert b'lang="ja-JP" altLang="en-US"' in run, run
                    assert b'<a:ea typeface="Meiryo"/>' in run, run
    assert seen > 10


@DRAWS
def test_a_diagram_is_native_shapes_with_their_text() -> None:
    group = next(s for slide in opened(FULL).slides for s in slide.shapes if s.shape_type == 6 and "循環" in s.name)
    inside = {s.text_frame.text for s in group.shapes if s.has_text_frame}
    assert {"コンテンツを公開する", "MQLと判定", "分析する", "まだ"} <= inside
    forms = [s._element.find(f".//{A}prstGeom") for s in group.shapes]
    assert [f.get("prst") for f in forms if f is not None].count("flowChartDecision") == 1
    arrows = [s for s in group.shapes if s._element.find(f".//{A}tailEnd") is not None]
    assert len(arrows) == 9
    assert not any(s.shape_type == 13 for slide in opened(FULL).slides for s in shapes(slide))


@DRAWS
@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "sequenceDiagram\n participant M as マーケ\n participant S as 営業\n M->>S: 引き渡す\n",
            {"マーケ", "営業", "引き渡す"},
        ),
        ('pie title 内訳\n "資料" : 45\n "紹介" : 55\n', {"内訳", "資料", "45%", "55%"}),
        ("mindmap\n root((商談化))\n  記事\n  営業\n", {"商談化", "記事", "営業"}),
        ("timeline\n title 歩み\n 4月 : 公開\n 5月 : 商談\n", {"歩み", "4月", "公開"}),
        ("stateDiagram-v2\n リード --> MQL: 80点以上\n", {"リード", "MQL", "80点以上"}),
        (
            "gantt\n title 予定\n dateFormat YYYY-MM-DD\n section 準備\n 記事 :a, 2026-01-01, 9d\n",
            {"予定", "準備", "記事"},
        ),
    ],
)
def test_every_kind_of_diagram_is_native(source: str, said: set[str]) -> None:
    sheet = replace(PLAIN, sections=(SheetSection("diagram", "図", (), (Diagram(source, 3, "見本"),)),))
    group = next(s for slide in opened(sheet).slides for s in slide.shapes if s.shape_type == 6 and s.name == "見本")
    assert said <= {p.text for s in shapes(group) if s.has_text_frame for p in s.text_frame.paragraphs}


@pytest.mark.parametrize("sheet", [*ALL, varied(2), drawn(4)], ids=lambda s: s.provenance.article)
def test_the_same_sheet_is_the_same_bytes(sheet: Sheet) -> None:
    content = render_pptx.render(sheet, LOOK)
    assert content == render_pptx.render(sheet, LOOK)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in archive.namelist()


@pytest.mark.parametrize("number", range(8))
def test_nothing_leaves_the_slide(number: int) -> None:
    presentation = opened(drawn(number), PALE)
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width, shape.name
            assert shape.top + shape.height <= presentation.slide_height, shape.name


def test_a_company_s_template_is_used_and_its_slides_are_not() -> None:
    template = pptx.Presentation()
    template.slides.add_slide(template.slide_layouts[0]).shapes.title.text = "見本のスライド"
    template.slide_master.name = "会社のひな形"
    held = io.BytesIO()
    template.save(held)
    look = replace(ANY, templates={"pptx": held.getvalue()})
    presentation = opened(FULL, look)
    assert presentation.slide_master.name == "会社のひな形"
    assert (presentation.slide_width, presentation.slide_height) == (template.slide_width, template.slide_height)
    assert "見本のスライド" not in all_text(presentation)
    assert presentation.slides[0].shapes.title.text == FULL.title
    assert b'<a:ea typeface="+mn-ea"/>' in zipfile.ZipFile(io.BytesIO(render_pptx.render(FULL, look))).read(
        "ppt/slides/slide1.xml"
    )


def test_a_broken_template_or_logo_is_told() -> None:
    with pytest.raises(Unrenderable, match=r"templates\.pptx"):
        opened(PLAIN, replace(ANY, templates={"pptx": b"PK\x03\x04 nothing"}))
    with pytest.raises(Unrenderable, match=r"brand\.logo"):
        opened(PLAIN, replace(ANY, logo=b"\x89PNG nothing", logo_type="image/png"))


def test_long_text_goes_on_to_further_slides_and_no_heading_stays_alone() -> None:
    long = [paragraph(f"{i}番目の段落です。" + "営業と同じ数字を見て話します。" * 12) for i in range(12)]
    rows = [f"{i}|内容{i}" for i in range(40)]
    sheet = replace(
        PLAIN, sections=(section("proof", "根拠", "", *long, table("番号|内容", *rows), bullets("終わり")),)
    )
    presentation = opened(sheet)
    assert len(presentation.slides) > 4
    text = all_text(presentation)
    for i in range(12):
        assert f"{i}番目の段落です。" in text
    cells = [c.text for slide in presentation.slides for s in slide.shapes if getattr(s, "has_table", False)
             for row in s.table.rows for c in row.cells]  # fmt: skip
    assert [c for c in cells if c.startswith("内容") and c != "内容"] == [f"内容{i}" for i in range(40)]


def test_far_too_much_is_told() -> None:
    with pytest.raises(Unrenderable, match="60"):
        opened(replace(PLAIN, sections=(section("proof", "根拠", "", table("a|b", *["値" * 60 + "|あ"] * 2000)),)))


def test_hostile_text_is_text() -> None:
    presentation = opened(HOSTILE)
    assert "\u202e" not in all_text(presentation)
    assert "<a href=javascript:alert(1)>x</a>" in all_text(presentation)
    assert "この図は描けなかったため" in all_text(presentation)
    assert "下書き" in "\n".join(texts(presentation.slides[-1]))
    with zipfile.ZipFile(io.BytesIO(render_pptx.render(HOSTILE, ANY))) as archive:
        targets = re.findall(
            rb'Target="([^"]+)" TargetMode="External"', b"".join(map(archive.read, archive.namelist()))
        )
    assert set(targets) == {b"https://example.com/?q=%22%3E%3Cscript%3E&amp;x='"}


def test_a_table_s_head_can_be_read_in_any_colour() -> None:
    for look in (LOOK, PALE, replace(PALE, color="#808080")):
        shape = next(s for slide in opened(FULL, look).slides for s in slide.shapes if getattr(s, "has_table", False))
        cell = shape.table.cell(0, 0)
        ink = cell.text_frame.paragraphs[0].runs[0].font.color.rgb
        assert contrast(f"#{ink}", f"#{cell.fill.fore_color.rgb}") >= 4.5


@pytest.mark.skipif(not OFFICE or not shutil.which("pdftotext"), reason="LibreOffice or poppler-utils is not installed")
@pytest.mark.slow
def test_libreoffice_shows_all_of_it(tmp_path: Path) -> None:
    file = tmp_path / "sheet.pptx"
    file.write_bytes(render_pptx.render(FULL, LOOK))
    command = [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(file)], check=True, capture_output=True, timeout=120)
    pdf = tmp_path / "sheet.pdf"
    found = subprocess.run(
        ["pdftotext", "-bbox-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert found.count("<page ") == len(opened(FULL).slides)
    width, height = (float(re.findall(rf'{side}="([\d.]+)"', found)[0]) for side in ("width", "height"))
    assert max(float(x) for x in re.findall(r'xMax="([\d.]+)"', found)) <= width
    assert max(float(y) for y in re.findall(r'yMax="([\d.]+)"', found)) <= height
    for line in re.findall(r"<line .*?>(.*?)</line>", found, re.DOTALL):
        assert not re.match(r"[、。」ーっッ]", "".join(re.findall(r"<word[^>]*>(.*?)</word>", line, re.DOTALL)))


@DRAWS
def test_the_text_of_a_diagram_stands_beside_it() -> None:
    blocks = (Diagram(LOOP, 3, "循環"), paragraph("図の読み方です。" * 6))
    (slide,) = list(opened(replace(PLAIN, sections=(section("diagram", "図", "", *blocks),))).slides)[1:]
    drawn = next(s for s in slide.shapes if s.shape_type == 6 and s.name == "循環")
    said = next(s for s in slide.shapes if s.has_text_frame and s.text_frame.text.startswith("図の読み方"))
    assert said.left >= drawn.left + drawn.width
    assert said.top < drawn.top + drawn.height / 2
    assert drawn.height > slide.part.package.presentation_part.presentation.slide_height * 0.6


def test_a_title_longer_than_a_property_may_be() -> None:
    presentation = opened(replace(PLAIN, title="長い題" * 200))
    assert presentation.core_properties.title == "長い題" * 85
