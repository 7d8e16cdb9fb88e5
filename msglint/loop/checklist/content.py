"""Points 4 to 6: one message, personas, and sheets to hand over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msglint.loop.checklist.model import Evidence, Finding, Ground, Made, State, noted
from msglint.model import Severity, Text

_CONTRADICTING = frozenset({"banned-phrase", "claim-contradicted", "fact-mismatch", "figure-conflict"})
_MESSAGE = _CONTRADICTING | {"claim-missing", "definition-drift", "off-message", "term-variant"}
_LISTED = 3


def one_message(ground: Ground) -> Finding:
    """4: all content carries one message: what contradicts it, which claims are carried, what was excused."""
    content = ground.content
    if not content.articles:
        return Finding(State.UNKNOWN, [noted("検査できる記事がない", "there is no article to check")])
    found = [one for one in content.diagnostics if one.rule in _MESSAGE]
    against = [one for one in found if one.rule in _CONTRADICTING and one.severity is not Severity.INFO]
    seen = [
        noted(
            f"記事{len(content.articles)}件を検査。主張、数字、用語の指摘{len(found)}件(うち食い違い{len(against)}件)、"
            f"理由を付けた例外{content.excused}件",
            f"{len(content.articles)} articles checked; {len(found)} diagnostics of claims, figures and terms "
            f"({len(against)} of them contradictions), {content.excused} excused",
            ground.today,
        )
    ]
    seen += [
        noted(f"{one.path}:{one.start.line} {one.rule}", f"{one.path}:{one.start.line} {one.rule}", None, one.path)
        for one in against[:_LISTED]
    ]
    seen += _carried(ground)
    if content.unread:
        seen.append(noted(f"読めない記事{content.unread}件", f"{content.unread} articles cannot be read"))
        return Finding(State.UNKNOWN, seen)
    return Finding(State.FAILS if against or not ground.guide.claims else State.EVIDENCE, seen)


def _carried(ground: Ground) -> list[Evidence]:
    """Return how many of the claims an article carries, and those that none does."""
    carried, claims = ground.content.carried, ground.guide.claims
    if carried is None:
        return []
    bare = [claim.id for claim in claims if not carried.get(claim.id)]
    there = len(claims) - len(bare)
    said = Text(
        f"主張{len(claims)}件のうち{there}件を、どれかの記事が伝えている",
        f"{there} of {len(claims)} claims are carried by an article",
    )
    lost = [noted(f"どの記事も伝えていない主張: {id}", f"carried nowhere: {id}") for id in bare]
    return [Evidence(said, ground.today), *lost]


def personas(ground: Ground) -> Finding:
    """5: the target personas are defined, with what each struggles with, and each article is for one of them."""
    path = ground.guide.path
    if not ground.guide.personas:
        return Finding(State.FAILS, [noted("ガイドに personas がない", "the guide has no personas", None, path)])
    written = Counter(article.persona for article in ground.content.articles)
    seen = [
        noted(
            f"{one.name or one.id}: 課題{len(one.challenges)}件、記事{written[one.id]}件",
            f"{one.name or one.id}: {len(one.challenges)} challenges, {written[one.id]} articles",
            None,
            path,
        )
        for one in ground.guide.personas
    ]
    known = {one.id for one in ground.guide.personas}
    lost = [article.path for article in ground.content.articles if article.persona not in known]
    vague = [one.id for one in ground.guide.personas if not one.challenges]
    seen += [noted(f"課題が書かれていない: {id}", f"no challenges: {id}") for id in vague]
    if lost:
        seen.append(noted(f"読み手のない記事{len(lost)}件", f"articles for nobody: {len(lost)}", ground.today, lost[0]))
    return Finding(State.FAILS if lost or vague else State.EVIDENCE, seen)


def formats(ground: Ground) -> Finding:
    """6: there is something to hand over: for every persona a sheet, approved, in date and of today's article."""
    if ground.sheets is None:
        missing = Text("シートの一覧(manifest.json)がない", "there is no manifest.json of sheets")
        return Finding(State.UNKNOWN, [Evidence(missing)])
    usable = [made for made in ground.sheets if _usable(made, ground)]
    seen = [
        noted(
            f"シート{len(ground.sheets)}枚のうち、承認済みで期限内、今の記事のもの{len(usable)}枚",
            f"of {len(ground.sheets)} sheets {len(usable)} are approved, in date and of today's article",
            ground.today,
        )
    ]
    reasons = Counter(_trouble(made, ground) for made in ground.sheets if made not in usable)
    seen += [noted(f"{why.ja}: {n}枚", f"{why.en}: {n}") for why, n in sorted(reasons.items())]
    places = {(made.persona, made.stage) for made in usable}
    holes = [(p, s) for p in ground.guide.personas for s in ground.guide.stages if (p.id, s.id) not in places]
    if holes:
        listed = [f"{p.name or p.id} × {s.name or s.id}" for p, s in holes]
        seen.append(noted("使えるシートのない組: " + "、".join(listed), "no usable sheet: " + ", ".join(listed)))
    without = {p.id for p in ground.guide.personas} - {made.persona for made in usable}
    return Finding(State.FAILS if without or not usable else State.HOLDS, seen)


def _usable(made: Made, ground: Ground) -> bool:
    return _trouble(made, ground) == _NONE


def _trouble(made: Made, ground: Ground) -> Text:
    """Return what keeps the sheet from being handed over."""
    version = made.version
    checks: Iterable[tuple[bool, Text]] = (
        (not made.there, Text("ファイルがない", "files missing")),
        (version.state == "unapproved", Text("未承認", "not approved")),
        (version.state == "stale" or not made.current, Text("記事が変わった", "the article changed")),
        (version.expires_on is not None and version.expires_on <= ground.today, Text("期限切れ", "expired")),
    )
    return next((why for wrong, why in checks if wrong), _NONE)


_NONE = Text("", "")
