"""Finds the model that a guide names: a folder beside the guide, or a model of the Hugging Face Hub."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from msglint.analysis.encoder.hub import Told, snapshot
from msglint.analysis.encoder.model import Model, ModelUnusable
from msglint.analysis.encoder.remembered import Store

_HUB = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)?", re.ASCII)
_PARTS = frozenset({".json", ".safetensors", ".bin", ".txt", ".model", ".jinja", ".py"})
"""What files of a model its vectors depend on end with: settings, weights, vocabularies, code of its own."""
_ASIDE = frozenset({"onnx", "openvino", "coreml"})
"""Folders with the same weights for other programs."""


def find(name: str, root: Path, store: Store | None = None, told: Told | None = None) -> Model:
    """Return the model that a guide in the folder `root` calls `name`.

    A folder counts from `root`. Only a name of the hub that is not on disk brings the network in; `told` is called
    before. `store` remembers the hashes of files. Raises ModelUnusable.
    """
    folder = root / Path(name).expanduser()
    if folder.is_dir():
        model = Model(name, folder, _content(folder, store))
        if not any((folder / file).is_file() for file in ("modules.json", "config.json")):
            ja = f"モデルのフォルダー {name} に、modules.json も config.json もありません。"
            raise ModelUnusable(name, ja, f"The folder {name} holds no model: no modules.json, no config.json.")
        return model
    if not _HUB.fullmatch(name) or folder.exists() or ("/" in name and folder.parent.is_dir()):
        raise ModelUnusable(name, f"モデルのフォルダー {name} がありません。", f"There is no model folder {name}.")
    there = snapshot(name, told)
    return Model(name, there, there.name)


def _content(folder: Path, store: Store | None) -> str:
    """Return a hash of all files of a model that its vectors depend on."""
    whole = hashlib.sha256()
    for file in _files(folder):
        whole.update(f"{file.relative_to(folder).as_posix()}\0".encode("utf-8", "surrogateescape"))
        whole.update(_digest(file, store))
    return whole.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder).parts
        apart = _ASIDE & {*inside} or any(part.startswith(".") for part in inside)
        if file.suffix in _PARTS and not apart and file.is_file():
            yield file


def _digest(file: Path, store: Store | None) -> bytes:
    """Return the hash of a file's bytes, remembered for as long as its size and time stay as they are."""
    known = file.stat()
    seen = f"{file.resolve()}\0{known.st_size}\0{known.st_mtime_ns}".encode("utf-8", "surrogateescape")
    key = hashlib.blake2b(seen, digest_size=16, person=b"file").digest()
    if store and (held := store.held([key]).get(key)):
        return held
    made = _hashed(file, known.st_size, known.st_mtime_ns)
    if store:
        store.keep({key: made})
    return made


@functools.lru_cache(maxsize=256)
def _hashed(file: Path, size: int, time: int) -> bytes:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()
