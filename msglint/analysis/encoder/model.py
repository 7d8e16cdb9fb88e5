"""A model that a guide names, once it lies on disk, and what to say of one that cannot be used."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msglint.model import Text

_LINE = 200


class ModelUnusable(Exception):
    """A model that the guide names cannot be used; `text` says why in one line, `name` is the model's."""

    def __init__(self, name: str, ja: str, en: str) -> None:
        super().__init__(name, ja, en)
        self.name = name
        self.text = Text(ja, en)


@dataclass(frozen=True, slots=True)
class Model:
    """A model on disk: its name as the guide has it, its folder, and a mark that changes with its content."""

    name: str
    folder: Path
    mark: str

    def settings(self, file: str) -> Any:
        """Return what a JSON file of the model holds, None when there is no such file; raises ModelUnusable."""
        try:
            return json.loads((self.folder / file).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:
            raise broken(self.name, error) from error


def missing(name: str, package: str) -> ModelUnusable:
    """Return what to say of a model whose library is not installed."""
    return ModelUnusable(
        name,
        f"モデル {name} を使うには {package} が要ります。pip install 'msglint[transformers]' で入れてください。",
        f"The model {name} needs {package}. Install it with pip install 'msglint[transformers]'.",
    )


def broken(name: str, error: BaseException) -> ModelUnusable:
    """Return what to say of a model that cannot be read."""
    why = first_line(error)
    return ModelUnusable(name, f"モデル {name} を読み込めません: {why}", f"The model {name} cannot be loaded: {why}")


def first_line(error: BaseException) -> str:
    """Return what an error says first, shortened."""
    lines = str(error).strip().splitlines()
    said = lines[0] if lines else type(error).__name__
    return said if len(said) <= _LINE else f"{said[:_LINE]}…"
