"""The sheets of this repository's own articles, in every format: all words, every figure with source and caveat."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, TODAY

from msglint.app.cli import collect, main
from msglint.sheet import fonts
from msglint.sheet.model import Diagram, Sheet, Unrenderable
from msglint.sheet.said import lines

pptx = pytest.importorskip("pptx", reason="the extra `sheets` is not installed")
pytest.importorskip("typst", reason="the extra `sheets` is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed"),
]
FORMATS = ("html", "pdf", "pptx")
_BREAKS = re.compile(r"[\s\u200b]+")


@dataclass(frozen=True)
class Made:
    """What `msglint sheet` made of this repository, and the sheets as values."""

    folder: Path
    sheets: Mapping[str, Sheet]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    try:
        fonts.families(None)
    except Unrenderable:
        pytest.skip("there is no Japanese font on this machine")
    found, original = dict[str, Sheet](), collect.collect

    def kept(*given: Any, **options: Any) -> Iterator[Sheet]:
        for sheet in original(*given, **options):
            found[sheet.name] = sheet
            yield sheet

    folder = tmp_path_factory.mktemp("dist")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("MSGLINT_TODAY", TODAY)
        patch.setattr(collect, "collect", kept)
        assert main.run(["sheet", "--output", str(folder), "--quiet"]) == 0
    return Made(folder, found)


def read(file: Path) -> str:
    if file.suffix == ".html":
        page = re.sub(r"<(style|svg).*?</\1>", "", file.read_text("utf-8"), flags=re.DOTALL)
        return _BREAKS.sub("", re.sub(r"<[^>]+>", "", page))
    if file.suffix == ".pdf":
        return _BREAKS.sub("", pdf(file, "-raw"))
    slides = pptx.Presentation(io.BytesIO(file.read_bytes())).slides
    texts = [s.notes_slide.notes_text_frame.text for s in slides]
    for shape in (shape for slide in slides for shape in slide.shapes):
        texts += [shape.text_frame.text] if shape.has_text_frame else []
        if getattr(shape, "has_table", False):
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return _BREAKS.sub("", "".join(texts))


def pdf(file: Path, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_every_tagged_article_is_there_in_three_formats(made: Made) -> None:
    tagged = {p for p in (ROOT / "content").rglob("*.md") if re.search(r"sales[:= ]", p.read_text("utf-8"))}
    articles = {sheet.provenance.article for sheet in made.sheets.values()}
    assert articles == {p.relative_to(ROOT).as_posix() for p in tagged}
    files = {f.relative_to(made.folder).as_posix() for f in made.folder.rglob("one-pager.*")}
    assert files == {f"{name}.{format}" for name in made.sheets for format in FORMATS}


@pytest.mark.parametrize("format", FORMATS)
def test_all_words_are_in_it_and_each_figure_with_source_and_caveat(made: Made, format: str) -> None:
    for name, sheet in made.sheets.items():
        text = read(made.folder / f"{name}.{format}")
        blocks = (b for s in sheet.sections for b in s.blocks)
        drawn = {line for b in blocks if isinstance(b, Diagram) for line in b.source.split("\n")}
        said = [part for line in lines(sheet) if line not in drawn for part in line.split()]
        assert [part for part in said if part not in text] == [], name
        for fact in sheet.facts:
            told = [re.escape(_BREAKS.sub("", s)) for s in (fact.value, fact.subject, fact.source, fact.caveat)]
            assert re.search("{}{}(?:出典:?)?{}(?:前提と注意:?)?{}".format(*told), text), (name, fact.id)


def test_each_pdf_is_a_page_whose_lines_are_broken_as_japanese_is(made: Made) -> None:
    wrong, seen = list[str](), 0
    for file in made.folder.rglob("*.pdf"):
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", file.read_bytes())) == 1, file
        for line in re.findall(r"<line .*?>(.*?)</line>", pdf(file, "-bbox-layout"), re.DOTALL):
            text = "".join(re.findall(r"<word[^>]*>(.*?)</word>", line, re.DOTALL))
            seen += 1
            wrong += [text] if re.match(r"[、。」ーっッ]", text) or re.search(r"[「(\uff08]$", text) else []
    assert seen > 400
    assert wrong == []
