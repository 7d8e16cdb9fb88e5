"""Diagrams: read, drawn in the company's colours, and what is done where they cannot be drawn."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sheet_sample import LOOK, LOOP, PLAIN

from msglint.app.cli.files import Ground
from msglint.app.cli.project import Project, runnable
from msglint.app.cli.speech import Speaker
from msglint.app.cli.unusable import Unusable
from msglint.document import mermaid
from msglint.guide.load import load_guide
from msglint.model import Environment, Source
from msglint.rule import builtin, catalogue
from msglint.sheet import diagram, dot
from msglint.sheet.formats import renderer
from msglint.sheet.model import Diagram, SheetSection
from msglint.sheet.svg_shapes import Label, Outline, shapes

DRAWS = pytest.mark.skipif(not mermaid.available(), reason="merman has no wheel for this platform")
WIDE, HIGH = diagram.Box(800, 200, 12), diagram.Box(200, 800, 12)


def made(source: str, box: diagram.Box = WIDE) -> diagram.Drawing:
    found = diagram.drawing(Diagram(source, title="見本"), LOOK, box)
    assert found is not None
    return found


@DRAWS
@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("flowchart TD\nA[商談(初回)] --> B\nB --> C", 2),
        ("flowchart TD\nX-->A(商談[初回])\nA-->B\nB-->C[あ]", 2),
        ("flowchart TD\nA[閉じない --> B\nB --> C[次]", 2),
        ("flowchart TD\n subgraph 営業\n A-->B\n\n", 3),
        ("sequenceDiagram\n A->>B: はい\n B-->>: x\n", 3),
        ('pie\n "A" : 3\n "B" : x\n', 3),
        ("何か\nA", 1),
        ("stateDiagram-v2\n A --> B\n B -> C\n C --> D", 3),
        ("flowchart TD\r\nA --> B\r\nB → C\r\n", 3),
        ("flowchart TD\nA[" + "[" * 20_000, 2),
        ("%%{init: " + "[" * 20_000 + "}%%\nflowchart TD\nA-->B", 1),
    ],
)
def test_the_line_that_cannot_be_read_is_named(source: str, line: int) -> None:
    found = mermaid.slip(source)
    assert found is not None
    assert found.line == line
    assert found.reason.ja.endswith("。")
    assert re.search(r"[ぁ-ん]", found.reason.ja)
    assert not re.search(r"[ぁ-ん]", found.reason.en.replace("商談(初回)", ""))


@DRAWS
@pytest.mark.parametrize(
    "source",
    [
        LOOP,
        'flowchart LR\n A["商談<br/>(初回)"] --> B(["終わり"])\n A -.-> C{{六角}} & D[(保管)]\n classDef x fill:#fee',
        "graph TD;A-->B;B-->C;",
        "sequenceDiagram\n autonumber\n actor 営業\n 営業->>+M: 依頼(至急)\n M-->>-営業: 返答\n Note over 営業: 月1度",
        "erDiagram\n 顧客 ||--o{ 商談 : 持つ",
        "classDiagram\n class リード{\n +score() int\n }\n リード <|-- MQL",
        "gantt\n title 予定\n dateFormat YYYY-MM-DD\n section 準備\n 記事 :crit, a1, 2026-01-01, 10d",
        "journey\n title 体験\n section 認知\n 記事を読む: 5: 顧客",
        'gitGraph\n commit\n branch "記事"\n commit',
        "quadrantChart\n x-axis 低 --> 高\n 施策: [0.3, 0.6]",
        "xychart-beta\n x-axis [4月, 5月]\n bar [30, 50]",
        "sankey-beta\n\nリード,MQL,100",
        "kanban\n 未着手\n  a[記事を直す]",
        'C4Context\n Person(a, "顧客")',
        "requirementDiagram\n requirement r {\n id: 1\n text: 試験\n }",
        "block-beta\n columns 2\n a b",
    ],
)
def test_every_kind_that_mermaid_has_can_be_read_and_drawn(source: str) -> None:
    assert mermaid.slip(source) is None
    assert shapes(made(source).svg)


@DRAWS
def test_what_is_too_large_is_not_drawn() -> None:
    edges = "\n".join(f"a{i}-->b{j}" for i in range(60) for j in range(60))
    assert diagram.drawing(Diagram("flowchart TD\n" + edges), LOOK, WIDE) is None
    assert diagram.drawing(Diagram("flowchart TD\nA[\ud800]"), LOOK, WIDE) is not None


@DRAWS
def test_a_flowchart_is_turned_where_it_is_read_better() -> None:
    chain = "flowchart {}\n" + "\n".join(f"N{i}[作業{i}] --> N{i + 1}[作業{i + 1}]" for i in range(5))
    for direction in ("TD", "LR"):
        assert made(chain.format(direction), WIDE).width > made(chain.format(direction), WIDE).height
        assert made(chain.format(direction), HIGH).width < made(chain.format(direction), HIGH).height
    roomy = diagram.Box(5000, 5000, 12)
    assert made(chain.format("TD"), roomy).width < made(chain.format("LR"), roomy).width
    assert made(LOOP, HIGH).scale(HIGH) * made(LOOP, HIGH).text <= 12


@DRAWS
def test_a_drawing_is_in_the_company_s_colour_and_neither_runs_nor_fetches() -> None:
    source = 'flowchart TD\n A["<img src=x onerror=alert(1)>"] --> B\n click B "javascript:alert(1)"\n'
    source += ' C@{ img: "https://example.com/x.png", label: "絵" }\n'
    svg = made(source).svg
    assert "<script" not in svg
    assert "javascript:" not in svg
    assert "example.com" not in svg
    assert "<image" not in svg
    assert "foreignObject" not in svg
    assert LOOK.color in svg
    assert made(LOOP).svg == made(LOOP).svg


@DRAWS
def test_shapes_have_the_places_of_the_drawing() -> None:
    found = made("flowchart LR\n A[はじめ] --> B{判断}")
    drawn = shapes(found.svg)
    boxes = [s for s in drawn if isinstance(s, Outline) and s.closed and s.paint.stroke]
    assert [b.name for b in boxes] == ["rect", "polygon"]
    assert boxes[0].box[2] < boxes[1].box[0]
    assert boxes[1].box[2] <= found.width
    assert boxes[0].paint.stroke == "0B5FA5"
    arrow = next(s for s in drawn if isinstance(s, Outline) and not s.closed)
    assert (arrow.start, arrow.end, arrow.paint.fill) == (False, True, None)
    labels = [s for s in drawn if isinstance(s, Label)]
    assert [x.text for x in labels] == ["はじめ", "判断"]
    left, top, right, bottom = boxes[0].box
    assert labels[0].x == pytest.approx((left + right) / 2, abs=1)
    assert labels[0].y == pytest.approx((top + bottom) / 2, abs=3)


def test_shapes_of_any_svg() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 10 100 50">'
        "<style>.a{fill:rgb(255,0,0);stroke:none}</style>"
        '<g transform="translate(10 20) scale(2)"><rect class="a" x="1" y="2" width="3" height="4"/>'
        '<text x="5" y="5" style="font-size:10px" text-anchor="end">右</text></g>'
        '<defs><rect id="r" width="9" height="9"/></defs>'
        '<use href="#r" x="10" y="10" fill="none" stroke="#00f" stroke-dasharray="2 3"/><path d="nonsense"/></svg>'
    )
    rect, label, used = shapes(svg)
    assert isinstance(rect, Outline)
    assert isinstance(label, Label)
    assert isinstance(used, Outline)
    assert rect.box == (2, 14, 8, 22)
    assert (rect.paint.fill, rect.paint.stroke) == ("FF0000", None)
    assert (label.x, label.y, label.size, label.anchor) == (10, 13, 20, "end")
    assert used.box == (0, 0, 9, 9)
    assert (used.paint.fill, used.paint.stroke, used.paint.dashed) == (None, "0000FF", True)


FLOW = """flowchart LR
  A[記事] --> B{判定}
  B -- はい --> C[(台帳)]
  B -->|いいえ| A
  subgraph 営業
    C --> D & E
  end
