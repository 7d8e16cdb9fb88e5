"""A real browser for the tests of pages; without one they are skipped, and say why."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


_FONTS = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")


@contextlib.contextmanager
def started() -> Iterator[Any]:
    """Give the Chromium that is installed, with a Japanese font: how full a page is depends on what writes it."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    chromium = next(filter(None, map(shutil.which, _NAMES)), None)
    if chromium is None:
        pytest.skip("there is no Chromium on this machine")
    with tempfile.TemporaryDirectory() as data, playwright.sync_playwright() as driver:
        _put_fonts(Path(data, "fonts"))
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"], env=os.environ | {"XDG_DATA_HOME": data}
        )
        try:
            yield browser
        finally:
            browser.close()


def _put_fonts(folder: Path) -> None:
    folder.mkdir()
    for name in _FONTS:
        found = importlib.util.find_spec(name)
        for place in (found.submodule_search_locations or ()) if found else ():
            (folder / name).symlink_to(place)


@contextlib.contextmanager
def opened(**settings: Any) -> Iterator[Any]:
    """Give a page of Playwright's in the Chromium that is installed."""
    with started() as browser:
        yield browser.new_context(**{"accept_downloads": True, **settings}).new_page()
