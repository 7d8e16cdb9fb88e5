"""Points 8 and 15: what becomes of sales' voice."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msglint.loop.checklist.agreement import RECENT
from msglint.loop.checklist.model import Article, Evidence, Finding, Ground, Revision, State, noted
from msglint.loop.checklist.voices import NOTHING, WINDOW
from msglint.loop.intervals import Share
from msglint.loop.model import ActionItem, Feedback

_LISTED = 3


def brought_in(ground: Ground) -> Finding:
    """8: feedback is brought into content: what was to be done because of it, what was done, how long it took."""
    rows = ground.rows
    if not rows.feedback:
        return Finding(State.UNKNOWN, [NOTHING])
    met = {one.id: one.met_on for one in rows.feedback}
    from_voice = [item for item in rows.action_items if item.feedback in met]
    closed = [item for item in from_voice if item.closed_on is not None]
    seen = [
        noted(
            f"フィードバックから決めた対応{len(from_voice)}件、うち完了{len(closed)}件",
            f"actions from feedback: {len(from_voice)}, done {len(closed)}",
            max((item.closed_on for item in closed if item.closed_on), default=None),
        )
    ]
    seen += _done(closed, met)
    left = _untouched(ground)
    if left:
        seen.append(
            noted(
                f"{WINDOW}日を過ぎても対応の決まらない声{len(left)}件",
                f"feedback untouched for {WINDOW} days: {len(left)}",
                min(one.met_on for one in left),
            )
        )
    return Finding(State.EVIDENCE if from_voice or not left else State.FAILS, seen)


def _done(closed: Sequence[ActionItem], met: Mapping[str, date]) -> Iterator[Evidence]:
    """Yield how long it took, and the last commits that came of it; `met` are the days of the feedback."""
    days = [(item.closed_on - met[item.feedback]).days for item in closed if item.closed_on and item.feedback]
    if days:
        middle = f"{statistics.median(days):.0f}"
        yield noted(f"声を聞いてから完了まで、中央値{middle}日", f"from voice to done, median {middle} days")
    for item in [item for item in closed if item.closing_commit][-_LISTED:]:
        short = str(item.closing_commit)[:7]
        yield noted(
            f"{item.what}(コミット {short})", f"{item.what} (commit {short})", item.closed_on, item.closing_commit
        )


def heard(ground: Ground) -> Finding:
    """15: sales' voice is heard when content is made: changed articles whose commit or front matter names feedback."""
    changes = ground.content.changes
    if changes is None:
        return Finding(State.UNKNOWN, [noted("gitの履歴がない", "there is no history in git")])
    recent = {path: [r for r in revisions if 0 <= ground.age(r.on) < RECENT] for path, revisions in changes.items()}
    changed = {path: revisions for path, revisions in recent.items() if revisions}
    if not changed:
        return Finding(
            State.UNKNOWN,
            [noted(f"直近{RECENT}日に変わった記事がない", f"no article changed in {RECENT} days")],
        )
    articles = {article.path: article for article in ground.content.articles}
    cited = {path: revisions[0] for path, revisions in changed.items() if _cites(articles.get(path), revisions, ground)}
    share = Share(len(cited), len(changed)).said()
    seen = [
        noted(
            f"直近{RECENT}日に変わった記事のうち、営業の声にもとづくもの {share.ja}",
            f"articles changed in {RECENT} days because of feedback: {share.en}",
            max(revisions[0].on for revisions in changed.values()),
        )
    ]
    seen += [noted(path, path, revision.on, path) for path, revision in sorted(cited.items())[:_LISTED]]
    return Finding(State.EVIDENCE if cited else State.FAILS, seen)


def _untouched(ground: Ground) -> list[Feedback]:
    """Return the feedback of over 30 days ago that asks for something, and of which nothing has come.

    It asks by a request, or by calling not usable a version of a sheet that is still the present one.
    """
    rows = ground.rows
    present = {(made.version.sheet, made.version.version) for made in ground.sheets or ()}
    wanting = {
        item.feedback
        for item in rows.items
        if item.verdict == "not_usable" and (ground.sheets is None or (item.sheet, item.version) in present)
    }
    touched = {item.feedback for item in rows.action_items}
    return [
        one
        for one in rows.feedback
        if (one.request or one.id in wanting) and one.id not in touched and ground.age(one.met_on) >= WINDOW
    ]


def _cites(article: Article | None, revisions: list[Revision], ground: Ground) -> bool:
    ids = {one.id for one in ground.rows.feedback}
    closing = {item.closing_commit for item in ground.rows.action_items if item.feedback and item.closing_commit}
    if article is not None and ids & set(article.feedback):
        return True
    return any(
        any(revision.commit.startswith(commit) for commit in closing) or any(id in revision.message for id in ids)
        for revision in revisions
    )
