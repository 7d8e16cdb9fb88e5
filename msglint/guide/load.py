"""A guide from its YAML and all that it extends, or all that is wrong with them."""

from __future__ import annotations

import dataclasses
import posixpath
from collections.abc import Callable

from msglint.guide.checks import problems_of
from msglint.guide.extend import PACK, Loading, layers, opened, pack
from msglint.guide.merge import merged
from msglint.guide.model import Guide
from msglint.guide.table import Catalogue, guide_table
from msglint.model import InputInvalid, Language, Problem, Source
from msglint.yamlnodes import Node, pairs


def load_guide(
    source: Source,
    *,
    catalogue: Catalogue,
    read: Callable[[str], bytes],
    plugins: Callable[[], Catalogue] | None = None,
) -> Guide:
    """Return the guide in `source`, with what it extends merged in.

    `catalogue` are the rules it may name; `plugins` is asked for more of them when the guide says `plugins: true`.
    `read` gives the bytes of a file that is extended, by its path as displayed; its OSError becomes a problem.
    Raises InputInvalid with all the problems of all the files.
    """
    import hashlib

    digest = hashlib.sha256()

    def counted(content: bytes) -> bytes:
        digest.update(b"%d:" % len(content) + content)
        return content

    def fetch(path: str) -> bytes:
        return counted(pack(path) if path.startswith(PACK) else read(path))

    counted(source.content)
    root = posixpath.dirname(posixpath.normpath(source.path)) or "."
    problems: list[Problem] = []
    page, node = opened(source, problems, root)
    if plugins and _says(node, "plugins") in ("true", "yes", "on"):
        catalogue = {**plugins(), **catalogue}
    language: Language = "en" if _says(node, "language") == "en" else "ja"
    table = guide_table(catalogue)
    found = layers(page, node, Loading(table, fetch, root, language, problems, {}))
    whole = merged(found, table)
    problems += problems_of(whole, page.path)
    if problems:
        raise InputInvalid(*dict.fromkeys(problems))
    guide: Guide = whole.built()
    return dataclasses.replace(
        guide,
        path=source.path,
        root=root,
        digest=digest.hexdigest(),
        prh=tuple(rule for layer in found for rule in layer.prh),
        notes=tuple(note for layer in found for note in layer.notes),
    )


def _says(node: Node, key: str) -> str:
    return next((value.text.lower() for name, value in pairs(node) if name.text == key), "")
