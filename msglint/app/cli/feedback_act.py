"""`msglint feedback act` and `close`: what is done about what sales said, by whom, and with which commit."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from msglint.app.cli import options
from msglint.app.cli.asking import ask, ask_for, choose, may_ask, require
from msglint.app.cli.feedback_options import day
from msglint.app.cli.feedback_words import KINDS
from msglint.app.cli.output import print_text
from msglint.app.cli.speech import Command, Speaker, one_of
from msglint.app.cli.store import open_loop
from msglint.app.cli.unusable import Unusable
from msglint.model import Text

if TYPE_CHECKING:
    from msglint.loop.model import Feedback

Kind = Literal["content", "criteria"]
_KINDS: tuple[Kind, Kind] = ("content", "criteria")


@dataclass(frozen=True, slots=True)
class Planned:
    """The options of `act`."""

    what: str | None
    guide: str | None
    kind: Kind | None
    owner: str | None
    due: date | None
    source: str | None

    @property
    def missing(self) -> list[str]:
        """What has to be said and was not."""
        named = {"WHAT": self.what, "--kind": self.kind, "--owner": self.owner, "--due": self.due}
        return [name for name, value in named.items() if not value]


@dataclass(frozen=True, slots=True)
class Done:
    """The options of `close`."""

    number: str
    guide: str | None
    commit: str | None
    without_commit: bool
    on: date | None


@click.command(
    "act",
    cls=Command,
    about=Text(
        "改善項目を記録し、その番号を表示します。WHAT は、何をするかです。\n"
        "終わったら msglint feedback close 番号 で完了にします。端末では、指定しなかったことを尋ねます。",
        "Records an action and prints its number; WHAT says what is to be done.\n"
        "msglint feedback close NUMBER closes it. On a terminal it asks for what was not given.",
    ),
)
@click.argument("what", required=False, metavar="[WHAT]")
@options.guide
@options.option(
    "--kind",
    type=one_of("--kind", "content", "criteria"),
    metavar="content|criteria",
    about=Text("コンテンツ(content)か、引き渡しの基準(criteria)か。", "Of the content, or of the hand-over criteria."),
)
@options.option("--owner", metavar="NAME", about=Text("担当です。", "Who does it."))
@options.option("--due", type=day("--due"), metavar="DAY", about=Text("期限です。", "Until when."))
@options.option(
    "--feedback",
    "source",
    metavar="ID",
    about=Text(
        "もとになったフィードバック(IDの先頭だけでもよい)。", "The feedback it comes from (its id, or how that begins)."
    ),
)
@options.common
@click.pass_obj
def act(speaker: Speaker, /, **given: Any) -> int:
    """Record an action and return the exit status."""
    return _record(speaker, Planned(**given))


@click.command(
    "close",
    cls=Command,
    about=Text(
        "改善項目を完了にします。どのコミットで直したかを一緒に記録します。\n"
        "feedback-open の指摘は、記事を直してコミットしたときに消えます。完了にするだけでは消えません。",
        "Closes an action, with the commit that did it.\n"
        "The rule feedback-open is content when the article is changed and committed, not when an action is closed.",
    ),
)
@click.argument("number", metavar="NUMBER")
@options.guide
@options.option(
    "--commit", metavar="REV", about=Text("直したコミットです(既定: HEAD)。", "The commit that did it (default: HEAD).")
)
@options.option(
    "--without-commit", is_flag=True, about=Text("コミットなしで完了にします。", "Close it without a commit.")
)
@options.option(
    "--on", type=day("--on"), metavar="DAY", about=Text("完了した日です(既定: 今日)。", "The day (default: today).")
)
@options.common
@click.pass_obj
def close(speaker: Speaker, /, **given: Any) -> int:
    """Close an action and return the exit status."""
    return _finish(speaker, Done(**given))


def _record(speaker: Speaker, planned: Planned) -> int:
    if planned.missing and not may_ask():
        require(planned.missing)
    with open_loop(speaker, planned.guide) as loop:
        from msglint.loop import records
        from msglint.loop.feedback import next_number
        from msglint.loop.model import ActionItem
        from msglint.loop.store import reading, writing

        with reading(loop.engine) as connection:
            source = _named(records.feedback(connection), planned.source) if planned.source else None
        what, kind, owner, due = _asked(speaker, planned)
        with writing(loop.engine) as connection:
            number = next_number(connection)
            records.add(connection, ActionItem(number, kind, what, owner, due, source))
    speaker.note(Text(f"改善項目 {number} を記録しました(期限 {due})。", f"Recorded the action {number}, due {due}."))
    print_text(f"{number}\n")
    return 0


def _asked(speaker: Speaker, planned: Planned) -> tuple[str, Kind, str, date]:
    """Return what is to be done, of which kind, by whom and until when; what was not given is asked for."""
    return (
        planned.what or ask_for(speaker, Text("何をしますか", "What is to be done")),
        planned.kind or _KINDS[choose(speaker, Text("何についてですか", "Of what"), [KINDS[k] for k in _KINDS])],
        planned.owner or ask_for(speaker, Text("担当", "Who does it")),
        planned.due or ask(speaker, Text("期限(2026-10-31 のように)", "Until when (like 2026-10-31)"), _due),
    )


def _due(said: str) -> date:
    return options.day_of(said.strip(), "--due")


def _named(feedback: Sequence[Feedback], written: str) -> str:
    """Return the id that `written` begins, with or without what stands before its colon; raises Unusable."""
    ids = [one.id for one in feedback]
    found = [id for id in ids if written == id] or [
        id for id in ids if id.startswith(written) or id.partition(":")[2].startswith(written)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise Unusable(
            f"{written} で始まるフィードバックは{len(found)}件あります({', '.join(found[:3])} など)。",
            f"{len(found)} feedback begin with {written} ({', '.join(found[:3])} …).",
        )
    raise Unusable(
        f"{written} というフィードバックはありません。msglint feedback list で確かめてください。",
        f"There is no feedback {written}. See msglint feedback list.",
    )


def _finish(speaker: Speaker, done: Done) -> int:
    if done.commit and done.without_commit:
        raise Unusable(
            "--commit と --without-commit は一緒に使えません。", "--commit cannot be used with --without-commit."
        )
    with open_loop(speaker, done.guide) as loop:
        from msglint.loop.feedback import close
        from msglint.loop.store import writing

        commit = None if done.without_commit else _commit(done.commit, loop.project.ground.root)
        with writing(loop.engine) as connection:
            close(connection, done.number, done.on or loop.project.environment.today, commit)
    by = Text(f"(コミット {commit[:7]})", f" (commit {commit[:7]})") if commit else Text("", "")
    speaker.note(Text(f"改善項目 {done.number} を完了にしました{by.ja}。", f"Closed the action {done.number}{by.en}."))
    return 0


def _commit(revision: str | None, folder: Path) -> str:
    """Return the 40 digits of a commit; raises Unusable."""
    named = revision or "HEAD"
    command = ["git", "-C", str(folder), "rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}"]
    try:
        answer = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        raise Unusable("コミットを確かめるには git が必要です。", "Naming a commit needs git.") from None
    if answer.returncode:
        raise Unusable(
            f"{named} というコミットは、このリポジトリーにありません。コミットなしなら --without-commit を付けます。",
            f"This repository has no commit {named}. Add --without-commit to close it without one.",
        )
    return answer.stdout.decode().strip()
