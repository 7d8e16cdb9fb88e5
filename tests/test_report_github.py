from __future__ import annotations

from dataclasses import replace

from report_sample import BROKEN, CLEAN, RUN, diagnostic, in_language, result

from msglint.model import Severity
from msglint.report.github import encode

WHOLE = """\
::error file=content/crm 導入.md,line=3,endLine=3,col=13,endColumn=20,title=msglint banned-phrase::「必ず成果が出る」は使えません: 成果を保証する表現です。
::error file=content/news.md,line=1,endLine=1,col=6,endColumn=11,title=msglint fact-mismatch::導入率は 37.2%25(2024年)です。
::warning file=content/crm 導入.md,line=3,endLine=3,col=23,endColumn=26,title=msglint term-variant::「サーバ」は「サーバー」と書きます。
::warning file=content/news.md,line=1,endLine=1,col=1,endColumn=1,title=msglint claim-missing::主張「一貫したメッセージ」がありません。
::warning file=content/news.md,line=2,endLine=2,col=1,endColumn=3,title=msglint term-variant::100%25, 確か: いいえ%0A二行目
::notice file=content/crm 導入.md,line=4,endLine=5,title=msglint near-duplicate::content/news.md とほぼ同じ内容です。
"""  # noqa: E501


def test_the_worst_come_first_then_path_order() -> None:
    assert encode(RUN) == WHOLE
    assert encode(CLEAN) == ""


def test_properties_and_message_are_escaped_as_the_runner_reads_them() -> None:
    path = "a,b:c%\r\n.md"
    found = diagnostic(path, "x", "x", "r:1,2", Severity.ERROR, "1,2:3%0A\r\n::error::")
    assert encode(replace(RUN, results=(result(path, found),))) == (
        "::error file=a%2Cb%3Ac%25%0D%0A.md,line=1,endLine=1,col=1,endColumn=2,title=msglint r%3A1%2C2"
        "::1,2:3%250A%0D%0A::error::\n"
    )


def test_what_could_not_be_read_comes_before_all() -> None:
    assert encode(replace(RUN, unreadable=BROKEN.unreadable)).startswith(
        "::error file=content/壊れた%2C記事.md,title=msglint::UTF-8 として読めません\n::error file=content/crm"
    )
    assert encode(in_language(BROKEN, "en")) == "::error file=content/壊れた%2C記事.md,title=msglint::It is not UTF-8\n"
