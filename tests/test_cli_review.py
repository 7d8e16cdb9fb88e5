"""`msglint review`: from the store to the report, in every form, and the record of the meeting."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, Repository, environment
from loop_sample import GUIDE_TEXT, VERSIONS, fill
from stores import new_postgresql

from msglint.app.cli.main import run
from msglint.loop import records
from msglint.loop.store import file_url, open_store, reading, writing
from msglint.sheet.manifest import Record, encode

Msglint = Callable[..., Ran]


@pytest.fixture
def msglint(repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Msglint:
    """Return what runs msglint here, in a repository whose guide says who is handed over."""
    for name, value in environment(MSGLINT_TODAY="2026-11-05").items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("MSGLINT_DATABASE_URL", raising=False)
    monkeypatch.chdir(repository.folder)
    repository.write("messaging.yaml", GUIDE_TEXT)

    def call(*arguments: str) -> Ran:
        capsys.readouterr()
        status = run(["review", *arguments])
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return call


@pytest.fixture
def filled(msglint: Msglint, repository: Repository) -> Msglint:
    """Return the same with half a year in the store, and a sheet."""
    engine = open_store(file_url(repository.folder))
    with writing(engine) as connection:
        fill(connection)
    engine.dispose()
    crm = VERSIONS[0]
    held = Record(crm.sheet, "one-pager", "CRMの題", crm.article, version=crm.version, state="current",
                  approved_by="編集長", approved_on="2026-05-01", expires="2027-05-01", day="2026-05-01")  # fmt: skip
    repository.write("dist/manifest.json", encode("messaging.yaml", "0", [held]))
    return msglint


def test_the_month_as_text(filled: Msglint) -> None:
    ran = filled("monthly", "2026-10")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[:2] == ["2026年10月の月次レビュー", "マーケティングと営業、2026-11-05時点"]
    assert "CRMの題" in ran.out  # by the manifest; the other sheets go by their names
    assert "content/nurture/one-pager" in ran.out


def test_every_form_by_its_suffix_and_by_name(filled: Msglint, repository: Repository) -> None:
    for file, begins in {"r.html": "<!DOCTYPE html>", "r.md": "# 2026", "r.json": "{\n", "r.txt": "2026年"}.items():
        ran = filled("quarterly", "2026-Q3", "--output", file)
        assert (ran.status, ran.out, ran.err) == (0, "", f"{file} に書きました。\n")
        assert (repository.folder / file).read_text("utf-8").startswith(begins)
    ran = filled("quarterly", "2026-Q3", "--format", "json")
    assert ran.out == (repository.folder / "r.json").read_text("utf-8")
    assert json.loads(ran.out)["kind"] == "quarterly"
    named = filled("quarterly", "2026-Q3", "--format", "markdown", "--output", "r.html", "-q")
    assert (named.err, (repository.folder / "r.html").read_text("utf-8")[:2]) == ("", "# ")


def test_the_language_is_the_callers(filled: Msglint) -> None:
    ran = filled("monthly", "2026-10", "--lang", "en")
    assert ran.out.startswith("Monthly review: October 2026\n")


def test_a_store_with_nothing_in_it(msglint: Msglint) -> None:
    for period in (("monthly", "2026-10"), ("quarterly", "2026-Q3"), ("monthly", "2027-01")):
        for form in ("text", "html", "markdown", "json"):
            ran = msglint(*period, "--format", form)
            assert (ran.status, ran.err) == (0, "")
            assert ran.out.endswith("\n") or form == "html"


def test_making_a_report_writes_nothing_to_the_store(msglint: Msglint, repository: Repository) -> None:
    assert msglint("monthly", "2026-10").status == 0
    engine = open_store(file_url(repository.folder))
    with reading(engine) as connection:
        assert records.revisions(connection) == []
    engine.dispose()


def test_the_same_on_postgresql(msglint: Msglint, monkeypatch: pytest.MonkeyPatch) -> None:
    url = new_postgresql()
    engine = open_store(url)
    with writing(engine) as connection:
        fill(connection)
    engine.dispose()
    monkeypatch.setenv("MSGLINT_DATABASE_URL", url)
    there = msglint("monthly", "2026-10", "--format", "json")
    assert there.status == 0
    assert json.loads(there.out)["trend"]["now"]["mqls"] > 20
    assert msglint("held", "2026-10", "--marketing", "A", "--sales", "B").status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("monthly", "2026-13"), "「2026-13」という月はありません。2026-10 のように書いてください。"),
        (("monthly", "2026-Q3"), "「2026-Q3」という月はありません。2026-10 のように書いてください。"),
        (("quarterly", "2026-10"), "「2026-10」という四半期はありません。2026-Q3(7〜9月)のように書いてください。"),
        (
            ("monthly", "2026-10", "--format", "pdf"),
            "--format に pdf はありません。選べるのは text, html, markdown, json です。",
        ),
        (("monthly", "2026-10", "--output", "no/r.html"), "no/r.html を書けません。no というフォルダーがありません。"),
        (("monthly", "2026-10", "--output", "content"), "content はフォルダーなので書けません。"),
        (("held", "2026-20", "--marketing", "A", "--sales", "B"), "「2026-20」という月はありません。"),
        (("held", "2026-10", "--marketing", "A", "--sales", " "), "両部門の出席者を書いてください。"),
        (
            ("held", "2026-10", "--marketing", "A", "--sales", "B", "--on", "11月5日"),
            "--on の 11月5日 は日付ではありません。",
        ),
        (
            ("held", "2026-10", "--marketing", "A", "--sales", "B", "--on", "2026-11-06"),
            "2026-11-06 はまだ来ていません。",
        ),
        (("held", "2026-10", "--marketing", "A", "--sales", "B", "--on", "2026-09-30"), "期間が始まる前の2026-09-30"),
        (("held", "2026-10", "--marketing", "A", "--sales", "B", "--minutes", "no.md"), "議事録 no.md がありません。"),
    ],
)
def test_what_cannot_be_used_is_one_line(msglint: Msglint, arguments: tuple[str, ...], said: str) -> None:
    ran = msglint(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("msglint: ")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_broken_manifest_is_one_line(msglint: Msglint, repository: Repository) -> None:
    repository.write("dist/manifest.json", "{")
    ran = msglint("monthly", "2026-10")
    assert (ran.status, ran.err.count("\n")) == (2, 1)


def test_a_report_that_cannot_be_made_leaves_the_old_one(msglint: Msglint, repository: Repository) -> None:
    repository.write("r.html", "前の資料")
    assert msglint("monthly", "2026-14", "--output", "r.html").status == 2
    assert (repository.folder / "r.html").read_text("utf-8") == "前の資料"
    assert not list(Path(repository.folder).glob(".r.html*"))


def test_a_meeting_is_recorded_with_its_minutes(msglint: Msglint, repository: Repository) -> None:
    repository.write("minutes/2026-10.md", "決めたこと\n")
    both = ("--marketing", "編集長、企画", "--sales", "営業部長")
    ran = msglint("held", "2026-10", *both, "--on", "2026-11-04", "--minutes", "minutes/2026-10.md")
    assert (ran.status, ran.err) == (0, "2026年10月のレビューを2026-11-04に開いたことを記録しました。\n")
    report = msglint("monthly", "2026-10").out
    assert "会議: 2026-11-04、マーケティング 編集長、企画、営業 営業部長、議事録 minutes/2026-10.md" in report
    again = msglint("held", "2026-10", *both, "--on", "2026-11-04", "--minutes", "minutes/2026-10.md")
    assert again.status == 0  # the same once more changes nothing
    other = msglint("held", "2026-10", *both)
    assert other.status == 2
    assert "2026-11-04に開いたと記録済みです" in other.err
    assert msglint("held", "2026-10", *both, "--minutes", "https://example.co.jp/m", "--correct").status == 0
    assert "会議: 2026-11-05" in msglint("monthly", "2026-10").out
    assert msglint("held", "2026-Q3", *both).err == "2026年7〜9月のレビューを2026-11-05に開いたことを記録しました。\n"


def test_the_help_names_both_reports(msglint: Msglint) -> None:
    said = msglint("--help").out
    assert "monthly" in said
    assert "四半期レビューの資料を作ります。" in said
    assert "--sheets DIR" in msglint("monthly", "--help").out
