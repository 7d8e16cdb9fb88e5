"""Amounts, answers, times, encodings and ids, as exports write them."""

from __future__ import annotations

import codecs
import contextlib
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msglint.loop import amounts, csvfile, times
from msglint.loop.encodings import decode
from msglint.loop.model import Misread
from msglint.loop.rows import email_of, record_id

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1200000", 1_200_000),
        ("¥1,200,000", 1_200_000),
        ("￥１，２００，０００", 1_200_000),
        ("\\1,200,000", 1_200_000),
        ("1,200,000円", 1_200_000),
        ("JPY 1,200,000.00", 1_200_000),
        (" 1 200 000 ", 1_200_000),
        ("120万円", 1_200_000),
        ("1.2億", 120_000_000),
        ("3百万円", 3_000_000),
        ("(1,000)", -1000),
        ("¥(1,000)", -1000),
        ("-1,000", -1000),
        ("△1,000", -1000),
        ("▲1,000円", -1000),
        ("0", 0),
        ("", None),
        ("  ", None),
    ],
)
def test_amounts(written: str, expected: int | None) -> None:
    assert amounts.yen(written) == expected


@pytest.mark.parametrize(
    "written",
    ["$1,000", "1,000 USD", "1.2E+06", "1,20,000", "1.200.000", "12,00", "1000.5", "要相談", "9" * 16, "(", "-", "1-2"],
)
def test_amounts_that_are_refused(written: str) -> None:
    with pytest.raises(Misread) as raised:
        amounts.yen(written)
    assert all(raised.value.text)


@given(st.text(max_size=20))
def test_any_cell_is_read_or_refused(cell: str) -> None:
    for reader in (amounts.yen, amounts.count, amounts.answer, lambda c: times.read(c, TOKYO), email_of):
        with contextlib.suppress(Misread):
            reader(cell)


def test_answers() -> None:
    assert [amounts.answer(cell) for cell in ("TRUE", "○", "はい", "確認済み", "1", "〇")] == [True] * 6
    assert [amounts.answer(cell) for cell in ("false", "×", "いいえ", "なし", "0")] == [False] * 5
    assert [amounts.answer(cell) for cell in ("", "-", "未確認", "Unknown")] == [None] * 4
    with pytest.raises(Misread):
        amounts.answer("たぶん")


NINE = datetime(2026, 10, 5, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-10-05 09:00", NINE),
        ("2026/10/5 9:00", NINE),
        ("2026/10/05 09:00:00", NINE),
        ("2026年10月5日 9時00分", NINE),
        ("2026/10/05 午前 9:00", NINE),
        ("2026/10/05(月) 09:00", NINE),
        ("2026-10-05T00:00:00.000Z", NINE),
        ("2026-10-05T00:00:00.000+0000", NINE),
        ("2026-10-05T09:00:00+09:00", NINE),
        ("2026-10-04T19:00:00-0500", NINE),
        ("2026-10-05 09:00 JST", NINE),
        ("2026-10-05 00:00 UTC", NINE),
        ("2026/10/05 12:30 AM", datetime(2026, 10, 4, 15, 30, tzinfo=UTC)),
        ("2026/10/05 午後 0:30", datetime(2026, 10, 5, 3, 30, tzinfo=UTC)),
        ("1791158400000", NINE),
        ("２０２６／１０／０５ ０９：００", NINE),
    ],
)
def test_moments(written: str, moment: datetime) -> None:
    assert times.read(written, TOKYO) == times.When(date(2026, 10, 5), moment)


@pytest.mark.parametrize("written", ["2026-10-05", "2026/10/5", "2026年10月5日", "20261005", "2026.10.05"])
def test_days_need_no_zone(written: str) -> None:
    assert times.read(written, None) == times.When(date(2026, 10, 5))


def test_a_zoned_time_late_in_the_day_is_the_next_day_in_tokyo() -> None:
    assert times.read("2026-10-31T23:30:00Z", TOKYO) == times.When(
        date(2026, 11, 1), datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    )


@pytest.mark.parametrize("written", ["2026-10-05 09:00", "2026-10-05T00:00:00Z", "1791158400000"])
def test_times_are_refused_without_a_zone(written: str) -> None:
    with pytest.raises(Misread, match=r"imports\.timezone"):
        times.read(written, None)


@pytest.mark.parametrize(
    "written",
    ["46300", "2026-13-01", "2026-02-29", "2026-10-05 24:30", "2026/10/05 13:00 PM", "1026-10-05", "10月5日", "昨日"],
)
def test_times_that_are_refused(written: str) -> None:
    with pytest.raises(Misread):
        times.read(written, TOKYO)


def test_the_order_of_day_and_month_is_told_by_the_column() -> None:
    assert times.order_of(["10/05/2026", "10/31/2026"]) == "mdy"
    assert times.order_of(["05/10/2026", "31/10/2026 9:00"]) == "dmy"
    assert times.order_of(["05/10/2026"]) is None
    assert times.order_of(["31/10/2026", "10/31/2026"]) is None
    assert times.read("10/05/2026", None, "mdy") == times.When(date(2026, 10, 5))
    assert times.read("05/10/2026", None, "dmy") == times.When(date(2026, 10, 5))
    assert times.read("10/10/2026", None) == times.When(date(2026, 10, 10))
    with pytest.raises(Misread, match="month or day first"):
        times.read("10/05/2026", None)


JAPANESE = "①㈱髙島,～\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (JAPANESE.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + JAPANESE.encode(), "UTF-8 (BOM)"),
        (JAPANESE.encode("cp932"), "CP932"),
        (JAPANESE.encode("utf-16"), "UTF-16"),
    ],
)
def test_encodings(content: bytes, encoding: str) -> None:
    assert decode(content) == (JAPANESE, encoding)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "Excel"),
        (b"<!DOCTYPE html>\n<html><body>Log in</body></html>", "web page"),
        (b'\xef\xbb\xbf\r\n<html xmlns:x="urn"><table><tr><td>Id</td></tr></table></html>', "web page"),
        (b"a,b\n\0\0", "NUL"),
        (b"a,b\nc,\xff\xfe", "Line 2"),
        (codecs.BOM_UTF8 + b"a\nb\n\xff", "Line 3"),
    ],
)
def test_files_that_are_no_text(content: bytes, said: str) -> None:
    with pytest.raises(Misread, match=said):
        decode(content)


def test_ids() -> None:
    assert record_id("001A0000006Vm9r", "salesforce") == "001A0000006Vm9rIAC"
    assert record_id("001A0000006Vm9rIAC", "salesforce") == "001A0000006Vm9rIAC"
    assert record_id("001A0000006Vm9r", "csv") == "001A0000006Vm9r"
    assert record_id(" 12345.0 ", "hubspot") == "12345"
    with pytest.raises(Misread, match="lost digits"):
        record_id("1.23457E+11", "hubspot")


def test_addresses() -> None:
    assert email_of(" Ａ.B@Example.co.jp ") == "a.b@example.co.jp"
    assert email_of("") is None
    with pytest.raises(Misread):
        email_of("a@example.co.jp; b@example.co.jp")


def test_what_is_written_for_excel_is_no_formula() -> None:
    written = csvfile.write([("=1+1", "-5", "@x", "+81", "普通, の値")])
    assert written == "\ufeff'=1+1,'-5,'@x,'+81,\"普通, の値\"\r\n"
