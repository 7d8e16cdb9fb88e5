"""Whatever stands in a guide, it gives a Guide or InputInvalid."""

from __future__ import annotations

import json
import re

from guide_sample import CATALOGUE, EXAMPLE, load
from hypothesis import given, settings
from hypothesis import strategies as st

from msglint.guide.model import Guide
from msglint.model import InputInvalid

KEYS = sorted({*re.findall(r"([a-z_]+):", EXAMPLE.decode()), *CATALOGUE, "from", "to", "at_most", "equals"})
WORDS = (
    *("", "a", "1", "-1.5", "1,000", "%", "2026-10-01", "off", "lemma", "regex", "(", "a*", "[z-a]", "!"),
    *("msglint:x", "必ず", "MQL", "Asia/Tokyo", "/etc", "{{ x }}", "#fff", "mon", "9" * 400, "\u0000", "😀"),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.sampled_from(WORDS), inner, max_size=5)
    ),
    max_leaves=25,
)


def loaded(content: bytes) -> Guide | InputInvalid:
    try:
        return load(content)
    except InputInvalid as e:
        return e


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8))
@settings(max_examples=300, deadline=None)
def test_random_values_under_known_keys(values: dict[str, object]) -> None:
    found = loaded(json.dumps({"version": 1, "name": "x", **values}, ensure_ascii=False).encode("utf-8", "replace"))
    assert isinstance(found, Guide) or all(p.path and p.line >= 1 and p.column >= 1 for p in found.problems)


@given(st.lists(st.tuples(st.integers(0, len(EXAMPLE)), st.integers(0, 40), st.binary(max_size=6)), max_size=5))
@settings(max_examples=300, deadline=None)
def test_the_example_with_pieces_cut_out_and_others_put_in(edits: list[tuple[int, int, bytes]]) -> None:
    content = EXAMPLE
    for at, length, piece in edits:
        content = content[:at] + piece + content[at + length :]
    found = loaded(content)
    assert isinstance(found, Guide) or found.problems


@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")))
@settings(max_examples=200, deadline=None)
def test_random_bytes(content: bytes) -> None:
    found = loaded(content)
    assert isinstance(found, Guide) or found.problems
