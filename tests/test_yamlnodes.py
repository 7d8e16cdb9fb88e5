"""YAML as nodes: places, plain values, and what is refused before it can do harm."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import within

from msglint.yamlnodes import Node, YamlInvalid, compose, duplicates, pairs, plain


@pytest.fixture(params=["libyaml", "pure Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with both of PyYAML's parsers."""
    if request.param == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML without libyaml")
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param == "libyaml")
    return str(request.param)


def root(text: str) -> Node:
    node = compose(text)
    assert node is not None
    return node


def refused(text: str) -> str:
    with pytest.raises(YamlInvalid) as e:
        compose(text)
    return str(e.value)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_spans_count_code_points_whatever_the_line_end(end: str) -> None:
    text = end.join(["# 覚え書き😀", "名前: 😀😀です", "表: [一, '二😀',  三]", "空:", ""])
    found = {key.text: value for key, value in pairs(root(text))}
    assert [text[key.start : key.end] for key, _ in pairs(root(text))] == ["名前", "表", "空"]
    assert text[found["名前"].start : found["名前"].end] == "😀😀です"
    assert [text[item.start : item.end] for item in found["表"].items] == ["一", "'二😀'", "三"]
    assert [item.text for item in found["表"].items] == ["一", "二😀", "三"]
    assert (found["表"].kind, text[found["表"].start : found["表"].end]) == ("sequence", "[一, '二😀',  三]")
    assert found["空"].kind == "null"
    assert found["空"].span == (text.index("空:") + 2,) * 2


@pytest.mark.usefixtures("parser")
def test_the_two_parsers_agree_on_the_place_of_an_error() -> None:
    with pytest.raises(YamlInvalid) as e:
        compose("a: 1\r\n😀：b\r\nc: d\r\n")
    assert (e.value.line, e.value.column, e.value.offset) == (2, 1, 6)
    assert e.value.message.ja.endswith("全角の「：」は区切りになりません。")


@pytest.mark.usefixtures("parser")
def test_plain_values() -> None:
    text = (
        "- 37.20\n- 1_000.5\n- 12\n- 0x1F\n- '12'\n- yes\n- ~\n-\n- 2026-01-31\n- 2026-01-31T23:00:00+09:00\n"
        "- 2026-02-30\n- [a, {b: 1, b: 2}]\n- =\n- .inf\n- !!str 5\n- 1:30.5\n"
    )
    assert plain(root(text)) == [
        *(Decimal("37.20"), Decimal("1000.5"), 12, 31, "12", True, None, None),
        *(date(2026, 1, 31), date(2026, 1, 31), "2026-02-30", ["a", {"b": 2}], "=", Decimal("Infinity")),
        *("5", Decimal("90.5")),
    ]


def test_a_number_of_thousands_of_digits_stays_text() -> None:
    assert plain(root("9" * 5000)) == "9" * 5000


def test_duplicates_name_the_first_key_too() -> None:
    again, first = next(duplicates(root("a: 1\nb: 2\na: 3\na: 4\n")))
    assert (again.start, first.start) == (10, 0)
    assert len(list(duplicates(root("a: 1\nb: 2\na: 3\na: 4\n")))) == 2


@pytest.mark.parametrize("text", ["", "\n", "# 覚え書きだけ\n"])
def test_nothing_is_none(text: str) -> None:
    assert compose(text) is None


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: *x\n", "1:4: Anchors (&) and aliases (*) are not taken."),
        ("a: *x\n", "1:4: Anchors (&) and aliases (*) are not taken."),
        ("a: !!python/object:os.system x\n", "1:4: The tag !!python/object:os.system is not taken; remove it."),
        ("- !own x\n", "1:3: The tag !own is not taken; remove it."),
        ("a: !!set {b}\n", "1:4: The tag !!set is not taken; remove it."),
        ("a: 1\n---\nb: 2\n", "2:1: `---` begins a second document; keep one."),
        ("t: {{ article.title }}\n", "1:5: A key cannot be a list or mapping. Put quotes"),
        ("a: 'x\n", "1:4: The quotation mark is never closed."),
        ("a: [1, 2\nb: c\n", "2:2: The list that `[` begins is not closed by `]`."),
        ("a: b: c\n", "1:5: A `:` cannot stand here."),
        ("a:\n\tb: c\n", "2:1: Nothing can begin with this character."),
        ("a: @x\n", "1:4: Nothing can begin with this character."),
        ("- a\nb: c\n", "2:1: This does not fit here."),
        ("a: 1\n  b\nc\nd: 2\n", "3:1: A key has to be followed by `:` and a space."),
        ("a: x\x07\n", "1:5: The control character U+0007 cannot stand in YAML."),
        ("a: \ud83d\n", "1:4: The control character U+D83D cannot stand in YAML."),
        ("a: 1\n" * 2 + "b: [\ufeff]", "3:5: The control character U+FEFF cannot stand in YAML."),
    ],
)
def test_refusals_name_their_place(text: str, said: str) -> None:
    assert refused(text).startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000_000,
        "[" * 4_900_000,
        "- " * 2_400_000,
        "{a: " * 1_200_000,
        "- a\n" * 1_200_000,
        "".join(f"%TAG !a{i}! b\n" for i in range(200_000)) + "--- a",
        "a: &a [x]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a]\n" for i in range(20)),
    ],
    ids=["10 MB", "flow", "sequences", "mappings", "wide", "directives", "bomb"],
)
def test_bombs_are_refused_within_a_second(text: str) -> None:
    with within(1):
        refused(text)


def test_fifty_levels_are_fine_and_no_more() -> None:
    assert plain(root("[" * 50 + "]" * 50)) is not None
    assert refused("[" * 51 + "]" * 51).startswith("1:51: The YAML is too large")


def test_five_megabytes_are_counted_in_bytes() -> None:
    assert compose("# " + "x" * 4_999_998) is None
    assert refused("# " + "あ" * 1_666_667).startswith("1:1: YAML over 5 MB")


@given(st.text(alphabet=st.sampled_from("ab01:-[]{}'\"#&*!|>%@`?,. \n\t\r\u3000：あ😀\x85\u2028"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_nodes_inside_it_or_a_refusal(text: str) -> None:
    node, at = None, 0
    try:
        node = compose(text)
    except YamlInvalid as e:
        at = e.offset
    assert 0 <= at <= len(text)
    waiting = [node] if node else []
    while waiting:
        inner = waiting.pop()
        assert 0 <= inner.start <= inner.end <= len(text)
        plain(inner)
        waiting += inner.items
