"""Fonts: which is found, what is said when there is none, and what they have glyphs for."""

from __future__ import annotations

import pytest

from msglint.sheet import fonts
from msglint.sheet.model import Unrenderable

pytest.importorskip("typst", reason="the extra `sheets` is not installed")
pytest.importorskip("fontTools", reason="the extra `sheets` is not installed")

A = fonts.Family("A", ("a.ttf", 0), ("b.ttf", 0))


def found() -> tuple[fonts.Family, ...]:
    try:
        return fonts.families(None)
    except Unrenderable:
        pytest.skip("there is no Japanese font on this machine")


def test_the_first_of_the_order_is_used_and_the_others_follow() -> None:
    names = [f.name for f in found() if f.name in fonts.ORDER]
    assert names == sorted(names, key=fonts.ORDER.index)
    assert names


def test_the_guides_font_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {n.casefold(): fonts.Family(n, ("x.ttf", 0)) for n in ("BIZ UDPGothic", "Meiryo", "IPAexGothic")}
    monkeypatch.setattr(fonts, "_there", lambda: there)
    assert [f.name for f in fonts.families("メイリオ")] == ["Meiryo", "BIZ UDPGothic", "IPAexGothic"]
    assert [f.name for f in fonts.families("biz udpgothic")] == ["BIZ UDPGothic", "IPAexGothic"]
    assert [f.name for f in fonts.families(None)] == ["BIZ UDPGothic", "IPAexGothic"]


def test_a_guides_font_that_is_not_there_is_an_error() -> None:
    with pytest.raises(Unrenderable) as told:
        fonts.families("ない書体")
    assert "「ない書体」" in told.value.reason.ja
    assert "brand.font" in told.value.reason.en


def test_no_font_at_all_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_there", dict)
    with pytest.raises(Unrenderable) as told:
        fonts.families(None)
    assert "BIZ UDPゴシック" in told.value.reason.ja
    assert "msglint[sheets]" in told.value.reason.ja


def test_the_fonts_of_the_extra_are_found() -> None:
    pytest.importorskip("noto_cjk_sans_jp_regular", reason="the extra `sheets` is not installed")
    family = fonts._there()["noto sans cjk jp"]
    assert family.bold is not None
    assert {ord(c) for c in "日本語の「資料」①ー"} <= fonts.glyphs(family)


def test_every_character_without_a_glyph_is_named() -> None:
    fonts.require_glyphs("日本語、ABC\n\u3000〜①㈱\u200b\ufe0f", found())
    with pytest.raises(Unrenderable) as told:
        fonts.require_glyphs("あ\U0001faeb文\U000105c0あ\U0001faeb", found()[:1])
    assert "\U0001faeb(U+1FAEB)、\U000105c0(U+105C0)。" in told.value.reason.ja
    assert found()[0].name in told.value.reason.ja


def test_width_is_the_fonts_own() -> None:
    wide = fonts.Measure(found()[0])
    assert wide.width("漢字") == pytest.approx(2.0)
    assert wide.width("i") < wide.width("W") < 1.3
    assert wide.width("iW") == pytest.approx(wide.width("i") + wide.width("W"))


def test_width_without_a_font_is_that_of_the_kind() -> None:
    assert fonts.Measure(None).width("漢字ab") == pytest.approx(3.2)
