"""`msglint leads`: leads and deals from CSV, their scores, and who is to be forgotten."""

from __future__ import annotations

import sys
from datetime import date

import click

from msglint.app.cli import options
from msglint.app.cli.output import print_data, print_text
from msglint.app.cli.speech import Command, Group, Speaker, one_of
from msglint.app.cli.unusable import Unusable
from msglint.model import Text

_MEMBERS = {
    "import": (
        f"{__name__}:import_",
        Text(
            "CRMなどのCSVから、リード、商談、行動、ページの数値を取り込みます。",
            "Import leads, deals, actions and page figures from CSV.",
        ),
    ),
    "score": (
        f"{__name__}:score",
        Text("スコアの内訳と、連絡を待つリードを表示します。", "Show what makes up a score, and who waits for a call."),
    ),
    "forget": (f"{__name__}:forget", Text("個人の情報を消します。", "Remove what is known of a person.")),
}


@click.command(
    "leads",
    cls=Group,
    members=_MEMBERS,
    about=Text("リードと商談を扱います。", "Deals with leads and deals."),
)
@options.language
def leads() -> None:
    """Do nothing by itself."""


def _day(value: str) -> date:
    return options.day_of(value, "--as-of")


@click.command(
    "import",
    cls=Command,
    about=Text(
        "CSVを取り込みます。HubSpotとSalesforceの書き出し(英語・日本語)、行動ログ、GA4のページの数値を読めます。\n"
        "読めない行は行番号と理由を表示し、残りを取り込みます。同じファイルをもう一度取り込んでも何も変わりません。",
        "Imports a CSV: exports of HubSpot and Salesforce (English or Japanese), action logs, GA4's page figures.\n"
        "Rows that cannot be read are listed with line and reason, the others go in. A second time changes nothing.",
    ),
)
@click.argument("file", metavar="FILE")
@options.guide
@options.option(
    "--dry-run",
    is_flag=True,
    about=Text(
        "何も書き込まず、各列を何として読んだか、何が変わるかを表示します。",
        "Write nothing; show what each column was taken for and what would change.",
    ),
)
@options.strict
@options.option(
    "--as",
    "kind",
    type=one_of("--as", "leads", "deals", "actions", "pages"),
    metavar="leads|deals|actions|pages",
    about=Text("何のファイルか(既定: 列名から判断)。", "What the file is of (default: told by its columns)."),
)
@options.option(
    "--system",
    type=one_of("--system", "hubspot", "salesforce", "csv"),
    metavar="hubspot|salesforce|csv",
    about=Text("どのシステムのIDか(既定: 列名から判断)。", "Whose ids they are (default: told by the columns)."),
)
@options.option(
    "--column",
    "columns",
    type=options.column,
    multiple=True,
    metavar="NAME=FIELD",
    about=Text(
        "列名 NAME を項目 FIELD(mql_at など)として読みます。繰り返せます。",
        "Read the column NAME as FIELD (such as mql_at). May be repeated.",
    ),
)
@options.common
@click.pass_obj
def import_(
    speaker: Speaker,
    file: str,
    guide: str | None,
    dry_run: bool,
    strict: bool,
    kind: str | None,
    system: str | None,
    columns: tuple[tuple[str, str], ...],
) -> int:
    """Import `file` and return the exit status: 0, 1 when rows could not be read, 2 when nothing went in for that."""
    from msglint.app.cli.leads_import import Call, run

    return run(speaker, Call(file, guide, dry_run, strict, kind, system, dict(columns)))  # type: ignore[arg-type]


@click.command(
    "score",
    cls=Command,
    about=Text(
        "ID(hubspot:101、101、またはメールアドレス)を指定すると、そのリードのスコアを作る行をすべて表示します。\n"
        "指定しなければ、引き渡し済みで連絡を待つリードを、期限を過ぎたものから表示します。",
        "With ID (hubspot:101, 101 or the e-mail), prints every line that makes up that lead's score.\n"
        "With none, lists the leads that were handed over and wait for a call, overdue ones first.",
    ),
)
@click.argument("id", required=False, metavar="[ID]")
@options.guide
@options.option(
    "--as-of",
    type=_day,
    metavar="DAY",
    about=Text(
        "この日の終わりの時点で計算します(既定: 今)。",
        "Compute it as of the end of this day (default: now).",
    ),
)
@options.option(
    "--format",
    type=one_of("--format", "text", "json", "csv"),
    default="text",
    metavar="text|json|csv",
    about=Text("出力の形式です(既定: text)。", "Form of the output (default: text)."),
)
@options.common
@click.pass_obj
def score(speaker: Speaker, id: str | None, guide: str | None, as_of: date | None, format: str) -> int:
    """Print the score of `id`, or who waits for a call."""
    from msglint.app.cli.leads_score import answer

    said = answer(speaker, id, guide, as_of, format)
    (print_text if format == "text" else print_data)(said)
    return 0


@click.command(
    "forget",
    cls=Command,
    about=Text(
        "このメールアドレスの人の情報(メール、会社、行動、営業の書いた言葉)を消します。元に戻せません。\n"
        "件数と日時だけが、誰のものかわからない形で残ります。次に取り込んでも戻りません。",
        "Removes what is known of the person with this e-mail: address, company, actions, sales' words. For good.\n"
        "Only numbers and times are left, of nobody in particular. No later import brings the person back.",
    ),
)
@click.argument("email", metavar="EMAIL")
@options.guide
@options.option("--yes", is_flag=True, about=Text("確認せずに消します。", "Do not ask before."))
@options.common
@click.pass_obj
def forget(speaker: Speaker, email: str, guide: str | None, yes: bool) -> int:
    """Remove what is known of the person, once that is confirmed."""
    import secrets

    from msglint.app.cli.store import open_loop

    with open_loop(speaker, guide) as loop:
        from msglint.loop import records
        from msglint.loop.rows import email_of
        from msglint.loop.store import scrub, writing

        address = email_of(email) or ""
        if not yes and not _confirmed(speaker, address):
            return 1
        with writing(loop.engine) as connection:
            found = records.forget(connection, address, loop.project.environment.today, lambda: secrets.token_hex(8))
        scrub(loop.engine)
    speaker.note(
        Text(
            f"{found}件のリードの個人の情報を消しました。今後の取り込みでも、この人の行は取り込みません。",
            f"Removed what was known of the person in {found} leads. Later imports leave the person out.",
        )
    )
    return 0


def _confirmed(speaker: Speaker, address: str) -> bool:
    if not sys.stdin.isatty():
        raise Unusable(
            "端末で実行していないため確認できません。--yes を付けてください。",
            "This is no terminal to ask on. Add --yes.",
        )
    asked = Text(f"{address} の情報を消しますか。元に戻せません。", f"Remove what is known of {address} for good?")
    return click.confirm(asked.in_(speaker.language), err=True)
