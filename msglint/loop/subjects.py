"""Which deal, lead and version of a sheet a person means who writes its id, its name or its title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NoReturn, TypeVar

from msglint.loop.model import Deal, Lead, Misread, SheetVersion
from msglint.model import Text

_One = TypeVar("_One", Deal, Lead)
_DEAL, _LEAD, _EITHER = Text("商談", "deal"), Text("リード", "lead"), Text("商談やリード", "deal or lead")
_FORMAT = re.compile(r"\.(?:html|pdf|pptx|docx)$", re.IGNORECASE)


@dataclass(frozen=True)
class Sheets:
    """The sheets there are: the versions that were made last, all that feedback was about, and what they are called.

    `titles` gives a sheet's name by its title; `since` the day of its article as it is in the present version.
    """

    present: tuple[SheetVersion, ...] = ()
    earlier: tuple[SheetVersion, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    since: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all sheets, in order."""
        return tuple(sorted({one.sheet for one in (*self.present, *self.earlier)}))

    def name(self, written: str) -> str | None:
        """Return the sheet that `written` means: its name, the end of its name, its file or its title."""
        plain = _FORMAT.sub("", unicodedata.normalize("NFC", written).strip())
        if plain in self.names:
            return plain
        if written.strip() in self.titles:
            return self.titles[written.strip()]
        ending = [name for name in self.names if plain and name.endswith(f"/{plain}")]
        return ending[0] if len(ending) == 1 else None

    def version(self, written: str, version: str, met_on: date) -> SheetVersion:
        """Return the version of a sheet that was shown on `met_on`; raises Misread when it cannot be told.

        With no `version` it is the present one, unless the article has changed since that day.
        """
        name = self.name(written)
        if name is None:
            raise Misread(f"{written} というシートはありません。", f"There is no sheet {written}.")
        if version:
            return self._named(name, version)
        present = next((one for one in self.present if one.sheet == name), None)
        earlier = [one for one in self.earlier if one.sheet == name]
        if present and not (name in self.since and met_on < self.since[name]):
            return present
        if not present and len(earlier) == 1:
            return earlier[0]
        raise Misread(
            f"シート {name} のどの版かわかりません({met_on}より後に元の記事が変わっています)。版も書いてください。"
            if present
            else f"シート {name} には版が{len(earlier)}つあります。版も書いてください。",
            f"Which version of the sheet {name}? Its article has changed since {met_on}. Say which."
            if present
            else f"Which of the {len(earlier)} versions of the sheet {name}? Say which.",
        )

    def _named(self, name: str, version: str) -> SheetVersion:
        for one in (*self.present, *self.earlier):
            if (one.sheet, one.version) == (name, version.strip()):
                return one
        raise Misread(f"シート {name} に版 {version} はありません。", f"The sheet {name} has no version {version}.")


@dataclass(frozen=True)
class Subjects:
    """The deals and leads there are."""

    deals: tuple[Deal, ...] = ()
    leads: tuple[Lead, ...] = ()

    def deal(self, written: str) -> Deal:
        """Return the deal of this id, record or name; raises Misread when there is none, or several."""
        return self._deal(written) or _unknown(written, _DEAL)

    def lead(self, written: str) -> Lead:
        """Return the lead of this id, record or e-mail address; raises Misread when there is none, or several."""
        return self._lead(written) or _unknown(written, _LEAD)

    def either(self, written: str) -> Deal | Lead:
        """Return the deal or, when there is none, the lead that is meant; raises Misread."""
        return self._deal(written) or self._lead(written) or _unknown(written, _EITHER)

    def _deal(self, written: str) -> Deal | None:
        text = unicodedata.normalize("NFKC", written).strip()
        same = [[d for d in self.deals if d.id == text], [d for d in self.deals if d.record == text]]
        return _only([*same, [d for d in self.deals if d.name == written.strip()]], written, _DEAL)

    def _lead(self, written: str) -> Lead | None:
        text = unicodedata.normalize("NFKC", written).strip()
        same = [[lead for lead in self.leads if lead.id == text], [lead for lead in self.leads if lead.record == text]]
        return _only([*same, [lead for lead in self.leads if lead.email == text.lower()]], written, _LEAD)


def _only(found: Iterable[Sequence[_One]], written: str, what: Text) -> _One | None:
    """Return the one of the first that are any, None when there are none; raises Misread for several."""
    matches = next(filter(None, found), ())
    if len(matches) > 1:
        ids = ", ".join(one.id for one in matches)
        raise Misread(
            f"{written} という{what.ja}は{len(matches)}件あります({ids})。",
            f"{written} is {len(matches)} {what.en}s ({ids}).",
        )
    return matches[0] if matches else None


def _unknown(written: str, what: Text) -> NoReturn:
    raise Misread(
        f"{written} という{what.ja}はありません。先に msglint leads import で取り込んでください。",
        f"There is no {what.en} {written}. Import it first with msglint leads import.",
    )
