"""What sales could not use of the articles as they are committed: read without any database library."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msglint.app.cli.files import Article
from msglint.app.cli.project import Project
from msglint.app.cli.speech import Speaker
from msglint.app.cli.unusable import reason
from msglint.model import Complaint, Text

if TYPE_CHECKING:
    from msglint.loop.complaints import Against

RULE = "feedback-open"
EXPORTED = "messaging.feedback.json"
_STORE = Path(".msglint", "loop.db")
_URL = "MSGLINT_DATABASE_URL"
_FILE_URL = re.compile(r"sqlite(?:\+\w+)?:///([^?]+)")
_PATIENCE = 0.2
_VOICES = """
SELECT coalesce(f.deal, f.lead), s.article, s.source_sha256, i.sheet, i.version, f.id, f.met_on,
       i.verdict, i.reason, i.conflict
FROM feedback_item i JOIN feedback f ON f.id = i.feedback JOIN sheet s ON s.sheet = i.sheet AND s.version = i.version
WHERE s.source_sha256 IS NOT NULL AND i.sheet IN (SELECT sheet FROM feedback_item WHERE verdict = 'not_usable')
"""


def standing(project: Project, articles: Sequence[Article], speaker: Speaker) -> Mapping[str, tuple[Complaint, ...]]:
    """Return the complaints about `articles` as they are committed, by the path that the guide sees.

    What the store in a file knows, and what was exported from one. Where one cannot be read, a note says so.
    """
    root = project.ground.root
    store, exported = store_file(root), root / EXPORTED
    if not any(file and os.path.isfile(file) for file in (store, exported)):  # noqa: PTH113  (Path's may raise)
        return {}
    from msglint.loop.complaints import merged

    named = {article.guide_path: article for article in articles}
    found = merged(_stored(store, speaker), _exported(exported, speaker))
    return by_article([one for one in found if one.article in named], root, named)


def by_article(
    found: Collection[Against], root: Path, articles: Mapping[str, Article]
) -> dict[str, tuple[Complaint, ...]]:
    """Return of `found` what is about `articles` (by the guide's path) as they are committed, by that path."""
    from msglint.app.cli.committed import committed

    wanted = {one.article: articles[one.article] for one in found if one.article in articles}
    now = committed(root, wanted.values())
    held: dict[str, tuple[Complaint, ...]] = {}
    for one in found:
        if one.sha256 in now.get(one.article, ()):
            held[one.article] = (*held.get(one.article, ()), one.complaint)
    return held


def store_file(root: Path) -> Path | None:
    """Return the file of the store; None when the store is a database server."""
    url = os.environ.get(_URL)
    if not url:
        return root / _STORE
    named = _FILE_URL.fullmatch(url.partition("?")[0])
    return Path(named[1]) if named else None


def _stored(file: Path | None, speaker: Speaker) -> tuple[Against, ...]:
    """Return what the store in `file` has; what keeps it from being read is one line."""
    if file is None or not os.path.isfile(file):  # noqa: PTH113  (as above)
        return ()
    import sqlite3

    from msglint.loop.complaints import Voice, complaints

    try:
        with contextlib.closing(sqlite3.connect(_read_only(file), timeout=_PATIENCE, uri=True)) as connection:
            return complaints(Voice(*row) for row in connection.execute(_VOICES))
    except (sqlite3.Error, OSError, TypeError) as error:
        speaker.note(_unread(file.name, Text(f"{error}", f"{error}")))
        return ()


def _read_only(file: Path) -> str:
    """Return how SQLite is to open `file` so that nothing is written beside it either, unless a writer is at work."""
    journal = file.with_name(f"{file.name}-wal")
    busy = journal.is_file() and journal.stat().st_size > 0
    return f"{file.resolve().as_uri()}?{'mode=ro' if busy else 'immutable=1'}"


def _exported(file: Path, speaker: Speaker) -> tuple[Against, ...]:
    """Return what was exported to `file`; what keeps it from being read is one line."""
    from msglint.loop.complaints import decode

    try:
        return decode(file.read_bytes()) if file.is_file() else ()
    except OSError as error:
        speaker.note(_unread(file.name, reason(error)))
    except ValueError:
        why = Text("msglint feedback export --open で作り直せます", "msglint feedback export --open makes it anew")
        speaker.note(_unread(file.name, why))
    return ()


def _unread(name: str, why: Text) -> Text:
    ja, en = (text.rstrip("。.") for text in why)
    return Text(
        f"注意: {name} を読めないため({ja})、そこにある営業のフィードバックは {RULE} で検査しません。",
        f"Note: {name} cannot be read ({en}), so {RULE} leaves out the feedback in it.",
    )
