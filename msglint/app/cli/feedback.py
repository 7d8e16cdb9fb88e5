"""`msglint feedback`: what sales said of the content and its leads, and what is done about it."""

from __future__ import annotations

import click

from msglint.app.cli import options
from msglint.app.cli.speech import Group
from msglint.model import Text

_MEMBERS = {
    "add": (
        "msglint.app.cli.feedback_add:add",
        Text("商談の後のフィードバックを記録します。", "Record what a meeting told."),
    ),
    "import": (
        "msglint.app.cli.feedback_import:import_",
        Text(
            "Google フォームや Microsoft Forms の回答(CSV)を取り込みます。",
            "Import the answers to Google Forms or Microsoft Forms (CSV).",
        ),
    ),
    "list": (
        "msglint.app.cli.feedback_list:list_",
        Text("フィードバックや改善項目の一覧を表示します。", "List feedback or actions."),
    ),
    "export": ("msglint.app.cli.feedback_export:export", Text("フィードバックを書き出します。", "Export feedback.")),
    "act": (
        "msglint.app.cli.feedback_act:act",
        Text(
            "フィードバックを受けた改善項目を、担当と期限を決めて記録します。",
            "Record an action with owner and due day.",
        ),
    ),
    "close": ("msglint.app.cli.feedback_act:close", Text("改善項目を完了にします。", "Close an action.")),
}


@click.command(
    "feedback",
    cls=Group,
    members=_MEMBERS,
    about=Text(
        "営業のフィードバックを記録し、記事の改善につなげます。",
        "Records what sales says, and brings it back into the content.",
    ),
)
@options.language
def feedback() -> None:
    """Do nothing by itself."""
