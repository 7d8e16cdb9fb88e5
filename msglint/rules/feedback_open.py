"""feedback-open: an article whose sheet sales found not usable, and which has not changed since."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.analysis.objections import CONFLICTS, TIMES, Objection, objections
from msglint.model import Complaint, Option, Severity, Text, Violation
from msglint.rule import Context, Example, Rule

_SHOWN = 3
_LONGEST = 80


def check(ctx: Context) -> Iterator[Violation]:
    """Yield each sheet of the article, as it is committed, that sales called not usable, with sales' reasons."""
    said = ctx.environment.complaints.get(ctx.path, ())
    if said:
        for objection in objections(said, ctx.options["times"], ctx.options["conflicts"]):
            yield Violation(ctx.document.top, _message(objection))


def _message(objection: Objection) -> Text:
    number = len(objection.complaints)
    latest = objection.complaints[::-1]
    ja = "、".join(f"「{_quoted(c)}」({c.met_on})" for c in latest[:_SHOWN])
    en = "; ".join(f'"{_quoted(c)}" ({c.met_on})' for c in latest[:_SHOWN])
    if number > _SHOWN:
        ja += f"ほか{number - _SHOWN}件"
        en += f"; and {number - _SHOWN} more"
    conflict = objection.conflict
    return Text(
        f"営業シート「{objection.sheet}」は{number}件の商談・リードで「使えなかった」とされ、"
        f"{'ほかのメッセージと食い違うという声もあります' if conflict else 'その後、記事は直されていません'}。"
        f"営業の声: {ja}。記事を直してコミットすると、この指摘は消えます。",
        f'Sales could not use the sheet "{objection.sheet}" in {number} {"deal" if number == 1 else "deals"}, '
        f"{'among other things for a conflict of message' if conflict else 'and the article has not changed since'}: "
        f"{en}. Change the article and commit it.",
    )


def _quoted(complaint: Complaint) -> str:
    """Return the reason on one line, without what a terminal would take for a command."""
    line = " ".join("".join(c if c.isprintable() else " " for c in complaint.reason).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _said(*reasons: str, sheet: str = "crm/one-pager", conflict: bool = False) -> tuple[Complaint, ...]:
    return tuple(
        Complaint(sheet, "3f9a0c1b2d", f"{sheet}-{i}", f"2026-10-{i:02}", reason, conflict)
        for i, reason in enumerate(reasons, 1)
    )


_OLD = "料金が先月の改定前のままだった"
_VAGUE = "導入までの期間が書かれておらず、その場で答えられなかった"
_CLASH = "価格ページは「初期費用なし」なのに、シートには初期費用が載っている"
_ARTICLE = "title: CRMを入れる前に\n---\n\nCRMの導入で最初につまずくのは、入力の手間です。\n"

RULE = Rule(
    id="feedback-open",
    severity=Severity.WARNING,
    check=check,
    summary=Text(
        "営業が使えなかったと答え、まだ直されていない記事を見つける",
        "Finds articles that sales could not use and that have not changed since",
    ),
    page=Text(
        """商談で使えなかったシートは、理由が記事に戻らなければ、次の商談でも使えません。このルールは、記事から作った営業シートが
「使えなかった」と答えられ、そのときの版の記事がまだそのままコミットされているとき、営業の書いた理由を添えて知らせます。

- 同じシートについて、2件の商談・リードで「使えなかった」とされたとき、または「ほかのメッセージと食い違う」という理由が1件でもあるときに知らせます。
  1件の商談・リードは1票です。同じ商談で後から「役に立った」と答え直せば、その票はなくなります(「使わなかった」では、なくなりません)。
- 記事を直してコミットすると消えます。手元で直しただけ、改善の担当を決めただけでは消えません。gitで管理していない記事は、ファイルの中身で判断します。
- 件数は`rules: {feedback-open: {times: 3, conflicts: 2}}`のように変えられます。

フィードバックは、ガイドの隣の`.msglint/loop.db`から読みます。保存先がPostgreSQLのチームや、保存先のないCIでは、
`msglint feedback export --open`がガイドの隣に書く`messaging.feedback.json`をコミットしておくと、そこから読みます。
両方があれば、両方のフィードバックを合わせて読みます。""",
        """A sheet that could not be used in one meeting will not be usable in the next, unless the reason comes back into the
article. This rule reports an article whose sheet sales called not usable while the article, as committed, is still the version
that the sheet was made of, in sales' own words.

- It reports a sheet that was not usable in two deals or leads, or in one for a conflict of message. Each deal or lead has one voice:
  its latest verdict, where "not used" takes nothing back.
- Change the article and commit it, and the diagnostic is gone. A change that is not committed, or an action item, does not close it.
  An article that git does not track is judged by its file.
- `times` and `conflicts` change the numbers.

Feedback is read from `.msglint/loop.db` beside the guide. Where the store is PostgreSQL, and in CI, commit the file
`messaging.feedback.json` that `msglint feedback export --open` writes beside the guide. Where there are both, what either says counts.""",
    ),
    options=(
        Option(
            "times",
            int,
            TIMES,
            Text("この件数の商談・リードで使えなければ指摘する", "Report after so many deals or leads"),
        ),
        Option(
            "conflicts",
            int,
            CONFLICTS,
            Text(
                "メッセージが食い違うという理由は、この件数で指摘する",
                "Report after so many that tell of a conflict of message",
            ),
        ),
    ),
    examples=(
        Example(f"⟦---⟧\n{_ARTICLE}", complaints=_said(_OLD, _VAGUE)),
        Example(f"⟦---⟧\n{_ARTICLE}", complaints=_said(_CLASH, conflict=True)),
        Example("⟦⟧CRMの導入で最初につまずくのは、入力の手間です。\n", complaints=_said(_OLD, _OLD)),
        Example(f"⟦---⟧\n{_ARTICLE}", complaints=_said(*[_OLD] * 5)),
        Example(
            f"⟦⟦---⟧⟧\n{_ARTICLE}",
            complaints=(*_said(_OLD, _VAGUE), *_said(_CLASH, sheet="crm/battle-card", conflict=True)),
        ),
        Example(
            f"⟦---⟧\n{_ARTICLE}", "rules: {feedback-open: {times: 1}}", complaints=_said("1行目\n\x1b[31m2行目" * 20)
        ),
        Example(
            f"⟦---⟧\n{_ARTICLE}",
            "rules: {feedback-open: {conflicts: 2}}",
            complaints=_said(_CLASH, _CLASH, conflict=True),
        ),
        Example(f"---\n{_ARTICLE}", complaints=_said(_OLD)),
        Example(f"---\n{_ARTICLE}"),
        Example(f"---\n{_ARTICLE}", complaints=(*_said(_OLD), *_said(_VAGUE, sheet="crm/battle-card"))),
        Example(f"---\n{_ARTICLE}", "rules: {feedback-open: {times: 3}}", complaints=_said(_OLD, _VAGUE)),
        Example(f"---\n{_ARTICLE}", "rules: {feedback-open: {conflicts: 2}}", complaints=_said(_CLASH, conflict=True)),
        Example(f"---\n{_ARTICLE}", "rules: {feedback-open: off}", complaints=_said(_OLD, _VAGUE)),
        Example(
            f"---\n{_ARTICLE}\n<!-- msglint-disable-file feedback-open -- 来月の価格改定と合わせて直す -->\n",
            complaints=_said(_OLD, _VAGUE),
        ),
    ),
)
