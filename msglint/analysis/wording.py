"""What is said of a phrase entry that was found: the same words for `banned` and for a persona's `avoid`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msglint.analysis.lexicon import Hit, lexicon, most_specific
from msglint.analysis.view import View
from msglint.document.model import Document
from msglint.guide.model import Phrase
from msglint.model import Evidence, Fix, Severity, Text, Violation


def violations(
    view: View,
    entries: tuple[Phrase, ...],
    *,
    kind: str,
    persona: str | None,
    stage: str | None,
    path: str,
    subject: Text,
) -> Iterator[Violation | Evidence]:
    """Yield what the article says of `entries` that are meant for it, and as evidence the places they let pass.

    `subject` names the kind of entry to a person, `kind` to a program ("banned", "avoid").
    """
    book = lexicon(entries)
    for found in book.hits(view):
        meant = [h for h in found if h.entry.scope.admits(persona, stage, path)]
        yield from (Evidence(h.block.span(h.start, h.end), f"entry:{kind}:{h.entry.phrase}") for h in meant if h.spared)
        for hit in most_specific(h for h in meant if not h.spared):
            yield _violation(hit, view.document, subject)


def _violation(hit: Hit, document: Document, subject: Text) -> Violation:
    entry = hit.entry
    span = hit.block.span(hit.start, hit.end)
    as_written = document.source[span.start : span.end] == entry.phrase
    fix = Fix(entry.use, safe=True) if entry.use is not None and as_written else None
    declared = entry.severity if isinstance(entry.severity, Severity) else None
    return Violation(span, _message(hit, subject), entry=entry.phrase, declared=declared, fix=fix)


def _message(hit: Hit, subject: Text) -> Text:
    entry = hit.entry
    found = hit.text.replace("\n", "")
    named = entry.match == "regex" or found == entry.phrase
    ja = [f"「{found}」は{subject.ja}です。" if named else f"「{found}」は{subject.ja}「{entry.phrase}」に当たります。"]
    en = [f'"{found}" is {subject.en}.' if named else f'"{found}" is {subject.en} ("{entry.phrase}").']
    if entry.reason:
        ja.append(sentence(entry.reason))
        en.append(entry.reason)
    if entry.use:
        ja.append(
            f"「{entry.use}」と書けないか検討してください。" if not named else f"「{entry.use}」と書いてください。"
        )
        en.append(f'Write "{entry.use}" instead.')
    return Text("".join(ja), " ".join(en))


def sentence(text: str) -> str:
    """Return a reason as a sentence that ends."""
    return text if text.endswith(("。", "！", "？", "!", "?")) else f"{text}。"


def names(words: Sequence[str]) -> str:
    """Return words in Japanese quotation marks, side by side."""
    return "".join(f"「{w}」" for w in words)
