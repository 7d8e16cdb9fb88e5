"""Models of the Hugging Face Hub: from its cache on disk, or fetched."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msglint.analysis.encoder.model import ModelUnusable, first_line, missing
from msglint.model import Text

Told = Callable[[Text], None]
"""What is called with one line for the person who waits, before the network is used."""

_OTHER_FORMS = ("onnx/*", "openvino/*", "coreml/*", "*.onnx", "*.h5", "*.msgpack", "*.ot", "*.gguf", "*.tflite", "*.pt")
"""The same weights again for other programs, and what training left behind."""
_PATIENCE = 20.0
"""Seconds to wait for the hub's first answer."""


def snapshot(name: str, told: Told | None) -> Path:
    """Return the folder of the hub's cache that holds a model, called like its commit; fetched if it is not there.

    `told` is called before the network is used. Raises ModelUnusable.
    """
    # As sentence-transformers does: a bare name is one of its own models.
    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        from huggingface_hub.constants import HF_HUB_CACHE
    except ImportError:
        raise missing(name, "sentence-transformers") from None
    # The cache is read by its documented layout: huggingface_hub's own function costs half a second to import.
    held = Path(HF_HUB_CACHE) / f"models--{repository.replace('/', '--')}"
    try:
        there = held / "snapshots" / (held / "refs" / "main").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return _fetched(name, repository, told)
    return there if _complete(there) else _fetched(name, repository, told)


def _complete(snapshot: Path) -> bool:
    """Whether a model's settings and the weights of its first part are there (a download may have been cut off)."""
    settings = any((snapshot / file).is_file() for file in ("modules.json", "config.json"))
    return settings and any(f.suffix in (".safetensors", ".bin") and f.is_file() for f in snapshot.rglob("*"))


def _fetched(name: str, repository: str, told: Told | None) -> Path:
    from huggingface_hub import HfApi, snapshot_download

    if told:
        told(
            Text(
                f"モデル {name} は手元にないため、Hugging Face Hub からダウンロードします。",
                f"The model {name} is not on disk; it is downloaded from the Hugging Face Hub.",
            )
        )
    try:
        with _calm():
            known = HfApi().model_info(repository, timeout=_PATIENCE)
            files = [file.rfilename for file in known.siblings or ()]
            again = ["pytorch_model*.bin"] if any(re.fullmatch(r"model.*\.safetensors", f) for f in files) else []
            return Path(snapshot_download(repository, ignore_patterns=[*_OTHER_FORMS, *again]))
    except Exception as error:  # what a network and its libraries may raise is anybody's guess
        why = first_line(error)
        raise ModelUnusable(
            name,
            f"モデル {name} は、フォルダーとしても手元になく、Hugging Face Hub からも取得できません: {why}",
            f"The model {name} is no folder here, and cannot be fetched from the Hugging Face Hub: {why}",
        ) from error


@contextlib.contextmanager
def _calm() -> Iterator[None]:
    """Keep huggingface_hub from writing on stderr but for its progress bars on a terminal."""
    import huggingface_hub.utils.logging
    from huggingface_hub.utils.tqdm import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

    logging: Any = huggingface_hub.utils.logging  # without types
    level, bars = logging.get_verbosity(), not are_progress_bars_disabled()
    logging.set_verbosity_error()
    if bars and (sys.stderr is None or not sys.stderr.isatty()):
        disable_progress_bars()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            enable_progress_bars()
