from __future__ import annotations

import re

import pytest

from msglint.expression import expression


def test_it_does_what_the_compiled_one_does() -> None:
    year = expression(r"(?P<year>[0-9]{4})年")
    found = year.search("創業は2019年です")
    assert found is not None
    assert (found["year"], found.span()) == ("2019", (3, 8))
    assert [m.group() for m in year.finditer("2019年と2020年")] == ["2019年", "2020年"]
    assert year.sub(r"\1", "2019年") == "2019"
    assert (year.pattern, year.groups) == (r"(?P<year>[0-9]{4})年", 1)


def test_flags_and_bytes_are_kept() -> None:
    assert expression("a # letter", re.VERBOSE | re.IGNORECASE).fullmatch("A")
    assert expression(rb"\xe3+").match(b"\xe3\xe3")


def test_nothing_is_compiled_before_it_is_used() -> None:
    broken = expression("(")
    with pytest.raises(re.error):
        broken.match("")
