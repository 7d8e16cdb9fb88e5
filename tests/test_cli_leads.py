"""`msglint leads`: real files, real stores, and what a person reads."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest
from conftest import GUIDE, Ran, Repository, environment
from stores import new_postgresql

HANDOFF = """\
handoff:
  revision: 2026-10
  effective_from: 2026-10-01
  mql:
    threshold: 80
    fit:
      - {field: employees, at_least: 300, points: 20}
      - {field: 部署, equals: 営業企画, points: 10}
    actions:
      - {action: 価格ページ閲覧, points: 30, half_life_days: 30}
      - {action: 資料ダウンロード, points: 5, repeatable: true, cap: 10}
      - {action: 問い合わせ, points: 40}
    required_actions: [価格ページ閲覧]
  sql: {bant_minimum: 3}
  response: {hours: 24, clock: business}
  calendar: {holidays: holidays.csv}
imports:
  timezone: Asia/Tokyo
  stages: {提案中: open, 受注: won, 失注: lost}
"""
LEADS = (
    "\ufeffRecord ID,First Name,Email,Create Date,Number of Employees,部署,Contact owner\r\n"
    "101,一郎,A@example.co.jp,2026-10-02 09:10,500,営業企画,営業A\r\n"
    "102,二郎,b@example.co.jp,2026-10-05 12:00,50,総務,営業B\r\n"
)
LOG = (
    "メールアドレス,行動,日時\n"
    "a@example.co.jp,資料ダウンロード,2026/10/20 10:00\n"
    "a@example.co.jp,資料ダウンロード,2026/10/21 10:00\n"
    "a@example.co.jp,資料ダウンロード,2026/10/22 10:00\n"
    "a@example.co.jp,価格ページ閲覧,2026/10/23 17:30\n"
    "a@example.co.jp,問い合わせ,2026/10/23 17:30\n"
)


@pytest.fixture
def sales(repository: Repository) -> Repository:
    """Return a repository whose guide says who is handed over."""
    repository.write("messaging.yaml", GUIDE + HANDOFF)
    repository.write("holidays.csv", "国民の祝日・休日月日,名称\n2026/10/26,試験の休日\n".encode("cp932"))
    repository.write("leads.csv", LEADS)
    repository.write("log.csv", LOG.encode("cp932"))
    return repository


def imported(sales: Repository, url: str = "") -> None:
    for file in ("leads.csv", "log.csv"):
        ran = sales.run("leads", "import", file, MSGLINT_DATABASE_URL=url)
        assert (ran.status, ran.err) == (0, "")


def last(ran: Ran) -> str:
    return ran.out.splitlines()[-1]


def test_from_files_to_the_lines_of_a_score(sales: Repository) -> None:
    imported(sales)
    ran = sales.run("leads", "score", "101", "--as-of", "2026-10-23")
    assert (ran.status, ran.err) == (0, "")
    assert [" ".join(line.split()) for line in ran.out.splitlines()] == [
        "hubspot:101 2026-10-23 23:59 時点、版 2026-10",
        "従業員数300以上 +20.00",
        "部署: 営業企画 +10.00",
        "価格ページ閲覧 +29.81 1回、最後は2026-10-23",
        "資料ダウンロード +10.00 3回、最後は2026-10-22、上限",
        "問い合わせ +40.00 1回、最後は2026-10-23",
        "合計 109.81 (しきい値 80)",
        "必須の行動 価格ページ閲覧: あり",
        "MQLの条件を満たします。",
        "引き渡し 2026-10-23 17:30、連絡の期限 2026-10-29 14:30",
    ]
    none = sales.run("leads", "score", "b@example.co.jp", "--lang", "en")
    assert none.out.splitlines()[-2:] == ["  required action 価格ページ閲覧: not done", "It is no MQL."]


def test_the_list_of_those_who_wait_says_who_is_overdue(sales: Repository) -> None:
    imported(sales)
    ran = sales.run("leads", "score")
    assert ran.out.splitlines() == [
        "連絡を待つリード1件(期限超過1件)",
        "  hubspot:101  営業A  引き渡し 2026-10-23 17:30、連絡の期限 2026-10-29 14:30、12.5時間超過",
    ]
    assert sales.run("leads", "score", "--as-of", "2026-10-28").out.startswith("連絡を待つリード1件(期限超過0件)")
    assert sales.run("leads", "score", "--as-of", "2026-10-22").out == "連絡を待つリード0件(期限超過0件)\n"
    data = json.loads(sales.run("leads", "score", "--format", "json").out)
    assert data == {
        "version": 1,
        "as_of": "2026-11-01T14:59:59Z",
        "waiting": [
            {
                "lead": "hubspot:101",
                "owner": "営業A",
                "score": 110.0,
                "mql_at": "2026-10-23T08:30:00Z",
                "due": "2026-10-29T05:30:00Z",
                "late_hours": 12.5,
            }
        ],
    }
    table = sales.run("leads", "score", "--format", "csv").out
    assert table.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))[1][:2] == ["hubspot:101", "営業A"]


def test_a_score_as_json_adds_up(sales: Repository) -> None:
    imported(sales)
    data = json.loads(sales.run("leads", "score", "hubspot:101", "--format", "json").out)
    assert (data["lead"], data["revision"], data["threshold"], data["mql"]) == ("hubspot:101", "2026-10", 80.0, True)
    assert sum(line["points"] for line in data["lines"]) == pytest.approx(data["total"])


def test_a_dry_run_shows_all_and_writes_nothing(sales: Repository) -> None:
    dry = sales.run("leads", "import", "leads.csv", "--dry-run")
    assert (dry.status, dry.err) == (0, "")
    assert dry.out.splitlines() == [
        "leads.csv: リード(HubSpot、UTF-8 (BOM)、見出しは1行目)",
        "  Record ID            ID",
        "  Email                メールアドレス",
        "  Create Date          作成日時",
        "  Number of Employees  従業員数",
        "  部署                 部署(ガイドの条件の項目)",
        "  Contact owner        担当者",
        "  使わない列: First Name",
        "  時差の書かれていない日時は Asia/Tokyo の時刻として読みます。",
        "  + hubspot:101",
        "  + hubspot:102",
        "取り込むと: 追加2、変更0、変更なし0、読めない行0",
    ]
    assert last(sales.run("leads", "import", "leads.csv")) == "取り込み: 追加2、変更0、変更なし0、読めない行0"
    assert last(sales.run("leads", "import", "leads.csv")) == "取り込み: 追加0、変更0、変更なし2、読めない行0"
    sales.write("leads.csv", LEADS.replace("営業B", "営業C"))
    changed = sales.run("leads", "import", "leads.csv", "--dry-run", "--lang", "en").out.splitlines()
    assert changed[-2:] == [
        "  ~ hubspot:102  owner: 営業B → 営業C",
        "An import would give: new 0, changed 1, same 1, unreadable 0",
    ]


def test_bad_rows_are_listed_and_the_good_ones_go_in_unless_strict(sales: Repository) -> None:
    sales.write("leads.csv", LEADS + "103,三郎,c@example.co.jp,2026-13-01,1,総務,営業B\r\n")
    strict = sales.run("leads", "import", "leads.csv", "--strict")
    assert (strict.status, last(strict)) == (2, "取り込まず: 追加2、変更0、変更なし0、読めない行1")
    assert strict.err.splitlines() == [
        "leads.csv:4:1: 「2026-13-01」という日時はありません。",
        "msglint: 読めない行があるため、何も取り込みませんでした(--strict)。",
    ]
    lenient = sales.run("leads", "import", "leads.csv")
    assert (lenient.status, last(lenient)) == (1, "取り込み: 追加2、変更0、変更なし0、読めない行1")
    assert lenient.err == strict.err.splitlines()[0] + "\n"
    quiet = sales.run("leads", "import", "leads.csv", "-q")
    assert (quiet.status, quiet.out, quiet.err) == (1, "", lenient.err)


def test_an_imported_log_says_how_many_became_mqls(sales: Repository) -> None:
    sales.run("leads", "import", "leads.csv")
    assert last(sales.run("leads", "import", "log.csv")).endswith("読めない行0。新しいMQL1")
    assert last(sales.run("leads", "import", "log.csv")) == "取り込み: 追加0、変更0、変更なし5、読めない行0"


def test_forgetting_a_person(sales: Repository) -> None:
    imported(sales)
    asked = sales.run("leads", "forget", "A@example.co.jp")
    assert (asked.status, asked.err) == (
        2,
        "msglint: 端末で実行していないため確認できません。--yes を付けてください。\n",
    )
    assert sales.run("leads", "score", "101").status == 0
    ran = sales.run("leads", "forget", "A@example.co.jp", "--yes")
    assert (ran.status, ran.err.split("の個人")[0]) == (0, "1件のリード")
    assert sales.run("leads", "score", "101").status == 2
    assert sales.run("leads", "score").out == "連絡を待つリード0件(期限超過0件)\n"
    again = sales.run("leads", "import", "leads.csv")
    assert last(again) == "取り込み: 追加0、変更0、変更なし1、読めない行0、忘れる人の行1"
    left = b"".join(file.read_bytes() for file in (sales.folder / ".msglint").glob("loop.db*"))
    assert b"b@example.co.jp" in left
    assert b"a@example.co.jp" not in left


def test_a_definition_that_changes_needs_a_new_revision(sales: Repository) -> None:
    imported(sales)
    sales.write("messaging.yaml", GUIDE + HANDOFF.replace("threshold: 80", "threshold: 70"))
    ran = sales.run("leads", "score", "101")
    assert (ran.status, ran.err) == (
        2,
        "msglint: handoff の内容が変わりましたが、revision が 2026-10 のままです。新しくしてください。\n",
    )


def test_the_same_on_postgresql(sales: Repository) -> None:
    url = new_postgresql()
    imported(sales, url)
    ran = sales.run("leads", "score", MSGLINT_DATABASE_URL=url)
    assert ran.out.startswith("連絡を待つリード1件(期限超過1件)\n  hubspot:101")
    assert not (sales.folder / ".msglint").exists()
    assert sales.run("leads", "forget", "a@example.co.jp", "--yes", MSGLINT_DATABASE_URL=url).status == 0
    assert sales.run("leads", "score", "101", MSGLINT_DATABASE_URL=url).status == 2


UNUSABLE = {
    ("import", "none.csv"): "none.csv を読めません。ファイルがありません。",
    ("import", "messaging.yaml"): "messaging.yaml: 見出しの行が見つかりません",
    ("import", "leads.csv", "--as", "lead"): "--as に lead はありません。",
    ("import", "leads.csv", "--column", "部署"): "--column 部署 は読めません。",
    ("import", "leads.csv", "--column", "部署=amount"): "leads.csv: 「部署」を amount として読めません。",
    ("score", "999"): "999 というリードはありません。",
    ("score", "--as-of", "2026-13-01"): "--as-of の 2026-13-01 は日付ではありません。",
    ("score", "101", "--as-of", "2026-09-30"): "2026-09-30 に有効な handoff の版がありません。",
    ("forget", "x", "--yes"): "「x」はメールアドレスではありません。",
}


def test_what_cannot_be_used_is_one_line(sales: Repository) -> None:
    imported(sales)
    for arguments, said in UNUSABLE.items():
        ran = sales.run("leads", *arguments)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(f"msglint: {said}")
        assert ran.err.count("\n") == 1


def test_without_hand_over_rules_there_are_no_scores(repository: Repository) -> None:
    repository.write("leads.csv", "Record ID,Email,Create Date\n1,a@example.co.jp,2026-10-01\n")
    assert "imports.timezone" in repository.run("leads", "import", "leads.csv").err
    ran = repository.run("leads", "score")
    assert (ran.status, ran.err) == (2, "msglint: ガイドに handoff がないため、スコアを計算できません。\n")


def test_a_missing_extra_is_one_line(sales: Repository) -> None:
    program = (
        "import sys; sys.modules['sqlalchemy'] = None; sys.argv = ['msglint', 'leads', 'score']; "
        "from msglint.app.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=sales.folder, env=environment(), capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        "msglint: リードと商談を扱うには追加の部品が要ります(sqlalchemy)。"
        "pip install 'msglint[loop]' を実行してください。\n"
    )


@pytest.mark.parametrize("arguments", [("check",), ("leads", "--help"), ("leads", "import", "--help")])
def test_only_what_needs_the_store_loads_it(sales: Repository, arguments: tuple[str, ...]) -> None:
    program = (
        f"import sys; sys.argv = ['msglint', *{arguments!r}]\nfrom msglint.app.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=sales.folder, env=environment(), capture_output=True, check=True
    )
    modules = set(done.stderr.decode().splitlines()[-1].split(" "))
    assert "msglint.app.cli.main" in modules
    assert modules & {"sqlalchemy", "alembic", "psycopg", "msglint.loop"} == set()
