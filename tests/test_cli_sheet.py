"""`msglint sheet`, in this process: what it makes, leaves, takes away, and says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY, Ran, Repository
from sheets import ARTICLE, GUIDE, HEAD

from msglint.app.cli import main

WHOLE = f"version: 1\nname: 例\n{GUIDE}"
WRONG = ARTICLE.replace("導入率は37.2%", "導入率は47.2%")


@dataclass(frozen=True)
class Inside(Repository):
    """A repository in which msglint is run without a new process, which would read its dictionaries anew each time."""

    patch: pytest.MonkeyPatch
    printed: pytest.CaptureFixture[str]

    def run(self, *arguments: str, within: str = ".", typed: bytes = b"", **variables: str) -> Ran:
        self.patch.chdir(self.folder / within)
        for name, value in {"MSGLINT_TODAY": TODAY, "COLUMNS": "120", **variables}.items():
            self.patch.setenv(name, value)
        status = main.run(arguments)
        return Ran(status, *self.printed.readouterr())


@pytest.fixture
def tagged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inside:
    made = Inside(tmp_path, monkeypatch, capsys)
    made.write("messaging.yaml", WHOLE)
    made.write("content/a.md", ARTICLE)
    return made


def manifest(repository: Repository, folder: str = "dist") -> dict[str, Any]:
    whole = json.loads((repository.folder / folder / "manifest.json").read_bytes())
    return {sheet["name"]: sheet for sheet in whole["sheets"]}


def files(repository: Repository, folder: str = "dist") -> list[str]:
    root = repository.folder / folder
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())


def contents(repository: Repository) -> dict[str, bytes]:
    return {name: (repository.folder / "dist" / name).read_bytes() for name in files(repository)}


def test_sheets_index_and_manifest(tagged: Inside) -> None:
    ran = tagged.run("sheet")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "シート1枚のうち、1個のファイルを作りました。一覧は dist/index.html です。\n"
    assert files(tagged) == ["content/a/one-pager.html", "index.html", "manifest.json"]
    (sheet,) = manifest(tagged).values()
    assert (sheet["article"], sheet["persona"], sheet["state"], sheet["number"]) == (
        "content/a.md",
        "marketer",
        "unapproved",
        1,
    )
    assert sheet["files"]["html"]["path"] == "content/a/one-pager.html"
    assert "にそろえます</li>" in (tagged.folder / "dist/content/a/one-pager.html").read_text("utf-8")


def test_only_what_changed_is_made_again(tagged: Inside) -> None:
    tagged.write("content/b.md", ARTICLE)
    tagged.run("sheet")
    first = contents(tagged)
    assert "0個のファイル" in tagged.run("sheet").err
    assert contents(tagged) == first
    tagged.write("content/b.md", ARTICLE.replace("3つ", "4つ"))
    assert "1個のファイル" in tagged.run("sheet").err
    assert manifest(tagged)["content/b/one-pager"]["number"] == 2
    assert contents(tagged)["content/a/one-pager.html"] == first["content/a/one-pager.html"]
    (tagged.folder / "dist/content/a/one-pager.html").unlink()
    assert "1個のファイル" in tagged.run("sheet").err
    assert contents(tagged)["content/a/one-pager.html"] == first["content/a/one-pager.html"]
    tagged.write("messaging.yaml", WHOLE.replace("#ffd54a", "#0b5fa5"))
    assert "2個のファイル" in tagged.run("sheet").err


def test_check_names_what_is_out_of_date(tagged: Inside) -> None:
    assert tagged.run("sheet", "--check").out == "dist/content/a/one-pager.html\n"
    assert not (tagged.folder / "dist").exists()
    tagged.run("sheet")
    ran = tagged.run("sheet", "--check")
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    tagged.write("content/b.md", ARTICLE)
    (tagged.folder / "content/a.md").unlink()
    ran = tagged.run("sheet", "--check")
    assert (ran.status, ran.out) == (1, "dist/content/a/one-pager.html\ndist/content/b/one-pager.html\n")


def test_sheets_of_articles_that_are_gone_go_too(tagged: Inside) -> None:
    tagged.write("content/b/deep.md", ARTICLE)
    tagged.run("sheet")
    (tagged.folder / "content/b/deep.md").unlink()
    tagged.run("sheet", "content/a.md")
    assert "content/b/deep/one-pager.html" in files(tagged)
    tagged.run("sheet")
    assert files(tagged) == ["content/a/one-pager.html", "index.html", "manifest.json"]
    assert not (tagged.folder / "dist/content/b").exists()


def test_a_manifest_cannot_make_it_remove_other_files(tagged: Inside) -> None:
    tagged.run("sheet")
    kept = tagged.write("precious.html", "x")
    told = tagged.folder / "dist/manifest.json"
    told.write_text(told.read_text("utf-8").replace("content/a/one-pager.html", "../precious.html"), "utf-8")
    (tagged.folder / "content/a.md").unlink()
    tagged.write("content/b.md", ARTICLE)
    assert tagged.run("sheet").status == 0
    assert kept.exists()


def test_errors_give_no_sheet_unless_they_are_allowed(tagged: Inside) -> None:
    tagged.run("sheet")
    tagged.write("content/a.md", WRONG)
    ran = tagged.run("sheet")
    assert ran.status == 1
    assert ran.err.startswith("content/a.md:20:1: シートを作れません: ")
    assert manifest(tagged)["content/a/one-pager"]["outdated"] is True
    assert "37.2%" in (tagged.folder / "dist/content/a/one-pager.html").read_text("utf-8")
    assert tagged.run("sheet", "--check").status == 1
    assert tagged.run("sheet", "--allow-errors").status == 0
    page = (tagged.folder / "dist/content/a/one-pager.html").read_text("utf-8")
    assert "元の記事に、直していない誤りがあります。" in page
    assert manifest(tagged)["content/a/one-pager"]["faults"] == 1


def test_keep_numbers_what_was_there(tagged: Inside) -> None:
    tagged.run("sheet", "--keep")
    old = (tagged.folder / "dist/content/a/one-pager.html").read_bytes()
    tagged.write("content/a.md", ARTICLE.replace("3つ", "4つ"))
    tagged.run("sheet", "--keep")
    assert (tagged.folder / "dist/content/a/one-pager.1.html").read_bytes() == old
    assert manifest(tagged)["content/a/one-pager"]["kept"] == ["content/a/one-pager.1.html"]
    assert tagged.run("sheet", "--check").status == 0


def test_drafts_of_untagged_articles(tagged: Inside) -> None:
    text = ARTICLE.replace(" {sales=summary}", "").replace("<!-- sales: proof -->", "").replace("<!-- /sales -->", "")
    tagged.write("content/a.md", text)
    assert tagged.run("sheet").err.startswith("営業シートになる記事がありません。")
    assert manifest(tagged) == {}
    assert tagged.run("sheet", "--draft").status == 0
    sheet = manifest(tagged)["content/a/one-pager"]
    assert (sheet["state"], sheet["facts"]) == ("draft", ["crm"])
    page = (tagged.folder / "dist/content/a/one-pager.html").read_text("utf-8")
    assert "人が確かめるまで、お客さまに渡さないでください。" in page


def test_provenance_is_the_commit_until_the_article_changes(tagged: Inside) -> None:
    tagged.git("init", "-q")
    tagged.git("add", ".")
    tagged.git("commit", "-q", "-m", "一つ目")
    commit = tagged.git("rev-parse", "HEAD").strip()
    tagged.write("content/b.md", ARTICLE)
    tagged.git("add", "content/b.md")
    tagged.git("commit", "-q", "-m", "二つ目")
    tagged.run("sheet")
    told = manifest(tagged)
    assert told["content/a/one-pager"]["commit"] == commit
    assert told["content/b/one-pager"]["commit"] == tagged.git("rev-parse", "HEAD").strip()
    assert commit[:12] in (tagged.folder / "dist/content/a/one-pager.html").read_text("utf-8")
    tagged.write("content/a.md", ARTICLE.replace("導入の文", "書き出しの文"))
    tagged.run("sheet")
    assert (manifest(tagged)["content/a/one-pager"]["commit"], manifest(tagged)["content/a/one-pager"]["day"]) == (
        "",
        "2026-09-01",
    )


def test_a_clone_without_history_names_no_commit_and_checks_the_same(tagged: Inside, tmp_path: Path) -> None:
    tagged.write("content/b.md", ARTICLE)
    tagged.git("init", "-q")
    for name in ("content/a.md", "."):
        tagged.git("add", name)
        tagged.git("commit", "-q", "-m", name)
    tagged.run("sheet", "--output", str(tmp_path / "made"))
    tagged.git("clone", "-q", "--depth", "1", f"file://{tagged.folder}", "shallow")
    clone = Inside(tagged.folder / "shallow", tagged.patch, tagged.printed)
    assert clone.run("sheet", "--output", str(tmp_path / "made"), "--check").status == 0
    assert "履歴が途中まで" in clone.run("sheet").err
    assert manifest(clone)["content/a/one-pager"]["commit"] == ""


def test_what_cannot_be_used_is_one_line(tagged: Inside) -> None:
    tagged.write("file", "x")
    assert tagged.run("sheet", "--output", "file").err == "msglint: file はフォルダーではありません。\n"
    assert tagged.run("sheet", "--format", "htm").err.startswith(
        "msglint: --format に htm はありません。html のことですか。"
    )
    tagged.write("dist/manifest.json", "{}")
    ran = tagged.run("sheet")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "msglint の作ったものではありません" in ran.err
    tagged.write("messaging.yaml", WHOLE.replace("formats: [html]", "formats: [html]\n    templates: {html: none.j2}"))
    ran = tagged.run("sheet", "--output", "out")
    assert (ran.status, ran.err) == (
        2,
        "msglint: ガイドの sheets.one-pager の none.j2 を読めません。ファイルがありません。\n",
    )


def test_a_bad_template_of_the_guide_leaves_the_rest(tagged: Inside) -> None:
    tagged.write("own.j2", "{{ sheet.nothing }}")
    tagged.write("messaging.yaml", WHOLE.replace("formats: [html]", "formats: [html]\n    templates: {html: own.j2}"))
    ran = tagged.run("sheet")
    assert ran.status == 1
    assert ran.err.startswith("msglint: content/a/one-pager.htmlを作れません。ガイドのHTMLテンプレートを使えません(")
    tagged.write("own.j2", "<title>{{ sheet.title }}</title>")
    assert tagged.run("sheet").status == 0
    assert (tagged.folder / "dist/content/a/one-pager.html").read_text("utf-8") == "<title>記事の題</title>"


def test_two_articles_of_one_name_are_told(tagged: Inside) -> None:
    tagged.write("messaging.yaml", WHOLE + 'content: {include: ["content/**"]}\n')
    tagged.write("content/a.mdx", ARTICLE)
    ran = tagged.run("sheet")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "同じ名前" in ran.err


def test_a_hostile_article(tagged: Inside) -> None:
    rows = "\n".join(f"| {i} | <script>alert({i})</script> {'長' * 300} |" for i in range(220))
    title = "<script>alert(1)</script>\u202e{{ 7*7 }}😀𠮟髙"
    head = HEAD.replace("記事の題", json.dumps(title, ensure_ascii=False))
    tagged.write(
        "content/a.md",
        f"{head}::: sales summary\n\n[押す](javascript:alert(1)) **太字 <img src=x onerror=y>\n\n"
        f"| a | b |\n|--|--|\n{rows}\n\n:::\n",
    )
    assert tagged.run("sheet").status == 0
    page = (tagged.folder / "dist/content/a/one-pager.html").read_text("utf-8")
    assert "<script" not in page
    assert "javascript:" not in page
    assert "\u202e" not in page
    assert "{{ 7*7 }}😀𠮟髙" in page
    assert page.count("<tr>") == 221


def test_a_diagram_that_cannot_be_drawn_is_told(tagged: Inside) -> None:
    diagram = "\n## 流れ {sales=diagram}\n\n```mermaid\nflowchart TD\nA[商談(初回)] --> B\n```\n"
    tagged.write("content/a.md", ARTICLE.replace("\n## 次に読む", diagram + "\n## 次に読む"))
    ran = tagged.run("sheet")
    assert (ran.status, ran.err.splitlines()[0]) == (
        0,
        "content/a.md:27:1: 図を描けないため、元の書き方のままシートに載せました。",
    )
    assert "A[商談(初回)]" in (tagged.folder / "dist/content/a/one-pager.html").read_text("utf-8")
    assert "図を描けない" not in tagged.run("sheet").err


def test_lists_nested_without_end_are_made(tagged: Inside) -> None:
    items = "\n".join("  " * i + f"- 段{i}" for i in range(150))
    tagged.write("content/a.md", ARTICLE.replace("- 主張を**1つ**にそろえます\n", f"{items}\n\n{'>' * 150} 引用\n\n"))
    assert tagged.run("sheet").status == 0
    page = (tagged.folder / "dist/content/a/one-pager.html").read_text("utf-8")
    assert all(f"段{i}" in page for i in range(150))
    assert "引用" in page


def test_english(tagged: Inside) -> None:
    assert tagged.run("sheet", "--lang", "en").err == "Sheets: 1, files made: 1. See dist/index.html.\n"
    assert "Usage: msglint sheet [OPTIONS] [PATH]…" in tagged.run("sheet", "--help", "--lang", "en").out


def test_the_index_lists_first_what_sales_found_useful(tagged: Inside) -> None:
    tagged.write("content/b.md", ARTICLE.replace("title: ", "title: 別の", 1))
    tagged.write("messaging.yaml", WHOLE + "imports: {timezone: Asia/Tokyo, stages: {提案中: open}}\n")
    tagged.write("deals.csv", "Record ID,Deal Name,Deal Stage,Create Date\n7,甲社の案件,提案中,2026-09-01\n")
    assert tagged.run("sheet").status == 0
    page = (tagged.folder / "dist/index.html").read_text("utf-8")
    assert page.index('href="content/a/one-pager.html"') < page.index('href="content/b/one-pager.html"')
    assert tagged.run("leads", "import", "deals.csv").status == 0
    told = ("--deal", "7", "--rep", "A", "--helped", "content/b/one-pager")
    assert tagged.run("feedback", "add", *told).status == 0
    assert tagged.run("sheet").status == 0
    page = (tagged.folder / "dist/index.html").read_text("utf-8")
    assert page.index('href="content/b/one-pager.html"') < page.index('href="content/a/one-pager.html"')
    assert page.count(" 1/1</span>") == 1
