"""`msglint checklist`: what it gathers from a real repository, and what it keeps of what people say."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from browser import opened
from conftest import TODAY, Repository, environment

from msglint.app.cli.main import run

GUIDE = """\
version: 1
name: 試験用のガイド
content: {include: ["content/**/*.md"]}
stages: [{id: problem, name: 課題喚起}]
personas: [{id: lead, name: 責任者, challenges: [商談が増えない]}]
banned: [{phrase: 必ず成果が出る, unless: [quoted]}]
handoff:
  revision: 2026-10
  effective_from: 2026-10-01
  agreed: {marketing: マーケティング部長, sales: 営業部長, date: 2026-09-25}
  mql: {threshold: 30, actions: [{action: 価格ページ閲覧, points: 30}]}
  sql: {bant_minimum: 3}
  response: {hours: 24}
imports: {timezone: Asia/Tokyo}
"""
ARTICLE = """\
---
title: 記事の題
persona: lead
stage: problem
feedback: [form:1]
---

<!-- msglint-disable-next-line banned-phrase -- 悪い例 -->
この施策なら必ず成果が出る。
"""
LEADS = "Record ID,Email,Create Date,Contact owner\n101,a@example.co.jp,2026-10-02 09:10,担当-01\n"
LOG = "メール,行動,日時,ページ\na@example.co.jp,価格ページ閲覧,2026/10/20 10:00,/pricing\n"


@pytest.fixture
def site(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Return a repository with one commit and one lead, in which commands are run."""
    monkeypatch.setenv("MSGLINT_TODAY", TODAY)
    monkeypatch.delenv("MSGLINT_DATABASE_URL", raising=False)
    monkeypatch.chdir(repository.folder)
    repository.write("messaging.yaml", GUIDE)
    repository.write("content/clean.md", ARTICLE)
    repository.write("leads.csv", LEADS)
    repository.write("log.csv", LOG)
    repository.git("init", "-q")
    repository.git("add", "messaging.yaml", "content")
    author = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    day = environment(GIT_COMMITTER_DATE="2026-10-20T10:00:00+09:00")
    subprocess.run(["git", *author, "commit", "-qm", "最初の記事"], cwd=repository.folder, env=day, check=True)
    assert [run(["leads", "import", "-q", file]) for file in ("leads.csv", "log.csv")] == [0, 0]
    return repository


