"""Reads what makes sheets look like the company's: its logo and the guide's own templates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from msglint.app.cli.project import Project, read_named
from msglint.app.cli.unusable import Unusable
from msglint.model import Text
from msglint.sheet.build import DEFAULT
from msglint.sheet.model import Look

_MEDIA = {
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
    ".gif": "image/gif", ".webp": "image/webp",
}  # fmt: skip


def looks(project: Project) -> Mapping[str, Look]:
    """Return how each sheet of the guide looks, by its id, and under "" how the index does; raises Unusable."""
    brand, root = project.guide.brand, project.ground.root
    logo = None if brand.logo is None else read_named(root / brand.logo, _called("brand.logo", brand.logo))
    kind = _MEDIA.get(PurePosixPath(brand.logo).suffix.lower(), "") if brand.logo else ""
    if brand.logo and not kind:
        known = ", ".join(_MEDIA)
        raise Unusable(
            f"ガイドの brand.logo の {brand.logo} は使えません。{known} のどれかにしてください。",
            f"The guide's brand.logo {brand.logo} cannot be used; give one of {known}.",
        )
    plain = Look(brand.name, logo, kind, _color(brand.color) if brand.color else Look().color, brand.font)
    found = {"": plain}
    for sheet in project.guide.sheets or (DEFAULT,):
        templates = {f: read_named(root / path, _called(f"sheets.{sheet.id}", path)) for f, path in sheet.templates}
        found[sheet.id] = Look(plain.brand, plain.logo, plain.logo_type, plain.color, plain.font, templates)
    return found


def _color(color: str) -> str:
    """Return a colour of three digits (#06a) with six."""
    return color.lower() if len(color) == 7 else "#" + "".join(2 * digit for digit in color[1:].lower())


def _called(key: str, path: str) -> Text:
    return Text(f"ガイドの {key} の {path}", f"the guide's {key} {path}")
