"""What has to fit together in a guide once all of it is there: names referred to, ends of ranges, and the like."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.guide.contradictions import contradictions
from msglint.guide.model import Place
from msglint.guide.page import BROKEN, Read, nearest, unknown
from msglint.model import Problem, Text


def problems_of(guide: Read, path: str) -> Iterator[Problem]:
    """Yield what does not fit together in the merged `guide`, whose own file is at `path`."""
    yield from _references(guide)
    yield from _switched_off(guide)
    yield from _ranges(guide)
    yield from _variants(guide)
    yield from _sheets(guide)
    yield from _handoff(guide)
    yield from contradictions(guide, path)


def _references(guide: Read) -> Iterator[Problem]:
    scopes = [*guide.each("banned")]
    scopes += [phrase for persona in guide.each("personas") for phrase in persona.each("avoid")]
    scopes += [scope for claim in guide.each("claims") if (scope := claim.get("required_for"))]
    for scope in scopes:
        yield from _known(scope, "personas", guide, "personas", Text("ペルソナ", "persona"))
        yield from _known(scope, "stages", guide, "stages", Text("ステージ", "stage"))
    for claim in guide.each("claims"):
        yield from _known(claim, "evidence", guide, "facts", Text("事実(facts)のid", "fact"))


def _known(entry: Read, key: str, guide: Read, section: str, noun: Text) -> Iterator[Problem]:
    names = _names(guide, section)
    for item in entry.each(key):
        if names is not None and item.value not in names:
            yield item.problem(*unknown(noun, item.value, names))


def _names(guide: Read, section: str) -> list[str] | None:
    """Return the ids of a section's entries, None when some could not be read and so anything may be meant."""
    found = guide.value.get(section)
    if found is None:
        return []
    if found.value is BROKEN or any(item.get("id") is None for item in found.value):
        return None
    return [item.scalar("id") for item in found.value]


def _switched_off(guide: Read) -> Iterator[Problem]:
    for phrase in guide.each("banned"):
        for key in ("personas", "stages", "paths") if phrase.scalar("severity") == "off" else ():
            if scope := phrase.get(key):
                yield scope.problem(
                    f"`severity: off`は表現をすべての記事で外します。`{key}`とは一緒に使えません。",
                    f"`severity: off` switches the phrase off everywhere; `{key}` cannot go with it.",
                )


def _ranges(guide: Read) -> Iterator[Problem]:
    for value in (value for fact in guide.each("facts") for value in fact.each("values")):
        low, high = value.get("from"), value.get("to")
        if low and high and low.value > high.value:
            yield low.problem(
                f"`from`({low.value})が`to`({high.value})より大きくなっています。",
                f"`from` ({low.value}) is greater than `to` ({high.value}).",
            )


def _variants(guide: Read) -> Iterator[Problem]:
    terms = {name.value: name.place for term in guide.each("terms") if (name := term.get("term"))}
    listed: dict[str, tuple[str, Place]] = {}
    for term in guide.each("terms"):
        name = term.scalar("term", "")
        for variant in term.each("variants"):
            if at := terms.get(variant.value):
                yield variant.problem(
                    f"直す対象の「{variant.value}」は、{at.line}行目で正しい用語になっています。どちらかを消してください。",
                    f"The variant `{variant.value}` is itself a term (line {at.line}). Remove one of the two.",
                )
            other, where = listed.setdefault(variant.value, (name, variant.place))
            if other != name and where.path == variant.place.path:
                yield variant.problem(
                    f"「{variant.value}」は「{other}」に直す書き方として{where.line}行目にもあります。",
                    f"`{variant.value}` is listed for `{other}` on line {where.line} too.",
                )


def _sheets(guide: Read) -> Iterator[Problem]:
    sheets = guide.get("sheets")
    for sheet in sheets.value.values() if sheets else ():
        sections = [section.value for section in sheet.each("sections")]
        for kind in sheet.each("required"):
            if near := _slip(kind.value, sections):
                yield kind.problem(
                    f"必須の「{kind.value}」が`sections`にありません。「{near}」の間違いではありませんか。",
                    f"The required `{kind.value}` is not in `sections`. Did you mean `{near}`?",
                )


def _slip(name: str, known: list[str]) -> str | None:
    """Return what `name` looks like a slip of; another name may be meant, so only what is very near counts."""
    return None if name in known else nearest(name, known, 0.8)


def _handoff(guide: Read) -> Iterator[Problem]:
    handoff = guide.get("handoff")
    if handoff is None:
        return
    response, mql = handoff.get("response"), handoff.get("mql")
    clock = response.get("clock") if response else None
    if clock and clock.value == "business" and "calendar" not in handoff.value:
        yield clock.problem(
            "営業時間で数えるには`handoff`に`calendar`が必要です。",
            "Business hours need a `calendar` in `handoff`.",
        )
    if mql is None:
        return
    scored = [action.scalar("action", "") for action in mql.each("actions")]
    for wanted in mql.each("required_actions"):
        if near := _slip(wanted.value, scored):
            yield wanted.problem(
                f"「{wanted.value}」は`actions`にありません。「{near}」の間違いではありませんか。"
                "別の行動なら、`points: 0`で`actions`に加えてください。",
                f"`{wanted.value}` is not in `actions`. Did you mean `{near}`? "
                "If it is another one, add it there with `points: 0`.",
            )
