"""`msglint feedback`: what is recorded, imported, listed, exported and done, and what a person reads."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import GUIDE, Ran, Repository, environment
from stores import new_postgresql

from msglint.app.cli.main import run
from msglint.sheet.manifest import Record, encode

IMPORTS = "imports: {timezone: Asia/Tokyo, stages: {提案中: open}}\n"
DEALS = "Record ID,Deal Name,Deal Stage,Create Date\n7,甲社の案件,提案中,2026-09-01\n8,乙社の案件,提案中,2026-09-01\n"
LEADS = "Record ID - Contact,Email,Lifecycle Stage\n101,a@example.co.jp,lead\n"
SHEET = "content/crm/one-pager"
FORM = (
    "タイムスタンプ,メールアドレス,商談ID,温度感,使ったシート,シートは使えましたか,使えなかった理由\n"
    f"2026/10/20 9:05:33,rep@example.co.jp,7,4,{SHEET},使えなかった,料金が古い\n"
    f"2026/10/21 9:05:33,rep@example.co.jp,8,熱い,{SHEET},使えた,\n"
    f"2026/10/22 9:05:33,rep@example.co.jp,8,2,{SHEET},使えた,\n"
)

OF_7 = ("--deal", "7", "--rep", "A")

Msglint = Callable[..., Ran]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Return what MSGLINT_DATABASE_URL is to be: nothing for the store beside the guide."""
    return new_postgresql() if request.param == "postgresql" else ""


