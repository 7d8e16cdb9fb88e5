"""`msglint init`: the first guide that articles are written into."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from conftest import Repository

from msglint.start.abbreviations import abbreviations, explained

HEAD = "---\ntitle: 記事の題\npersona: {persona}\nstage: problem\n---\n\n"
POLITE = "一つ目を確かめます。二つ目を確かめます。三つ目を確かめます。四つ目を確かめます。五つ目を確かめます。\n\n"
PLAIN = POLITE.replace("確かめます", "確かめる")


@pytest.fixture
def bare(repository: Repository) -> Repository:
    """A folder without a guide and without articles."""
    (repository.folder / "messaging.yaml").unlink()
    for article in (repository.folder / "content").rglob("*.md"):
        article.unlink()
    return repository


def made(repository: Repository) -> dict[str, object]:
    """Return the guide that was written, which msglint itself has to take."""
    assert repository.run("guide", "check").status == 0
    loaded = yaml.safe_load((repository.folder / "messaging.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def text(repository: Repository) -> str:
    return (repository.folder / "messaging.yaml").read_text(encoding="utf-8")


def test_what_articles_share_becomes_a_guide(bare: Repository) -> None:
    manager, writer = HEAD.format(persona="manager"), HEAD.format(persona="writer")
    bare.write("content/a.md", f"{manager}{POLITE}問い合わせが増えました。問い合わせの窓口です。問合せの件数です。")
    bare.write("content/b.md", f"{manager}{POLITE}問い合わせの数です。MQL(Marketing Qualified Lead)を渡します。")
    bare.write(
        "content/c.md",
        f"{writer}{PLAIN}{PLAIN}商談化率は12%だ。MQL(Marketing Qualified Lead)を渡す。\n\n"
        "## 要点 {sales=summary}\n\n要点を述べる。\n\n## 話し方 {sales=talk-track}\n\n話し方を述べる。",
    )
    bare.write("content/d.md", f"{writer}商談化率は12%だ。CRMを入れる。\n\n## 要点 {{sales=summary}}\n\n要点を述べる。")
    bare.write("content/e.md", f"{writer}CRM(Customer Relationship Management)を入れる。CRMを使う。")
    bare.write("content/f.md", f"{writer}CRMを入れる。")
    bare.write("README.md", "# 説明\n\nこのフォルダーの説明です。")
    bare.write("docs/english.md", "# Notes\n\nNothing to be read here.")
    ran = bare.run("init")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "messaging.yaml を書きました(記事6件から、表記を決める語1件、略語2件、読み手2件、段階1件、数字の候補1件)。\n"
        "会社の決めごとに合わせて直し、msglint check を実行してください。\n"
    )
    assert made(bare) == {
        "version": 1,
        "name": f"{bare.folder.name} メッセージングガイド",
        "language": "ja",
        "extends": ["msglint:keihyo", "msglint:b2b-terms"],
        "content": {"include": ["content/**/*.md"]},
        "stages": [{"id": "problem"}],
        "personas": [{"id": "manager", "register": "polite"}, {"id": "writer", "register": "plain"}],
        "terms": [
            {"term": "問い合わせ", "variants": ["問合せ"]},
            {"term": "MQL", "expansion": "Marketing Qualified Lead"},
        ],
        "sheets": {
            "one-pager": {
                "title": "{{ article.title }}",
                "sections": ["summary", "talk-track"],
                "required": ["summary"],
                "formats": ["html", "pdf", "pptx"],
            }
        },
    }
    written = text(bare)
    assert "  # - {term: CRM, expansion: Customer Relationship Management}\n" in written
    assert "# facts:\n#   - id: fact-1\n#     subject: 商談化率\n#     keywords: [商談化率]\n#     values:\n" in written
    assert '#       - {value: 12, unit: "%"}  # 12%: content/c.md, content/d.md\n#     source:\n' in written
    assert [line for line in bare.run("check").out.splitlines() if "問合せ" in line and "term-variant" not in line]


def test_a_proposal_can_be_taken_by_removing_its_mark(bare: Repository) -> None:
    bare.write("content/a.md", "---\ntitle: 題\n---\n\n確かめます。")
    assert bare.run("init").status == 0
    plain = [line.removeprefix("# ") if line.startswith("# ") else line for line in text(bare).splitlines()]
    prose = ("「", "会社", "contradictions", "記事", "keihyo", "使わない", "1件")
    bare.write("messaging.yaml", "\n".join(line for line in plain if not line.startswith(prose)))
    guide = made(bare)
    assert [*guide] == ["version", "name", "language", "extends", "content", "claims", "facts", "banned"]


def test_a_guide_that_is_there_stays(repository: Repository) -> None:
    before = text(repository)
    ran = repository.run("init")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "msglint: messaging.yaml がすでにあります。作り直すときは、先に名前を変えるか移してください。\n"
    assert text(repository) == before


def test_a_link_to_nothing_is_not_written_through(bare: Repository) -> None:
    (bare.folder / "messaging.yaml").symlink_to(bare.folder / "elsewhere.yaml")
    assert bare.run("init").status == 2
    assert not (bare.folder / "elsewhere.yaml").exists()


def test_an_empty_folder_gets_the_frame(bare: Repository) -> None:
    ran = bare.run("init", "--lang", "en")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("Wrote messaging.yaml (articles: 0).\n")
    guide = made(bare)
    assert [*guide] == ["version", "name", "language", "extends", "content"]
    assert guide["language"] == "en"
    assert guide["content"] == {"include": ["content/**/*.md"]}


def test_articles_without_front_matter_are_not_told_off(bare: Repository) -> None:
    for name in "abc":
        bare.write(f"{name}.md", "# 題\n\n確かめます。")
    assert bare.run("init").status == 0
    guide = made(bare)
    assert guide["content"] == {"include": ["**/*.md"]}
    assert guide["rules"] == {"front-matter": False}
    assert bare.run("check", "--fail-on", "info").status == 0


def test_named_folders_are_the_content(bare: Repository) -> None:
    bare.write("site/blog/a.md", "# 題\n\n確かめます。")
    bare.write("site/blog/b.mdx", "# 題\n\n確かめます。")
    bare.write("site/pages/c.md", "# 題\n\n確かめます。")
    assert bare.run("init", "site/blog").status == 0
    assert made(bare)["content"] == {"include": ["site/blog/**/*.md", "site/blog/**/*.mdx"]}


def test_a_folder_is_named_whatever_it_is_called(bare: Repository) -> None:
    bare.write("記事 [旧]!/a.md", "# 題\n\n確かめます。")
    assert bare.run("init").status == 0
    assert made(bare)["content"] == {"include": ["記事 \\[旧\\]\\!/**/*.md"]}
    ran = bare.run("check", "--fail-on", "never")
    assert (ran.status, ran.out.splitlines()[-1].split("を")[0]) == (0, "1ファイル")


def test_a_folder_elsewhere_is_refused(bare: Repository, tmp_path: Path) -> None:
    ran = bare.run("init", "..")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("msglint: .. は今いるフォルダーの外にあります。")
    assert not (bare.folder / "messaging.yaml").exists()


def test_a_folder_that_is_not_there_or_empty_makes_no_guide(bare: Repository) -> None:
    ran = bare.run("init", "contet")
    assert (ran.status, ran.out, ran.err) == (2, "", "contet:1:1: ファイルがありません。\n")
    (bare.folder / "empty").mkdir()
    ran = bare.run("init", "empty")
    assert (ran.status, ran.out, ran.err) == (2, "", "msglint: empty に記事がありません。\n")
    assert not (bare.folder / "messaging.yaml").exists()


def test_an_article_that_cannot_be_read_is_told_and_the_guide_written(bare: Repository) -> None:
    bare.write("content/a.md", "# 題\n\n確かめます。")
    bare.write("content/b.md", "# 題\n\n確かめます。".encode("shift_jis"))
    ran = bare.run("init")
    assert ran.status == 2
    assert ran.err.startswith("content/b.md:1:3: ")
    assert ran.out.startswith("messaging.yaml を書きました(記事1件")
    assert made(bare)["content"] == {"include": ["content/**/*.md"]}


def test_a_pack_that_articles_disagree_with_is_silenced(bare: Repository) -> None:
    bare.write("content/a.md", "# 題\n\n" + "サーバを足します。" * 6 + "サーバーを見ます。")
    assert bare.run("init").status == 0
    assert made(bare)["terms"] == [{"term": "サーバー", "variants": []}]
    assert "「サーバー」と書きます" not in bare.run("check").out


def test_okurigana_and_few_uses_settle_nothing(bare: Repository) -> None:
    bare.write("content/a.md", "# 題\n\n" + "支払いを確かめます。" * 6 + "支払の期限です。支払額です。")
    bare.write("content/b.md", "# 題\n\n見積もりを出します。見積りを出します。")
    assert bare.run("init").status == 0
    assert "terms" not in made(bare)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("MQL(Marketing Qualified Lead)を渡す", [("MQL", "Marketing Qualified Lead")]),
        ("MQL（Marketing Qualified Lead）を渡す", [("MQL", "Marketing Qualified Lead")]),
        ("Marketing Qualified Lead(以下、MQL)を渡す", [("MQL", "Marketing Qualified Lead")]),
        ("見込み客(MQL: Marketing Qualified Lead)を渡す", [("MQL", "Marketing Qualified Lead")]),
        ("MQL、Marketing Qualified Leadを渡す", [("MQL", "Marketing Qualified Lead")]),
        ("SaaS(Software as a Service)を使う", [("SaaS", "Software as a Service")]),
        ("ROI(Return on Investment)を測る", [("ROI", "Return on Investment")]),
        ("Use the Customer Data Platform(CDP)で集める", [("CDP", "Customer Data Platform")]),
        ("NFR(Not-for-Resale)の版", [("NFR", "Not-for-Resale")]),
        ("POS(Point of Sale system)の画面", [("POS", "Point of Sale")]),
        ("AWS(Red Hat OpenShift)の上", []),
        ("SQL(PostgreSQL)を書く", []),
        ("Web(World Wide Web)を見る", []),
        ("AEM in Adobe Experience(AEM)の画面", []),
    ],
)
def test_what_an_abbreviation_stands_for(words: str, expected: list[tuple[str, str]]) -> None:
    assert [*explained(words)] == expected


def test_abbreviations_have_two_capitals_and_stand_alone() -> None:
    text = "MQLとSaaSとWebと、READMEmore、A-B、https://example.com/API/x、config.API.md、KPIs、ABCDEFGHIJ、CRM."
    assert abbreviations(text) == {"MQL", "SaaS", "KPIs", "CRM"}
