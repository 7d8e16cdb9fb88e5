"""What one article already holds to: who it is for, its register, its sales tags, its abbreviations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from msglint.analysis.register import registered
from msglint.expression import expression
from msglint.model import Evidence, Severity, Span, Text
from msglint.rule import Context, Rule
from msglint.start.abbreviations import abbreviations, explained

ABOUT = "article"
_KANA = expression(r"[ぁ-んァ-ヴ]")


@dataclass(frozen=True, slots=True)
class Observed:
    """What an article shows of itself; plain values only, since it travels between processes and through the cache.

    `polite` and `plain` count its sentences in each register; `explained` has what its abbreviations stand for.
    """

    japanese: bool
    titled: bool
    persona: str | None
    stage: str | None
    polite: int
    plain: int
    kinds: tuple[str, ...]
    abbreviations: tuple[str, ...]
    explained: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Observed:
        """Return what was observed from its plain values (lists for tuples, as JSON has them)."""
        pairs = tuple((short, long) for short, long in value["explained"])
        lists = {key: tuple(value[key]) for key in ("kinds", "abbreviations")}
        return cls(**{**value, **lists, "explained": pairs})


def check(ctx: Context) -> Iterator[Evidence]:
    """Yield, as evidence, what the article shows of itself."""
    spoken = Counter(one.register for one in registered(ctx.view) if not one.taken_up)
    prose = ctx.view.readable
    yield Evidence(
        Span(0, 0),
        ABOUT,
        asdict(
            Observed(
                japanese=_KANA.search(prose) is not None,
                titled=bool(ctx.document.front and ctx.document.front.text("title")),
                persona=ctx.persona_id,
                stage=ctx.stage_id,
                polite=spoken["polite"],
                plain=spoken["plain"],
                kinds=tuple(dict.fromkeys(tag.kind for tag in ctx.document.tags)),
                abbreviations=tuple(sorted(abbreviations(prose))),
                explained=tuple(dict.fromkeys(explained(prose))),
            )
        ),
    )


OBSERVING = Rule(
    id="observed",
    severity=Severity.INFO,
    check=check,
    summary=Text("記事そのものの特徴を集める", "Gathers what an article shows of itself"),
    page=Text("", ""),
)
"""Asked by `msglint init` alone: no guide names it, and it reports nothing."""
