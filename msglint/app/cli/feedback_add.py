"""`msglint feedback add`: one meeting's feedback, from options or from answers on the terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from msglint.app.cli import options
from msglint.app.cli.asking import may_ask, require
from msglint.app.cli.feedback_given import Call, Known, feedback_of, items_of
from msglint.app.cli.feedback_options import Decorated, day, made
from msglint.app.cli.speech import Command, Speaker, one_of
from msglint.app.cli.store import Loop, open_loop
from msglint.app.cli.unusable import Unusable
from msglint.model import Text


def _sheets(named: str, about: Text, metavar: str = "SHEET") -> Callable[[Decorated], Decorated]:
    return options.option(named, multiple=True, metavar=metavar, about=about)


@click.command(
    "add",
    cls=Command,
    about=Text(
        "商談やリードについてのフィードバックを1件記録します。\n"
        "端末では、指定しなかったことを順に尋ねます。--deal(か --lead)と --rep と、1つ以上の答えを指定すれば、"
        "何も尋ねずに記録します。\n"
        "SHEET はシートの名前、名前の終わりの部分、題のどれかです。前の版についてのときは、後に @版 を付けます。",
        "Records what sales said after one meeting, of a deal or a lead.\n"
        "On a terminal it asks for what was not given. With --deal (or --lead), --rep and at least one answer "
        "it asks nothing.\n"
        "SHEET is a sheet's name, the end of its name, or its title; add @VERSION for an earlier version.",
    ),
)
@options.guide
@options.option("--deal", metavar="ID", about=Text("どの商談か(IDか商談名)。", "Which deal (its id or name)."))
@options.option(
    "--lead", metavar="ID", about=Text("どのリードか(IDかメールアドレス)。", "Which lead (its id or e-mail).")
)
@options.option("--rep", metavar="NAME", about=Text("営業担当の名前です。", "Who was in the meeting for sales."))
@options.option(
    "--met-on",
    type=day("--met-on"),
    metavar="DAY",
    about=Text("商談の日です(既定: 今日)。", "The day of the meeting (default: today)."),
)
@options.option(
    "--temperature",
    metavar="1-5",
    about=Text("リードの温度感、1(低い)から5(高い)です。", "How warm the lead is, 1 to 5."),
)
@options.option(
    "--as-promised",
    type=one_of("--as-promised", "yes", "no"),
    metavar="yes|no",
    about=Text("リードの期待は、コンテンツの内容どおりでしたか。", "Did the lead expect what the content promised?"),
)
@options.option("--need", metavar="TEXT", about=Text("リードの課題です。", "What the lead needs."))
@options.option("--request", metavar="TEXT", about=Text("コンテンツへの要望です。", "What sales asks of the content."))
@_sheets("--helped", Text("役に立ったシートです。繰り返せます。", "A sheet that helped. May be repeated."))
@_sheets("--no-effect", Text("見せたが反応のなかったシートです。", "A sheet that was shown without effect."))
@_sheets(
    "--not-usable",
    Text("使えなかったシートと、その理由です。", "A sheet that was not usable, and why."),
    "SHEET=REASON",
)
@_sheets(
    "--conflict",
    Text(
        "ほかのメッセージと食い違うために使えなかったシートと、その理由です。",
        "A sheet that was not usable for it contradicts another message, and how.",
    ),
    "SHEET=REASON",
)
@_sheets("--not-used", Text("使わなかったシートです。", "A sheet that was not used."))
@_sheets(
    "--edited", Text("上で挙げたうち、手直しして使ったシートです。", "One of these that was changed by hand before.")
)
@made
@options.common
@click.pass_obj
def add(speaker: Speaker, /, **given: Any) -> int:
    """Record one feedback and return the exit status."""
    return _run(speaker, Call(**given))


def _run(speaker: Speaker, call: Call) -> int:
    if call.deal and call.lead:
        raise Unusable("--deal と --lead は、どちらか1つだけ指定してください。", "Give --deal or --lead, not both.")
    asking = bool(call.missing) and may_ask()
    if not asking:
        require(call.missing)
    with open_loop(speaker, call.guide) as loop:
        from msglint.loop.feedback import keep
        from msglint.loop.store import writing

        known = _known(loop, call)
        if asking:
            from msglint.app.cli.feedback_asked import asked

            feedback, items = asked(speaker, call, known)
        else:
            feedback = feedback_of(call, known)
            items = list(items_of(call, feedback, known.sheets))
        with writing(loop.engine) as connection:
            keep(connection, feedback, items, known.sheets.present)
    speaker.note(Text(f"フィードバック {feedback.id} を記録しました。", f"Kept the feedback {feedback.id}."))
    return 0


def _known(loop: Loop, call: Call) -> Known:
    from msglint.app.cli.manifests import folder_of, sheets
    from msglint.loop import records
    from msglint.loop.store import reading
    from msglint.loop.subjects import Subjects

    with reading(loop.engine) as connection:
        subjects = Subjects(tuple(records.deals(connection)), tuple(records.leads(connection)))
        earlier = records.sheets(connection)
    if not subjects.deals and not subjects.leads:
        raise Unusable(
            "商談もリードもまだありません。先に msglint leads import で取り込んでください。",
            "There are no deals and leads yet. Import them first with msglint leads import.",
        )
    return Known(subjects, sheets(folder_of(loop.project, call.folder), earlier), loop.project.environment.today)