@pytest.fixture
def msglint(repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Msglint:
    """Return what runs msglint here, in a repository with a sheet, two deals and a lead."""
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("MSGLINT_DATABASE_URL", raising=False)
    monkeypatch.chdir(repository.folder)
    repository.write("messaging.yaml", GUIDE + IMPORTS)
    repository.write("form.csv", FORM)
    repository.write("deals.csv", DEALS)
    repository.write("leads.csv", LEADS)
    made(repository, "v2")

    def call(*arguments: str) -> Ran:
        capsys.readouterr()
        status = run(arguments)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return call


@pytest.fixture
def filled(msglint: Msglint, url: str, monkeypatch: pytest.MonkeyPatch) -> Msglint:
    """Return the same with the deals and the lead in the store, of either kind."""
    if url:
        monkeypatch.setenv("MSGLINT_DATABASE_URL", url)
    for file in ("deals.csv", "leads.csv"):
        assert msglint("leads", "import", file, "-q").status == 0
    return msglint


def made(repository: Repository, version: str, day: str = "2026-10-01") -> None:
    """Write the manifest that `msglint sheet` writes."""
    one = Record(SHEET, "one-pager", "CRM、入れる前に", "content/crm.md", day=day, sha256="a" * 64, version=version)
    repository.write("dist/manifest.json", encode("messaging.yaml", "r", [one]))


def added(msglint: Msglint, *arguments: str) -> str:
    ran = msglint("feedback", "add", *arguments)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith("フィードバック cli:")
    return ran.err.split()[1]


def listed(msglint: Msglint, *arguments: str) -> list[dict[str, object]]:
    ran = msglint("feedback", "list", "--format", "json", *arguments)
    assert (ran.status, ran.err) == (0, "")
    found: list[dict[str, object]] = json.loads(ran.out)["feedback"]
    return found


def test_every_answer_is_an_option(filled: Msglint) -> None:
    id = added(
        filled, "--deal", "甲社の案件", "--rep", "営業A", "--met-on", "2026-10-20", "--temperature", "4",
        "--as-promised", "no", "--need", "料金の根拠", "--request", "料金の一覧",
        "--conflict", "crm/one-pager=価格ページと違う=高い", "--edited", "CRM、入れる前に",
    )  # fmt: skip
    assert listed(filled) == [
        {
            "id": id,
            "met_on": "2026-10-20",
            "rep": "営業A",
            "deal": "hubspot:7",
            "lead": None,
            "temperature": 4,
            "as_promised": False,
            "need": "料金の根拠",
            "request": "料金の一覧",
            "sheets": [
                {
                    "sheet": SHEET,
                    "version": "v2",
                    "verdict": "not_usable",
                    "reason": "価格ページと違う=高い",
                    "conflict": True,
                    "edited": True,
                    "article": "content/crm.md",
                    "open": False,
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    ("option", "verdict"),
    [("--helped", "helped"), ("--no-effect", "shown_no_effect"), ("--not-used", "not_used")],
)
def test_verdicts(msglint: Msglint, option: str, verdict: str) -> None:
    msglint("leads", "import", "leads.csv", "-q")
    added(msglint, "--lead", "A@example.co.jp", "--rep", "営業A", option, f"{SHEET}.pdf")
    (found,) = listed(msglint, "--verdict", verdict)
    assert (found["lead"], found["met_on"]) == ("hubspot:101", "2026-11-01")
    assert listed(msglint, "--verdict", "not_usable") == []


def test_an_earlier_version_is_named_after_the_sheet(msglint: Msglint, repository: Repository) -> None:
    msglint("leads", "import", "deals.csv", "-q")
    added(msglint, "--deal", "7", "--rep", "営業A", "--helped", SHEET)
    made(repository, "v3", "2026-10-30")
    added(msglint, "--deal", "8", "--rep", "営業A", "--helped", f"{SHEET}@v2", "--met-on", "2026-10-29")
    refused = msglint("feedback", "add", "--deal", "8", "--rep", "B", "--helped", SHEET, "--met-on", "2026-10-29")
    assert refused.status == 2
    assert refused.err == (
        f"msglint: シート {SHEET} のどの版かわかりません(2026-10-29より後に元の記事が変わっています)。"
        "版も書いてください。\n"
    )
    assert len(listed(msglint)) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "This is no terminal to ask on. Give --deal (--lead), --rep, --helped, --not-usable, --temperature …."),
        (("--deal", "7", "--temperature", "3"), "This is no terminal to ask on. Give --rep."),
        (("--deal", "7", "--lead", "101", "--rep", "A", "--need", "x"), "Give --deal or --lead, not both."),
        (
            ("--deal", "9", "--rep", "A", "--need", "x"),
            "There is no deal 9. Import it first with msglint leads import.",
        ),
        ((*OF_7, "--temperature", "6"), "The temperature 6 is no number from 1 (cold) to 5 (hot)."),
        ((*OF_7, "--helped", "x"), "There is no sheet x."),
        ((*OF_7, "--helped", SHEET, "--not-used", SHEET), f"The sheet {SHEET} is there twice."),
        ((*OF_7, "--not-usable", SHEET), f"Say why the sheet {SHEET} was not usable."),
        ((*OF_7, "--not-usable", f"{SHEET}= "), f"Say why the sheet {SHEET} was not usable."),
        ((*OF_7, "--need", "x", "--edited", SHEET), f"--edited {SHEET} is in none of the other options."),
        (
            (*OF_7, "--need", "x", "--met-on", "2026-11-02"),
            "The meeting's day 2026-11-02 is after today (2026-11-01).",
        ),
        (("--met-on", "10/20"), "--met-on 10/20 is no day. Write it like 2026-10-31."),
        (("--as-promised", "maybe"), "--as-promised cannot be maybe. Choose one of yes, no."),
    ],
)  # fmt: skip
def test_what_cannot_be_recorded_is_one_line(msglint: Msglint, arguments: tuple[str, ...], said: str) -> None:
    msglint("leads", "import", "deals.csv", "-q")
    msglint("leads", "import", "leads.csv", "-q")
    ran = msglint("feedback", "add", *arguments, "--lang", "en")
    assert (ran.status, ran.out, ran.err) == (2, "", f"msglint: {said}\n")
    assert listed(msglint) == []


def test_without_deals_and_leads_there_is_nothing_to_speak_of(msglint: Msglint) -> None:
    ran = msglint("feedback", "add", *OF_7, "--need", "x", "--lang", "en")
    assert (ran.status, ran.err) == (
        2,
        "msglint: There are no deals and leads yet. Import them first with msglint leads import.\n",
    )


class Terminal(io.StringIO):
    """What a person types."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_asks_until_it_can_use_the_answer(msglint: Msglint, monkeypatch: pytest.MonkeyPatch) -> None:
    msglint("leads", "import", "deals.csv", "-q")
    answers = [
        "丁社", "8", "", "営業B", "きのう", "2026-10-31", "熱い", "5", "y", "根拠", "", "無い", "1", "9", "3", "",
        "料金が古い", "n", SHEET, "",
    ]  # fmt: skip
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join([*answers, ""])))
    ran = msglint("feedback", "add")
    assert (ran.status, ran.out) == (0, "")
    for line in (
        "丁社 という商談やリードはありません",
        "これは省略できません",
        "きのう は日付ではありません",
        "無い というシートはありません",
    ):
        assert f"  {line}" in ran.err or f"の {line}" in ran.err
    assert "もう答えたシートです。" in ran.err
    (found,) = listed(msglint)
    assert (found["deal"], found["rep"], found["met_on"]) == ("hubspot:8", "営業B", "2026-10-31")
    assert (found["temperature"], found["as_promised"], found["need"], found["request"]) == (5, True, "根拠", None)
    (sheet,) = found["sheets"]  # type: ignore[misc]
    assert (sheet["verdict"], sheet["reason"], sheet["conflict"]) == ("not_usable", "料金が古い", False)  # type: ignore[has-type]


def test_on_a_terminal_nothing_is_asked_when_all_is_given(msglint: Msglint, monkeypatch: pytest.MonkeyPatch) -> None:
    msglint("leads", "import", "deals.csv", "-q")
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    added(msglint, "--deal", "7", "--rep", "営業A", "--temperature", "3")


def test_who_stops_answering_has_recorded_nothing(msglint: Msglint, monkeypatch: pytest.MonkeyPatch) -> None:
    msglint("leads", "import", "deals.csv", "-q")
    monkeypatch.setattr(sys, "stdin", Terminal("8\n営業B\n"))
    assert msglint("feedback", "add").status == 130
    monkeypatch.setattr(sys, "stdin", Terminal("8\n営業B" + "\n" * 8))
    ran = msglint("feedback", "add")
    assert ran.err.endswith("msglint: 答えが1つもないため、記録しませんでした。\n")
    assert listed(msglint) == []


def test_a_form_goes_in_once_and_bad_rows_are_listed(filled: Msglint) -> None:
    first = filled("feedback", "import", "form.csv")
    assert first.status == 1
    assert first.out.splitlines()[-1] == "取り込み: 追加2、変更なし0、読めない行1"
    assert first.err == "form.csv:3:1: 温度感「熱い」を1(低い)から5(高い)の数として読めません。\n"
    kept = listed(filled)
    assert [(one["deal"], one["met_on"]) for one in kept] == [("hubspot:8", "2026-10-22"), ("hubspot:7", "2026-10-20")]
    again = filled("feedback", "import", "form.csv")
    assert again.out.splitlines()[-1] == "取り込み: 追加0、変更なし2、読めない行1"
    assert listed(filled) == kept


def test_an_answer_edited_after_the_import_is_said_to_be_left_as_it_was(
    filled: Msglint, repository: Repository
) -> None:
    filled("feedback", "import", "form.csv")
    kept = listed(filled)
    repository.write("form.csv", FORM.replace("料金が古い", "図が古い"))
    ran = filled("feedback", "import", "form.csv")
    assert ran.out.splitlines()[-2:] == [
        "  取り込んだ後にフォームで書き換えられた回答1件は、前の内容のままです(行: 2)。",
        "取り込み: 追加0、変更なし2、読めない行1",
    ]
    assert listed(filled) == kept


def test_strict_takes_nothing_and_a_dry_run_shows_all(filled: Msglint) -> None:
    strict = filled("feedback", "import", "form.csv", "--strict", "--lang", "en")
    assert (strict.status, strict.out.splitlines()[-1]) == (2, "Not imported: new 0, same 0, unreadable 1")
    assert strict.err.endswith("msglint: Nothing went in (--strict): rows cannot be read.\n")
    dry = filled("feedback", "import", "form.csv", "--dry-run")
    assert [" ".join(line.split()) for line in dry.out.splitlines()] == [
        "form.csv: フォームの回答(UTF-8、見出しは1行目)",
        "タイムスタンプ 回答日時",
        "メールアドレス 営業担当のメールアドレス",
        "商談ID 商談",
        "温度感 温度感",
        "使ったシート シート",
        "シートは使えましたか 評価",
        "使えなかった理由 理由",
        "時差の書かれていない日時は Asia/Tokyo の時刻として読みます。",
        "シートの版が書かれていない回答2件は、今の版についての回答とみなします。",
        f"+ 2: 2026-10-20 hubspot:7 rep@example.co.jp {SHEET}: 使えなかった",
        f"+ 4: 2026-10-22 hubspot:8 rep@example.co.jp {SHEET}: 役に立った",
        "取り込むと: 追加2、変更なし0、読めない行1",
    ]
    assert listed(filled) == []


def test_what_the_store_refuses_is_a_bad_row_too(msglint: Msglint, repository: Repository) -> None:
    msglint("leads", "import", "deals.csv", "-q")
    twice = f'2026/10/23 9:05:33,rep@example.co.jp,7,4,"{SHEET}, crm/one-pager",使えた,\n'
    repository.write("form.csv", FORM.splitlines()[0] + "\n" + twice)
    for options, status in (((), 1), (("--strict",), 2)):
        ran = msglint("feedback", "import", "form.csv", *options)
        assert ran.status == status
        assert ran.err.startswith(f"form.csv:2:1: シート {SHEET} が2回書かれています。\n")
    assert listed(msglint) == []


def test_a_file_of_no_use_is_one_line(msglint: Msglint, repository: Repository) -> None:
    msglint("leads", "import", "deals.csv", "-q")
    repository.write("noise.csv", bytes(range(256)))
    for file in ("noise.csv", "nothing.csv", "deals.csv"):
        ran = msglint("feedback", "import", file)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("msglint: ")
        assert ran.err.count("\n") == 1
    ran = msglint("feedback", "import", "form.csv", "--column", "温度感")
    assert (ran.status, ran.err.count("\n")) == (2, 1)


def test_the_list_and_its_filters(filled: Msglint) -> None:
    filled("feedback", "import", "form.csv", "-q")
    id = added(
        filled, "--lead", "101", "--rep", "営業A", "--temperature", "5", "--need", "行1\n行2", "--as-promised", "yes"
    )
    out = filled("feedback", "list").out.splitlines()
    assert out[:5] == [
        "フィードバック3件(シートの評価2件、うち未対応0件)",
        "",
        f"2026-11-01  {id}  営業A  hubspot:101  温度感5  期待どおり",
        "  課題: 行1 行2",
        "",
    ]
    assert out[-2:] == [f"  使えなかった: {SHEET}@v2", "    料金が古い"]
    for options, days in {
        ("--since", "2026-10-22"): ["2026-11-01", "2026-10-22"],
        ("--until", "2026-10-22"): ["2026-10-22", "2026-10-20"],
        ("--deal", "7"): ["2026-10-20"],
        ("--lead", "a@example.co.jp"): ["2026-11-01"],
        ("--rep", "営業A"): ["2026-11-01"],
        ("--sheet", "crm/one-pager", "--verdict", "helped"): ["2026-10-22"],
        ("--sheet", "other"): [],
        ("--open",): [],
    }.items():
        assert [one["met_on"] for one in listed(filled, *options)] == days
    unknown = filled("feedback", "list", "--deal", "9")
    assert (unknown.status, unknown.err.count("\n")) == (2, 1)


def test_the_export_opens_in_excel_and_holds_no_formula(filled: Msglint, repository: Repository) -> None:
    added(filled, "--deal", "7", "--rep", "=SUM(A1)", "--need", "+81", "--not-usable", f'{SHEET}=@a,"b"')
    added(filled, "--deal", "8", "--rep", "営業A", "--temperature", "1", "--met-on", "2026-10-01")
    ran = filled("feedback", "export", "--output", "out.csv")
    assert (ran.status, ran.out, ran.err) == (0, "", "out.csv に2件を書きました。\n")
    content = (repository.folder / "out.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    header, first, second = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert dict(zip(header, first, strict=True)) | {"id": ""} == {
        "id": "", "met_on": "2026-11-01", "rep": "'=SUM(A1)", "deal": "hubspot:7", "lead": "", "temperature": "",
        "as_promised": "", "need": "'+81", "request": "", "sheet": SHEET, "version": "v2", "verdict": "not_usable",
        "reason": "'@a,\"b\"", "conflict": "false", "edited": "", "open": "false",
    }  # fmt: skip
    assert second[1:] == ["2026-10-01", "営業A", "hubspot:8", "", "1", *[""] * 10]
    assert filled("feedback", "export", "--rep", "営業A").out.count("\n") == 2
    assert filled("feedback", "export", "--open", "--rep", "営業A").status == 2
    assert filled("feedback", "export", "--output", "none/out.csv").status == 2


def test_actions_are_recorded_listed_and_closed_with_a_commit(filled: Msglint, repository: Repository) -> None:
    id = added(filled, "--deal", "7", "--rep", "営業A", "--need", "x")
    due = ("--owner", "マーケ", "--due", "2026-10-31")
    first = filled("feedback", "act", "料金を直す", "--kind", "content", *due, "--feedback", id[4:9])
    assert (first.status, first.out) == (0, "1\n")
    assert first.err == "改善項目 1 を記録しました(期限 2026-10-31)。\n"
    assert (
        filled("feedback", "act", "しきい値", "--kind", "criteria", "--owner", "乙", "--due", "2026-11-30").out == "2\n"
    )
    assert filled("feedback", "list", "--actions").out.splitlines() == [
        "改善項目2件(未完了2件、うち期限超過1件)",
        "  1  マーケ  2026-10-31  期限超過  [コンテンツ] 料金を直す",
        f"     もとの声: {id}",
        "  2  乙      2026-11-30  未完了  [引き渡しの基準] しきい値",
    ]
    assert "コミットなしなら --without-commit" in filled("feedback", "close", "1").err
    repository.git("init", "-q")
    repository.git("commit", "-q", "--allow-empty", "-m", "料金を直す")
    commit = repository.git("rev-parse", "HEAD").strip()
    closed = filled("feedback", "close", "1", "--on", "2026-10-30")
    assert (closed.status, closed.err) == (0, f"改善項目 1 を完了にしました(コミット {commit[:7]})。\n")
    assert filled("feedback", "close", "1").status == 2
    assert filled("feedback", "close", "3").err == "msglint: 改善項目 3 はありません。\n"
    assert filled("feedback", "close", "2", "--commit", "nowhere").status == 2
    assert filled("feedback", "close", "2", "--commit", "HEAD", "--without-commit").status == 2
    assert filled("feedback", "close", "2", "--without-commit").status == 0
    assert json.loads(filled("feedback", "list", "--actions", "--format", "json").out)["actions"] == [
        {
            "id": "1", "kind": "content", "what": "料金を直す", "owner": "マーケ", "due": "2026-10-31", "feedback": id,
            "closed_on": "2026-10-30", "closing_commit": commit,
        },
        {
            "id": "2", "kind": "criteria", "what": "しきい値", "owner": "乙", "due": "2026-11-30", "feedback": None,
            "closed_on": "2026-11-01", "closing_commit": None,
        },
    ]  # fmt: skip
    assert filled("feedback", "list", "--actions", "--open").out == "改善項目0件(未完了0件、うち期限超過0件)\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "This is no terminal to ask on. Give WHAT, --kind, --owner, --due."),
        (("x", "--kind", "content", "--owner", "A"), "This is no terminal to ask on. Give --due."),
        (
            ("x", "--kind", "content", "--owner", "A", "--due", "2026-11-02", "--feedback", "zz"),
            "There is no feedback zz. See msglint feedback list.",
        ),
        (("x", "--kind", "other"), "--kind cannot be other. Choose one of content, criteria."),
        (("x", "--due", "2026-13-01"), "--due 2026-13-01 is no day. Write it like 2026-10-31."),
    ],
)
def test_an_action_that_cannot_be_recorded_is_one_line(msglint: Msglint, arguments: tuple[str, ...], said: str) -> None:
    ran = msglint("feedback", "act", *arguments, "--lang", "en")
    assert (ran.status, ran.out, ran.err) == (2, "", f"msglint: {said}\n")


def test_an_action_is_asked_for_on_a_terminal(msglint: Msglint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("直す\n3\n2\n甲\n来週\n2026-11-10\n"))
    assert msglint("feedback", "act").out == "1\n"
    assert msglint("feedback", "list", "--actions").out.splitlines()[1] == (
        "  1  甲  2026-11-10  未完了  [引き渡しの基準] 直す"
    )


def test_sheets_may_lie_elsewhere(msglint: Msglint, repository: Repository) -> None:
    msglint("leads", "import", "deals.csv", "-q")
    (repository.folder / "dist").rename(repository.folder / "made")
    call = ("--deal", "7", "--rep", "営業A", "--helped", SHEET)
    assert msglint("feedback", "add", *call).status == 2
    added(msglint, *call, "--sheets", "made")


@pytest.mark.parametrize("command", ["add", "import", "list", "export", "act", "close"])
def test_help_is_quick_and_in_both_languages(msglint: Msglint, command: str) -> None:
    japanese = msglint("feedback", command, "--help")
    english = msglint("feedback", command, "--help", "--lang", "en")
    assert (japanese.status, english.status) == (0, 0)
    assert "使い方: " in japanese.out
    assert "Usage: " in english.out
    assert not any("ぁ" <= c <= "ん" for c in english.out)


def test_help_and_check_load_no_database_library(repository: Repository) -> None:
    repository.write("messaging.feedback.json", '{"version": 1, "open": []}')
    for arguments in (["feedback", "--help"], ["feedback", "add", "--help"], ["check"]):
        program = (
            "import sys\nfrom msglint.app.cli.main import run\n"
            f"run({arguments!r})\nprint('sqlalchemy' in sys.modules, file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=Path(repository.folder), env=environment(), capture_output=True
        )
        assert done.stderr.decode().splitlines()[-1] == "False"
