"""claim-missing: a message the article has to carry, and carries nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.analysis.meaning import CARRIED, Score, Support, supports
from msglint.guide.model import Claim
from msglint.model import Evidence, Severity, Text, Violation
from msglint.rule import Context, Example, Rule

_SHOWN = 60


def check(ctx: Context) -> Iterator[Violation | Evidence]:
    """Yield each required or promised claim that no section carries."""
    due = [claim for claim in ctx.guide.claims if _is_due(ctx, claim)]
    found = ctx.view.derived(supports, ctx.guide) if due else ()
    for claim in due:
        best = max(found, key=lambda s: s.claims[claim.id].value, default=None)
        score = best.claims[claim.id] if best else None
        if score is None or score.value < CARRIED:
            yield Violation(
                ctx.document.top, _message(claim, best, score), entry=claim.id, score=score.value if score else None
            )


def survey(ctx: Context) -> Iterator[Violation | Evidence]:
    """Yield what `check` does, and as evidence what each section carries."""
    for support in ctx.view.derived(supports, ctx.guide):
        yield Evidence(support.section.place, "section", _value(ctx, support))
    yield from check(ctx)


def _is_due(ctx: Context, claim: Claim) -> bool:
    """Whether the guide requires `claim` of the article, or the article promises it."""
    required = claim.required_for is not None and claim.required_for.admits(ctx.persona_id, ctx.stage_id, ctx.path)
    return required or claim.id in ctx.promised


def _message(claim: Claim, best: Support | None, score: Score | None) -> Text:
    ja = f"伝えるべき主張「{claim.statement}」を述べている節がありません。"
    en = f'No section carries the claim "{claim.statement}".'
    if best and score:
        near = best.section.title or score.said.passage
        ja += f"最も近いのは「{_shortened(near)}」の節です(確からしさ {score.value:.2f}、必要なのは {CARRIED:.2f})。"
        en += f' Closest: "{_shortened(near)}", {score.value:.2f}, needs {CARRIED:.2f}.'
    return Text(ja, en)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _value(ctx: Context, support: Support) -> dict[str, object]:
    return {
        "heading": support.section.title,
        "start": [*ctx.document.lines.position(support.section.start)],
        "claims": {claim: [score.value, *score.said.span] for claim, score in support.claims.items()},
    }


_GUIDE = """
personas: [{id: manager, name: 責任者}, {id: writer, name: 書き手}]
stages: [{id: problem}, {id: comparison}]
claims:
  - id: one-message
    statement: 全コンテンツで一貫したメッセージを発信する仕組みが、商談化率を高める
    paraphrases: [どの記事を読んでも主張がぶれないことが、質の高い商談を生む]
    required_for: {personas: [manager], stages: [comparison]}
  - id: loop
    statement: 商談で分かったことをコンテンツに戻す循環が、次の記事とリードの質を高める
    paraphrases: [営業のフィードバックを集め、記事の改善に反映し続ける]
"""

_CARRIES = "どの記事を読んでも同じ主張が伝わるように、会社としてのメッセージを1つにそろえます。メッセージが一貫していると、商談につながる割合が高まります。"
_SAME_IN_OTHER_WORDS = "書き手が何人いても、読者に伝える主張はぶれさせません。一貫したメッセージを発信する仕組みがある会社ほど、質の高い商談が生まれています。"
_LOOP = "営業が商談で聞いた声を集め、次の記事の改善に反映します。この循環を続けると、リードの質が高まります。"
_ELSEWHERE = "会議室の予約は、前日の17時までに総務へ申し込みます。機材を使うときは、台数も書き添えてください。"


def _of(persona: str, stage: str, body: str, promised: str = "") -> str:
    promise = f"claims: {promised}\n" if promised else ""
    return f"title: 記事\npersona: {persona}\nstage: {stage}\n{promise}---\n{body}"


RULE = Rule(
    id="claim-missing",
    severity=Severity.WARNING,
    check=check,
    survey=survey,
    summary=Text("記事が伝えるべき主張の抜けを見つける", "Finds claims that an article has to carry and does not"),
    page=Text(
        """どの記事を読んでも同じ主張が伝わることが、商談での期待と提案のずれを防ぎます。このルールは、ガイドの`claims`のうち、
`required_for`でこの記事に必要とされたもの、記事がfront matterの`claims`で約束したものについて、それを伝えている節があるかを
節ごとに読み取ります。言葉が同じである必要はなく、文の意味(ベクトルの類似度)と語の重なりから確からしさを出し、
0.50以上の節が1つもなければ、最も近い節を添えて知らせます。

確からしさの低い記事では、主張をはっきり述べる文を1つ加えるのが近道です。伝える必要のない記事なら、`required_for`の範囲を狭めてください。""",
        """Whichever article a reader saw, the message has to be the same. For each claim that the guide requires of the article
(`required_for`), or that the article promises (`claims` in its front matter), this rule reads section by section whether one
carries it: by meaning (vectors) and by words in common, as a probability. Under 0.50 everywhere it is missing, and the
closest section is named. A sentence that says the claim plainly is the shortest way; where it is not needed, narrow
`required_for`.""",
    ),
    examples=(
        Example(f"⟦---⟧\n{_of('manager', 'comparison', _ELSEWHERE)}", _GUIDE),
        Example(f"⟦---⟧\n{_of('manager', 'comparison', _LOOP)}", _GUIDE),
        Example(f"⟦---⟧\n{_of('writer', 'problem', _CARRIES, '[loop]')}", _GUIDE),
        Example(f"⟦---⟧\n{_of('writer', 'problem', _ELSEWHERE, 'loop')}", _GUIDE),
        Example(f"⟦⟦---⟧⟧\n{_of('manager', 'comparison', _ELSEWHERE, '[loop]')}", _GUIDE),
        Example(f"⟦---⟧\n{_of('manager', 'comparison', '')}", _GUIDE),
        Example(
            "⟦⟧会議室の予約は、総務に申し込みます。",
            "claims: [{id: a, statement: 主張は1つにそろえる, required_for: {}}]",
        ),
        Example(f"---\n{_of('manager', 'comparison', _CARRIES)}", _GUIDE),
        Example(f"---\n{_of('manager', 'comparison', _SAME_IN_OTHER_WORDS)}", _GUIDE),
        Example(
            f"---\n{_of('manager', 'comparison', f'## 予約{chr(10)}{chr(10)}{_ELSEWHERE}{chr(10)}{chr(10)}## 主張{chr(10)}{chr(10)}{_CARRIES}')}",
            _GUIDE,
        ),
        Example(f"---\n{_of('manager', 'problem', _ELSEWHERE)}", _GUIDE),
        Example(f"---\n{_of('writer', 'comparison', _ELSEWHERE)}", _GUIDE),
        Example(f"---\n{_of('writer', 'problem', _LOOP, '[loop]')}", _GUIDE),
        Example(f"---\n{_of('writer', 'problem', _ELSEWHERE, '[unknown]')}", _GUIDE),
        Example(_ELSEWHERE),
    ),
)
