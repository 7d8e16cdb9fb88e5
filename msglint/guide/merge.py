"""A guide laid over what it extends."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from msglint.guide.decode import ListOf, Record
from msglint.guide.extend import Layer
from msglint.guide.page import BROKEN, Read


def merged(found: Sequence[Layer], table: Record) -> Read:
    """Return the layers as one guide: of entries of one name, and of single values, the later one holds."""
    kinds = {f.key: f.kind for f in table.fields}
    guides = [layer.root for layer in found if layer.root and layer.root.value is not BROKEN]
    values: dict[str, Read] = {}
    for root in guides:
        own = root is guides[-1]
        for key, above in root.value.items():
            if key == "extends" or (key == "plugins" and not own):  # a dictionary must not let foreign code in
                continue
            values[key] = _over(values[key], above, kinds[key]) if key in values else above
    return Read(values, guides[-1].place, guides[-1].make)


def _over(below: Read, above: Read, kind: Any) -> Read:
    if BROKEN in (below.value, above.value):
        return Read(BROKEN, above.place)
    if isinstance(above.value, dict):
        return Read({**below.value, **above.value}, above.place, above.make)
    if not isinstance(above.value, tuple):
        return above
    by = kind.by if isinstance(kind, ListOf) else None
    kept = _unnamed(below.value, above.value, by) if by else below.value
    if by == "term":
        kept = _yielding(kept, above.value)
    return Read((*kept, *above.value), above.place, above.make)


def _unnamed(below: tuple[Read, ...], above: tuple[Read, ...], by: str) -> tuple[Read, ...]:
    """Return the lower entries that no upper one replaces."""
    names = {_folded(item.scalar(by)) for item in above}
    return tuple(item for item in below if _folded(item.scalar(by)) not in names)


def _folded(name: str | None) -> str:
    return unicodedata.normalize("NFKC", name or "")


def _yielding(below: tuple[Read, ...], above: tuple[Read, ...]) -> tuple[Read, ...]:
    """Let the lower terms give way: none is an upper one's variant, none has an upper term for a variant."""
    terms = {item.scalar("term") for item in above}
    variants = {variant.value for item in above for variant in item.each("variants")}
    kept = []
    for item in below:
        if item.scalar("term") in variants:
            continue
        if found := item.get("variants"):
            left = tuple(v for v in found.value if v.value not in terms)
            item = Read({**item.value, "variants": Read(left, found.place, found.make)}, item.place, item.make)
        kept.append(item)
    return tuple(kept)
