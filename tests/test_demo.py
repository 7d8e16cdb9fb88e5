"""`msglint demo`: one made-up repository, looked at as a newcomer would."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import shutil
import sqlite3
import subprocess
from datetime import date, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
from conftest import environment

from msglint.app.cli import demo_build
from msglint.app.cli.demo_git import Git
from msglint.app.cli.main import run
from msglint.app.cli.unusable import Unusable
from msglint.demo import story, traffic
from msglint.demo.half_year import Step, steps
from msglint.demo.market import END, LAST, prospects
from msglint.demo.voices import OPEN

DAY = "2026-11-01"
SEED = 7


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo, made once."""
    folder = tmp_path_factory.mktemp("demo") / "into"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder.parent)  # where no guide is
        patch.setenv("MSGLINT_DATABASE_URL", "sqlite:////nowhere/that/can/be/written.db")
        patch.setenv("MSGLINT_TODAY", "2024-02-29")  # neither counts: the demo has a store and days of its own
        assert run(["demo", "--into", str(folder), "-q"]) == 0
    return folder


@pytest.fixture
def inside(demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the demo as the folder somebody is in, on the day after its data end."""
    monkeypatch.setenv("MSGLINT_TODAY", DAY)
    monkeypatch.delenv("MSGLINT_DATABASE_URL", raising=False)
    monkeypatch.chdir(demo)
    return demo


def asked(folder: Path, question: str) -> list[tuple[Any, ...]]:
    store = sqlite3.connect(f"{(folder / '.msglint/loop.db').as_uri()}?immutable=1", uri=True)
    try:
        return store.execute(question).fetchall()
    finally:
        store.close()


def git(folder: Path, *arguments: str) -> str:
    author = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    done = subprocess.run(
        ["git", *author, *arguments], cwd=folder, env=environment(), capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


def diagnostics(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    capsys.readouterr()
    assert run(["check", "--no-cache", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["summary"]["files"] == 8
    return [(file["path"], one["rule"]) for file in found["files"] for one in file["diagnostics"]]


def test_there_is_half_a_year_of_everything(demo: Path) -> None:
    counts = {
        name: asked(demo, f"SELECT count(*) FROM {name}")[0][0] for name in ("lead", "deal", "feedback", "action")
    }
    assert 300 <= counts["lead"] <= 400
    assert 85 <= counts["deal"] <= 115
    assert 130 <= counts["feedback"] <= 170
    assert counts["action"] > 1_500
    first, last = asked(demo, "SELECT min(created_at), max(created_at) FROM lead")[0]
    assert (str(first)[:7], str(last)[:7]) == ("2026-04", "2026-10")
    assert asked(demo, "SELECT count(*) FROM action WHERE julianday(at) > julianday('2026-10-31T09:00:00')") == [(0,)]
    assert [row[0] for row in asked(demo, "SELECT revision FROM handoff_revision ORDER BY 1")] == ["2026-04", "2026-10"]
    assert {row[0] for row in asked(demo, "SELECT kind FROM imported")} == {
        "leads",
        "deals",
        "actions",
        "pages",
        "feedback",
    }
    days = sorted({str(row[0])[:10] for row in asked(demo, "SELECT at FROM imported")})
    assert days == ["2026-05-01", "2026-06-01", "2026-07-01", "2026-08-03", "2026-09-01", "2026-10-01", "2026-10-31"]


def test_the_figures_are_plausible(demo: Path) -> None:
    mqls, sqls = asked(demo, "SELECT count(*), count(sql_at) FROM handover")[0]
    assert 110 <= mqls <= 180
    assert 0.25 <= sqls / mqls <= 0.45
    won, lost = (asked(demo, f"SELECT count(*) FROM deal WHERE outcome = '{o}'")[0][0] for o in ("won", "lost"))
    assert 0.25 <= won / (won + lost) <= 0.5
    assert 1_000_000 <= asked(demo, "SELECT avg(amount) FROM deal WHERE outcome = 'won'")[0][0] <= 4_000_000
    assert asked(demo, "SELECT count(*) FROM lead WHERE sql_at < called_at OR called_at < mql_at") == [(0,)]
    explored, below = asked(demo, "SELECT count(*), max(score) FROM handover WHERE score < 70")[0]
    assert (explored > 10, below is not None) == (True, True)
    hot, cold = (
        asked(
            demo,
            "SELECT avg(h.sql_at IS NOT NULL) FROM feedback f JOIN handover h ON h.lead = f.lead WHERE f.temperature "
            + bound,
        )[0][0]
        for bound in (">= 4", "<= 2")
    )
    assert hot > cold


def test_one_article_waits_until_it_is_changed_and_committed(
    inside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(inside, tmp_path / "copy")
    monkeypatch.chdir(copy)
    assert diagnostics(capsys) == [(OPEN, "feedback-open")]
    article = copy / OPEN
    article.write_text(
        article.read_text("utf-8").replace("必須の行動を1つに絞ります", "必須の行動を2つに絞ります"), "utf-8"
    )
    assert diagnostics(capsys) == [(OPEN, "feedback-open")]
    git(copy, "commit", "-qam", "必須の行動の数を提案とそろえる")
    assert diagnostics(capsys) == []


def test_the_lead_to_look_at_has_a_score_of_many_lines(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from msglint.app.cli.demo import _told

    lead = asked(
        inside,
        "SELECT h.lead FROM handover h JOIN lead l ON l.id = h.lead JOIN action a ON a.lead = l.id "
        "WHERE l.called_at IS NULL AND NOT l.explore AND l.mql_at IS NOT NULL "
        "GROUP BY h.lead ORDER BY count(DISTINCT a.action) DESC, h.lead DESC LIMIT 1",
    )[0][0]
    capsys.readouterr()
    assert run(["leads", "score", lead, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["lines"]) >= 5
    assert found["waiting"]["lead"] == lead
    assert round(sum(line["points"] for line in found["lines"]), 2) == found["total"]
    told = list(_told("my demo", lead, "ja"))
    assert told[2:4] == ["  cd 'my demo'", "  export MSGLINT_TODAY=2026-11-01"]
    assert [line.split("   #")[0].strip() for line in told[4:]] == [
        "msglint check", f"msglint leads score {lead}", "msglint review monthly 2026-10",
        "msglint review quarterly 2026-Q3", "msglint checklist", "msglint serve",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["review", "monthly", "2026-10"], ("2026年10月の月次レビュー", "MQL→SQL率")),
        (["review", "quarterly", "2026-Q3"], ("2026年7〜9月の四半期レビュー", "セールスベロシティ")),
        (["checklist"], ("満たす", "満たさない", "証拠あり(人が確認)")),
    ],
)
def test_one_command_each_gives_what_the_meeting_needs(
    inside: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: tuple[str, ...]
) -> None:
    capsys.readouterr()
    assert run(arguments) == 0
    told = capsys.readouterr().out
    assert [word for word in words if word not in told] == []


def test_the_checklist_has_something_to_show_of_every_point(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["checklist", "--format", "json"]) == 0
    found = {one["point"]: one for one in json.loads(capsys.readouterr().out)["points"]}
    assert {number: found[number]["state"] for number in (1, 2, 7, 9, 10, 11, 14)} == {
        1: "holds", 2: "holds", 7: "holds", 9: "fails", 10: "holds", 11: "holds", 14: "fails",
    }  # fmt: skip
    assert all(one["state"] != "unknown" and one["evidence"] for one in found.values())
    commits = {one["link"] for one in found[8]["evidence"] if re.fullmatch("[0-9a-f]{40}", one["link"] or "")}
    assert commits <= set(git(inside, "log", "--format=%H").split())
    assert len(commits) == 3


def test_the_exports_have_the_flaws_of_real_ones(demo: Path) -> None:
    exports = demo / "exports/2026-10-31"
    contacts = (exports / "hubspot-contacts.csv").read_bytes()
    assert contacts.startswith(b'\xef\xbb\xbf"Record ID","Email"')
    report = (exports / "salesforce-report.csv").read_bytes()
    text = report.decode("cp932")
    with pytest.raises(UnicodeDecodeError):
        report.decode("shift_jis")
    lines = text.split("\r\n")
    assert lines[0] == '"商談レポート①(全社)"'
    assert lines[4].startswith('"商談ID","商談名"')
    assert lines[-6].startswith('"合計"')
    assert "salesforce.com" in lines[-3]
    assert re.search(r'"￥\d,\d{3},\d{3}"', text)
    assert re.search("㈱サンプル髙台", text)
    pages = (exports / "ga4-pages.csv").read_text("utf-8")
    assert "# 開始日: 20261001\n# 終了日: 20261031\nページ パスとスクリーン クラス,表示回数" in pages
    assert (exports / "ma-actions.csv").read_bytes().decode("cp932").splitlines()[1].count("(") == 1
    assert (exports / "form-answers.csv").read_text("utf-8").startswith('"タイムスタンプ","営業担当"')


def test_taking_the_last_exports_in_again_changes_nothing(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("hubspot-contacts", "ma-actions", "salesforce-report", "ga4-pages"):
        capsys.readouterr()
        assert run(["leads", "import", "--dry-run", f"exports/2026-10-31/{name}.csv"]) == 0
        assert "追加0、変更0、" in capsys.readouterr().out.splitlines()[-1]
    assert run(["feedback", "import", "--dry-run", "exports/2026-10-31/form-answers.csv"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("取り込むと: 追加0、変更なし3")


def test_its_history_and_sheets_belong_together(demo: Path) -> None:
    log = git(demo, "log", "--reverse", "--format=%H %ad %an", "--date=short").splitlines()
    assert [line.split(" ")[1] for line in log] == [str(commit.at.date()) for commit in story.commits()]
    assert git(demo, "status", "--porcelain") == ""
    made = json.loads((demo / "dist/manifest.json").read_text("utf-8"))["sheets"]
    kept = set(asked(demo, "SELECT sheet, version, source_commit, source_sha256 FROM sheet"))
    assert {(one["name"], one["version"], one["commit"], one["sha256"]) for one in made} <= kept
    assert (len(made), len(kept)) == (8, 11)
    for one in made:
        assert hashlib.sha256((demo / one["article"]).read_bytes()).hexdigest() == one["sha256"]
        assert all((demo / "dist" / file["path"]).is_file() for file in one["files"].values())


def test_nobody_is_named(demo: Path) -> None:
    owners = {row[0] for row in asked(demo, "SELECT owner FROM lead UNION SELECT owner FROM deal")}
    assert owners == {None, *(f"担当-0{n}" for n in range(1, 7))}
    assert all(row[0].endswith(".example") for row in asked(demo, "SELECT email FROM lead"))
    assert all("サンプル" in row[0] or "架空" in row[0] for row in asked(demo, "SELECT company FROM lead"))


@pytest.mark.slow
def test_a_second_run_gives_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    assert run(["demo", "--into", str(tmp_path / "again"), "-q"]) == 0

    unlike = (".git", ".msglint", ".msglint_cache")

    def contents(folder: Path) -> dict[str, bytes]:
        found = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
        return {str(path): (folder / path).read_bytes() for path in found if path.parts[0] not in unlike}

    first, second = contents(demo), contents(tmp_path / "again")
    assert len(first) > 60
    assert {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)} == set()
    assert git(demo, "rev-parse", "HEAD") == git(tmp_path / "again", "rev-parse", "HEAD")


def test_the_generator_depends_on_its_seed_alone() -> None:
    from random import Random

    first = (prospects(Random(SEED)), traffic.traffic(Random(SEED)))
    assert first == (prospects(Random(SEED)), traffic.traffic(Random(SEED)))
    assert first[0] != prospects(Random(SEED + 1))


def test_steps_go_in_order_of_time() -> None:
    listed = [step.at if isinstance(step, Step) else story.commits()[step].at for step in steps()]
    assert listed == sorted(listed)
    months = [step for step in steps() if isinstance(step, Step)]
    assert [step.month.month for step in months] == [4, 5, 6, 7, 8, 9, 10]
    assert (months[-1].at, months[-1].day) == (END, LAST)
    assert all(later.since == earlier.at for earlier, later in itertools.pairwise(months))


def test_an_earlier_version_lacks_what_came_later() -> None:
    path = "content/problem/scattered-claims.md"
    first, now = (story.as_of(datetime(2026, month, 1, tzinfo=story.ZONE))[path].decode() for month in (5, 11))
    assert ("updated: 2026-04-13" in first, "mermaid" in first) == (True, False)
    assert ("updated: 2026-07-27" in now, "mermaid" in now) == (True, True)
    assert now.encode() == files("msglint.demo").joinpath("files", path).read_bytes()
    assert "threshold: 70" in story.written(0)[story.GUIDE].decode()
    assert date(2026, 9, 28) in {commit.at.date() for commit in story.commits() if story.GUIDE in commit.paths}


def test_its_data_are_small() -> None:
    with as_file(files("msglint.demo")) as folder:
        kept = [file for file in folder.rglob("*") if file.is_file() and file.suffix not in (".py", ".pyc")]
        assert len(kept) > 20
        assert sum(file.stat().st_size for file in kept) < 200_000


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    assert run(["demo", "--into", str(tmp_path)]) == 2
    assert (
        capsys.readouterr().err == f"msglint: {tmp_path} はすでにあり、空ではありません。別の名前を指定してください。\n"
    )
    assert run(["demo", "--into", str(tmp_path / "mine.txt")]) == 2
    assert run(["demo"]) == 2
    assert capsys.readouterr().err.endswith("msglint: --into DIR で、作るフォルダーを指定してください。\n")
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("there", [True, False])
def test_a_failure_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], there: bool
) -> None:
    def broken(site: object, number: int) -> None:
        raise Unusable("途中で止まりました。", "It broke.")

    monkeypatch.setattr(demo_build, "_commit", broken)
    folder = tmp_path / "into"
    if there:
        folder.mkdir()
    assert run(["demo", "--into", str(folder)]) == 2
    assert capsys.readouterr().err == "msglint: 途中で止まりました。\n"
    assert list(tmp_path.rglob("*")) == ([folder] if there else [])


def test_an_empty_folder_stays_the_same_folder(tmp_path: Path) -> None:
    folder = tmp_path / "into"
    folder.mkdir()
    before = folder.stat().st_ino
    with demo_build._beside(folder) as beside:
        (beside / "a").mkdir()
        (beside / "a/file").write_text("x", "utf-8")
    assert folder.stat().st_ino == before
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["into", "a", "file"]


def test_without_git_nothing_is_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msglint.app.cli.demo_git.shutil.which", lambda name: None)
    alone = Git(tmp_path)
    assert (alone.there, alone.commit("…", by="…", at=END, paths=["a"]), list(tmp_path.iterdir())) == (False, None, [])


def test_a_commit_takes_nothing_from_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "somebody")
    (tmp_path / "a").write_text("x", "utf-8")
    made = Git(tmp_path).commit("加える", by="編集", at=story.commits()[0].at, paths=["a"])
    monkeypatch.delenv("GIT_DIR")
    assert git(tmp_path, "log", "--format=%H %an %cn %aI").strip() == f"{made} 編集 編集 2026-04-13T10:20:00+09:00"
