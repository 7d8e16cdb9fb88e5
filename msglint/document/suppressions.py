"""Comments that silence rules, and what each of them covers."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from msglint.document.comments import Comment
from msglint.document.model import Suppression
from msglint.document.nextline import NextLine
from msglint.expression import expression
from msglint.model import Lines, Span

_DIRECTIVE = expression(
    r"\s*msglint-([A-Za-z][\w-]*+)"
    r"((?:(?!(?<![^\s,、，])(?:--|[—―–])).)*+)(?:(?:--|[—―–]+)(.*))?",
    re.DOTALL,
)
_RULE = expression(r"[^\s,、，]+")
_Action = Literal["next-line", "disable", "file", "enable", "unknown"]
ACTIONS: dict[str, _Action] = {
    "disable-next-line": "next-line",
    "disable": "disable",
    "disable-file": "file",
    "enable": "enable",
}
"""What may stand behind `msglint-`, and what it does."""


class _Directive(NamedTuple):
    action: _Action
    rules: tuple[tuple[str, Span], ...]
    reason: str | None
    comment: Span


def suppressions(comments: list[Comment], source: str, lines: Lines, body: str, start: int) -> tuple[Suppression, ...]:
    """Return the directives among `comments`, in source order; `body` is the Markdown from `start` on as parsed."""
    directives = list(_directives(comments))
    if not directives:
        return ()
    ends = _Ends([d for d in directives if d.action == "enable"])
    begun = {name: d.comment.start for d in reversed(directives) if d.action == "disable" for name, _ in d.rules}
    next_line = NextLine(source, lines, [c.span for c in comments], body, start)
    return tuple(_suppression(d, ends, begun, next_line, len(source)) for d in directives)


def _directives(comments: list[Comment]) -> Iterator[_Directive]:
    for comment in comments:
        if match := _DIRECTIVE.fullmatch(comment.text):
            at = comment.start + match.start(2)
            rules = [(m.group(), Span(at + m.start(), at + m.end())) for m in _RULE.finditer(match[2])]
            reason = (match[3] or "").strip() or None
            action = ACTIONS.get(match[1], "unknown")
            if action == "unknown":
                rules = [(match[1], Span(comment.start + match.start(1), comment.start + match.end(1)))]
            yield _Directive(action, tuple(rules), reason, comment.span)


def _suppression(
    directive: _Directive, ends: _Ends, begun: Mapping[str, int], next_line: NextLine, length: int
) -> Suppression:
    action, rules, reason, span = directive
    covers, unclosed = dict[str, Span](), list[str]()
    for name, _ in rules:
        if action == "file":
            covers[name] = Span(0, length)
        elif action == "next-line":
            covers[name] = next_line.after(span)
        elif action == "disable":
            end = ends.of(name, span.end)
            covers[name] = Span(span.end, length if end is None else end)
            unclosed += [name] if end is None else []
        elif action == "enable" and begun.get(name, length) > span.start:
            unclosed.append(name)
    return Suppression(action, rules, reason, span, covers, not unclosed, tuple(dict.fromkeys(unclosed)))


class _Ends:
    """Where rules are switched on again."""

    def __init__(self, enables: list[_Directive]) -> None:
        self._by_name: dict[str | None, list[int]] = {}
        for enable in enables:
            for name in (rule for rule, _ in enable.rules or ((None, None),)):
                self._by_name.setdefault(name, []).append(enable.comment.start)

    def of(self, name: str, start: int) -> int | None:
        """Return the next place from `start` on at which `name`, or all, are enabled."""
        found = []
        for places in (self._by_name.get(name, []), self._by_name.get(None, [])):
            i = bisect.bisect_left(places, start)
            found += places[i : i + 1]
        return min(found, default=None)