def points(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(["checklist", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["as_of"] == TODAY
    return list(data["points"])


def test_every_point_has_an_answer_out_of_the_repository(site: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    found = points(capsys)
    assert {one["point"]: one["state"] for one in found} == {
        1: "evidence", 2: "holds", 3: "holds", 4: "fails", 5: "evidence", 6: "unknown", 7: "fails", 8: "unknown",
        9: "unknown", 10: "holds", 11: "unknown", 12: "fails", 13: "unknown", 14: "evidence", 15: "fails",
    }  # fmt: skip
    head = site.git("rev-parse", "HEAD").strip()
    first = found[0]["evidence"][0]
    assert f"最後のコミット {head[:7]}" in first["said"]["ja"]
    assert (first["on"], first["link"]) == ("2026-10-01", "messaging.yaml")
    assert "1件中1件" in found[1]["evidence"][1]["said"]["ja"]
    assert "理由を付けた例外1件" in found[3]["evidence"][0]["said"]["ja"]


def test_the_text_names_state_evidence_and_what_cannot_be_known(
    site: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["checklist"]) == 0
    told = capsys.readouterr().out.splitlines()
    at = told.index(" 6 ? 商談で使う形式(シート、要約)がある  [判定できない]")
    assert told[at + 1 : at + 3] == [
        "     シートの一覧(manifest.json)がない",
        "     msglintには分からないこと: シートの良し悪し(11で見る)",
    ]
    assert run(["checklist", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("Alignment checklist of sales and marketing  2026-11-01\n")


def test_what_a_person_states_is_kept_with_who_and_when(site: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    said = ["--by", "営業課長", "--said", "共有フォルダーを毎週開いている", "--link", "https://example.com/share"]
    assert run(["checklist", "state", "13", "--holds", *said]) == 0
    assert capsys.readouterr().err == "記録しました(2026-11-01、営業課長): 13 情報を共有する道具がある\n"
    found = points(capsys)[12]
    assert found["state"] == "evidence"
    assert found["statement"] == {
        "holds": True,
        "said": "共有フォルダーを毎週開いている",
        "by": "営業課長",
        "on": TODAY,
        "link": "https://example.com/share",
        "outdated": False,
    }
    assert run(["checklist", "state", "5", "--holds", "--by", "編集長", "--said", "読者に会って確かめた", "-q"]) == 0
    assert (
        run(["checklist", "state", "2", "--fails", "--by", "営業部長", "--said", "点数の意味が伝わっていない", "-q"])
        == 0
    )
    assert [points(capsys)[number - 1]["state"] for number in (2, 5)] == ["fails", "holds"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["state", "16", "--holds", "--by", "A", "--said", "B"],
            "項目 16 はありません。1から15の番号を指定してください。",
        ),
        (
            ["state", "x", "--holds", "--by", "A", "--said", "B"],
            "項目 x はありません。1から15の番号を指定してください。",
        ),
        (["state", "3", "--by", "A", "--said", "B"], "--holds か --fails を付けてください。"),
        (["state", "3", "--holds", "--said", "B"], "--by を指定してください。"),
        (["state", "3", "--holds", "--by", "A", "--said", " "], "--said を指定してください。"),
        (["states"], "states というコマンドはありません。state のことですか。"),
        (["--format", "xml"], "--format に xml はありません。"),
    ],
)
def test_what_cannot_be_used_is_one_line(
    site: Repository, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    capsys.readouterr()
    assert run(["checklist", *arguments]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.startswith(f"msglint: {said}"), told.err.count("\n")) == ("", True, 1)


def test_a_file_takes_the_form_of_its_suffix(site: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    begins = {"a.html": "<!DOCTYPE html>", "a.md": "# 営業", "a.json": "{", "a.txt": "営業"}
    for name, beginning in begins.items():
        assert run(["checklist", "--output", name]) == 0
        assert (site.folder / name).read_text("utf-8").startswith(beginning)
    assert run(["checklist", "--output", "b.html", "--format", "markdown"]) == 0
    assert (site.folder / "b.html").read_text("utf-8").startswith("# 営業")


def test_sheets_are_judged_by_todays_article(site: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    tagged = (
        "---\ntitle: 題\npersona: lead\nstage: problem\napproved: {by: 営業部長, date: 2026-10-20}\n---\n\n"
        "## 要点 {sales=summary}\n\n読者の課題を整理します。\n"
    )
    site.write("content/clean.md", tagged)
    assert run(["sheet", "-q", "--format", "html"]) == 0
    assert points(capsys)[5]["state"] == "holds"
    site.write("content/clean.md", tagged + "\n加えた文です。\n")
    found = points(capsys)[5]
    assert found["state"] == "fails"
    assert found["evidence"][1]["said"]["ja"] == "記事が変わった: 1枚"
    assert run(["sheet", "-q", "--format", "html", "--output", "other"]) == 0
    capsys.readouterr()
    assert run(["checklist", "--format", "json", "--sheets", "other"]) == 0
    assert json.loads(capsys.readouterr().out)["points"][5]["state"] == "holds"


def test_without_git_and_articles_nothing_is_claimed(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MSGLINT_TODAY", TODAY)
    monkeypatch.delenv("MSGLINT_DATABASE_URL", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.folder.parent))
    monkeypatch.chdir(repository.folder)
    repository.write("messaging.yaml", "version: 1\nname: 空のガイド\n")
    (repository.folder / "content/clean.md").unlink()
    states = [one["state"] for one in points(capsys)]
    assert states == ["fails"] * 3 + ["unknown", "fails"] + ["unknown"] * 10


def test_the_page_fits_a_phone_and_two_sheets_of_paper(site: Repository, tmp_path: Path) -> None:
    assert run(["checklist", "--output", "a.html"]) == 0
    with opened(viewport={"width": 390, "height": 844}) as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto((site.folder / "a.html").as_uri())
        assert page.locator("ol.points > li").count() == 15
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.evaluate("getComputedStyle(document.querySelector('.state')).fontWeight") == "700"
        page.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True)
        assert complaints == []
    assert (tmp_path / "a.pdf").read_bytes().count(b"/Type /Page\n") == 2