"""


def test_a_flowchart_in_graphviz_s_language() -> None:
    assert dot.dot(FLOW, "#0b5fa5", "Font", 14) == "\n".join(
        [
            "digraph {",
            "rankdir=LR; bgcolor=transparent;",
            'node [shape=box, fontname="Font", fontsize=14, color="#0b5fa5", fontcolor="#1c2126"];',
            'edge [fontname="Font", fontsize=14, color="#4d5761", fontcolor="#1c2126"];',
            '"A" [label="記事", shape=box];',
            '"B" [label="判定", shape=diamond];',
            '"A" -> "B" [label=""];',
            '"C" [label="台帳", shape=cylinder];',
            '"B" -> "C" [label="はい"];',
            '"B" -> "A" [label="いいえ"];',
            'subgraph "cluster営業" { label="営業"; color="#cfd6dd";',
            '"C" -> "D" [label=""];',
            '"C" -> "E" [label=""];',
            "}",
            "}",
        ]
    )
    assert dot.dot("sequenceDiagram\n A->>B: x", "#0b5fa5", "Font", 14) is None
    assert dot.dot('flowchart TD\nA["]; x [label=y"] --> B', "#0b5fa5", "F", 14) is not None


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
def test_without_merman_graphviz_draws_flowcharts_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mermaid, "available", lambda: False)
    look = replace(LOOK, color="#123456")  # drawings are kept by source and colour
    found = diagram.drawing(Diagram(FLOW), look, WIDE)
    assert found is not None
    assert {x.text for x in shapes(found.svg) if isinstance(x, Label)} >= {"記事", "判定", "はい", "いいえ", "D", "E"}
    assert diagram.drawing(Diagram("sequenceDiagram\n A->>B: x"), look, WIDE) is None


FORMATS = ("html", "pdf", "pptx", "docx")
LIBRARIES = {"pdf": "typst", "pptx": "pptx", "docx": "docx"}


def words_in(content: bytes, format: str) -> str:
    """Return all that a file says; what its drawings say is in it too, unless they are pictures."""
    if format == "pdf":
        done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
        return "".join(done.stdout.decode().replace("\u200b", "").split())
    if format == "html":
        said = re.sub(r"<style.*?</style>|<[^>]+>", "", content.decode(), flags=re.DOTALL)
        return "".join(html.unescape(said).split())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(n).decode() for n in archive.namelist() if re.search(r"(slide\d+|document)\.xml$", n)]
    return "".join(html.unescape(re.sub(r"<[^>]+>", "", "".join(parts))).split())


@pytest.mark.parametrize("format", FORMATS)
def test_without_merman_every_format_has_graphviz_s_drawing_or_the_source(
    format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip(LIBRARIES.get(format, "jinja2"))
    if format == "pdf" and not shutil.which("pdftotext"):
        pytest.skip("poppler-utils is not installed")
    monkeypatch.setattr(mermaid, "available", lambda: False)
    diagram._drawn.cache_clear()
    look = replace(LOOK, font=None)
    sections = [
        SheetSection("diagram", "図", (), (Diagram(s, 3),), 2) for s in (FLOW, "sequenceDiagram\n A->>B: 依頼\n")
    ]
    render, sheet = renderer(format), replace(PLAIN, sections=tuple(sections))
    if shutil.which("dot"):
        text = words_in(render(sheet, look), format)
        assert ("台帳" in text) is (format != "docx")  # there it is a picture
        assert "flowchart" not in text
        assert "sequenceDiagramA->>B:依頼" in text
        assert text.count("この図は描けなかったため") == 1
        assert diagram.drawer() == "Graphviz"
    diagram._drawn.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert [d.source for d in diagram.undrawn(sheet, look)] == [s.blocks[0].source for s in sections]  # type: ignore[union-attr]
    monkeypatch.undo()
    monkeypatch.setattr(diagram, "_drawn", lambda *_: None)
    text = words_in(render(sheet, look), format)
    assert "flowchartLRA[記事]-->B{判定}" in text
    assert text.count("この図は描けなかったため") == 2


def _none(path: str) -> bytes:
    raise FileNotFoundError(path)


def test_a_rule_without_its_library_is_left_out_aloud(capsys: pytest.CaptureFixture[str]) -> None:
    rule = next(r for r in builtin() if r.id == "diagram")
    assert rule.needs == "merman"
    lacking, there = rule._replace(needs="no_such_library"), rule._replace(id="other", needs="json")
    guide = load_guide(
        Source("messaging.yaml", "version: 1\nname: 例\n".encode()), catalogue=catalogue(builtin()), read=_none
    )
    project = Project(Ground(Path(), Path()), guide, (lacking, there), Environment(date(2026, 11, 1)))
    assert runnable(project, project.rules, (), Speaker(chosen="ja")) == (there,)
    assert capsys.readouterr().err == "ルール diagram は、no_such_library が入っていないため検査しません。\n"
    with pytest.raises(Unusable, match="no_such_library is not installed"):
        runnable(project, project.rules, (("diagram",),), Speaker(chosen="en"))
