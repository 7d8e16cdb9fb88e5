"""The models that the guide names: opened once, with what they computed before, and their troubles told at the edge."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from msglint.app.cli.project import Project
from msglint.app.cli.speech import Speaker
from msglint.model import InputInvalid, Lines, Problem, Text

if TYPE_CHECKING:
    from msglint.analysis.encoder import Encoder
    from msglint.analysis.view import Sudachi
    from msglint.vectors import VectorStore


def encoder_of(project: Project) -> Encoder:
    """Return the guide's encoder; no cache is made for it, but one that is there is used. Raises InputInvalid."""
    from msglint.analysis.encoder.opening import BUILTIN, builtin, open_encoder
    from msglint.cache import FOLDER

    name = project.guide.drift.encoder
    if name == BUILTIN:
        return builtin()
    store = store_of(project) if (project.ground.root / FOLDER).is_dir() else None
    with usable(project):
        return open_encoder(name, project.ground.root, store, _tell)


def analyzer_of(project: Project, store: VectorStore | None) -> Sudachi:
    """Return what analyses articles, with the guide's models; what they make is kept in `store`.

    Raises InputInvalid for a model that is not there.
    """
    from msglint.analysis.encoder.opening import BUILTIN, open_encoder
    from msglint.analysis.view import Sudachi

    drift, root, encoder, judge = project.guide.drift, project.ground.root, None, None
    with usable(project):
        # msglint's own vectors are not kept. Measured: the sentences of an 8 KB article take 18 ms to make and 5 ms to
        # read, which a check of 300 ms does not show, and in a big repository 26 µs a sentence to make, 6 to read, but
        # 25 more (and 2.3 KB) to keep. An article that did not change has its whole draft in the cache anyway.
        if drift.encoder != BUILTIN:
            encoder = open_encoder(drift.encoder, root, store, _tell)
        if drift.contradiction_model is not None:
            from msglint.analysis.judge import open_judge

            judge = open_judge(drift.contradiction_model, root, store, _tell)
    return Sudachi(encoder, judge)


def in_one_process(analyzer: Sudachi) -> bool:
    """Whether the guide's models are so heavy that one process has to read all articles."""
    from msglint.analysis.encoder.opening import in_one_process

    return analyzer.judge is not None or (bool(analyzer.models) and in_one_process(analyzer.encoder))


def store_of(project: Project) -> VectorStore:
    """Return where the vectors of the project's models are kept; nothing is opened yet."""
    return _store(project.ground.root)


@functools.cache
def _store(root: Path) -> VectorStore:
    from msglint.cache import FOLDER
    from msglint.vectors import VectorStore

    return VectorStore(root / FOLDER)


@contextlib.contextmanager
def usable(project: Project) -> Iterator[None]:
    """Turn the trouble of a model that the guide names into a problem of the guide, at the line that names it."""
    from msglint.analysis.encoder.model import ModelUnusable

    try:
        yield
    except ModelUnusable as error:
        line, column = _written(project, error.name)
        raise InputInvalid(Problem(project.guide.path, line, column, error.text)) from error


def _written(project: Project, name: str) -> tuple[int, int]:
    """Return where the guide's own file names a model under `drift`; its first line when another file does."""
    from msglint.yamlnodes import YamlInvalid, compose, pairs

    with contextlib.suppress(OSError, ValueError, YamlInvalid):
        text = (project.ground.working / project.guide.path).read_bytes().decode("utf-8-sig")
        root = compose(text)
        for key, value in pairs(root) if root else ():
            for _, model in pairs(value) if key.text == "drift" else ():
                if model.text == name:
                    at = Lines(text).position(model.start)
                    return at.line, at.column
    return 1, 1


def _tell(text: Text) -> None:
    """Say a line to the person who called this command, before something that takes its time."""
    speaker = click.get_current_context().find_object(Speaker)
    if speaker:
        speaker.note(text)
