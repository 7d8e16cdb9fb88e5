"""What the columns of exports are called, and which kind of file they make: HubSpot, Salesforce, GA4, plain CSV."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msglint.loop.headers import HUBSPOT, NAMES, NEEDED, RESPONSE_TIME, SALESFORCE, Kind, System
from msglint.loop.model import Misread


class Columns(NamedTuple):
    """What a header was taken for: the field of each column, None for those that nothing was made of.

    `twice` are columns whose field an earlier one has; `response_time` one that is known and not used.
    """

    kind: Kind
    system: System
    header: tuple[str, ...]
    fields: tuple[str | None, ...]
    twice: tuple[str, ...] = ()
    response_time: str | None = None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names that were not understood."""
        passed = {*self.twice, self.response_time}
        pairs = zip(self.header, self.fields, strict=True)
        return tuple(name for name, field in pairs if field is None and name and name not in passed)


def normalized(name: str) -> str:
    """Return a column's name without what exports write differently: width, case, blanks, punctuation."""
    return re.sub(r"[\s_()+.・/\-]", "", unicodedata.normalize("NFKC", name).casefold())


def is_known(name: str) -> bool:
    """Whether any kind of file has a column called `name`."""
    key = normalized(name)
    return any(key in names for names in _tables().values())


def recognize(
    header: Sequence[str],
    *,
    kind: Kind | None = None,
    system: System | None = None,
    named: Mapping[str, str] | None = None,
    wanted: Sequence[str] = (),
) -> Columns:
    """Return what the columns of `header` are.

    `kind` and `system` are found out unless given; `named` says of a column (by its name) which field it is; `wanted`
    are further columns to keep under their own names. Raises Misread when the kind cannot be told or a column lacks.
    """
    chosen = kind or _kind(header)
    _refuse_strange(chosen, named or {})
    extra = {normalized(name): field for name, field in (named or {}).items()}
    kept = {normalized(name): f"fields.{name}" for name in wanted}
    table = kept | _tables()[chosen] | extra
    fields: list[str | None] = []
    twice = []
    for name in header:
        field = table.get(normalized(name)) if name else None
        if field is not None and field in fields:
            twice.append(name)
            field = None
        fields.append(field)
    _require(chosen, fields)
    odd = next((name for name in header if normalized(name) in _keys(RESPONSE_TIME)), None)
    return Columns(chosen, system or _system(header), tuple(header), tuple(fields), tuple(twice), odd)


def _refuse_strange(kind: Kind, named: Mapping[str, str]) -> None:
    for name, field in named.items():
        if field not in NAMES[kind]:
            known = ", ".join(NAMES[kind])
            raise Misread(
                f"「{name}」を {field} として読めません。このファイルの項目は {known} です。",
                f"{name} cannot be {field}. The fields of such a file are {known}.",
            )


def fields_of(kind: Kind) -> tuple[str, ...]:
    """Return the fields that a column of such a file can be."""
    return tuple(NAMES[kind])


@functools.cache
def _tables() -> dict[Kind, dict[str, str]]:
    return {
        kind: {key: field for field, names in fields.items() for key in _keys(names)} for kind, fields in NAMES.items()
    }


def _keys(names: str) -> list[str]:
    return [normalized(name) for name in names.split(";")]


def _kind(header: Sequence[str]) -> Kind:
    """Return the kind that most columns speak for; raises Misread when two are equal."""
    keys = {normalized(name) for name in header if name}
    found = {kind: {table[key] for key in keys if key in table} for kind, table in _tables().items()}
    fitting = [kind for kind, needed in NEEDED.items() if all(found[kind] & some for some in needed)]
    counted = sorted(((len(found[kind]), kind) for kind in fitting), reverse=True)
    if not counted or (len(counted) > 1 and counted[0][0] == counted[1][0]):
        raise Misread(
            "リード、商談、行動ログ、ページの数値のどれかわかりません。--as で指定してください。列: "
            + "、".join(name for name in header if name),
            "Leads, deals, actions or page figures? Say so with --as. Columns: " + ", ".join(filter(None, header)),
        )
    return counted[0][1]


def _system(header: Sequence[str]) -> System:
    keys = {normalized(name) for name in header if name}
    hubspot, salesforce = (len(keys & set(_keys(names))) for names in (HUBSPOT, SALESFORCE))
    if hubspot == salesforce:
        return "csv"
    return "hubspot" if hubspot > salesforce else "salesforce"


def _require(kind: Kind, fields: Sequence[str | None]) -> None:
    for some in NEEDED[kind]:
        if not some & set(fields):
            missing = [NAMES[kind][field].split(";")[0] for field in NAMES[kind] if field in some]
            raise Misread(
                f"必要な列がありません: {' または '.join(missing)}。",
                f"A column is missing: {' or '.join(missing)}.",
            )
