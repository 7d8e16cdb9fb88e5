"""From what was learned to the file that msglint ships."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from material import Material, unit, weight
from network import WORDING, Network

from msglint.analysis.encoder import table
from msglint.analysis.encoder.vocabulary import hash_of

VERSION = "1"
_WORDS = 150_000
"""chiVe's most frequent words, the rest is left to their parts."""
_LEAST = 0.02
"""A kind of word that weighs less is left out."""


def write(path: Path, material: Material, network: Network) -> None:
    """Write the table of a learned encoder."""
    with torch.no_grad():
        project, place = network.project.numpy(), network.place.numpy()
        shares = [round(float(share), 6) for share in torch.softmax(network.shares, 0)]
        kinds = {name: round(float(w), 6) for name, w in zip(network.names, network.kinds.exp(), strict=True)}
    own = material.meanings.shape[1]
    vectors, scales = _eighths(unit(material.chive) @ project)
    hashes, rows, levels, smallest, step = _words(material)
    topic_hashes, topics = _topics(material, network.subjects.numpy()[:, own:] @ place[own:])
    topics, topic_scales = _eighths(topics)
    gram_unit = float(material.gram_weights.max()) / 255
    arrays = {
        "hashes": hashes,
        "rows": rows,
        "levels": levels,
        "vectors": vectors,
        "scales": scales,
        "topic_hashes": topic_hashes,
        "topics": topics,
        "topic_scales": topic_scales,
        "place": _from_meaning(network, project, place[:own]),
        "grams": np.round(material.gram_weights / gram_unit),
    }
    values = {
        "version": VERSION,
        "wording": WORDING,
        "shares": shares,
        "smallest": smallest,
        "step": step,
        "gram_unit": gram_unit,
        "kinds": {name: w for name, w in kinds.items() if w >= _LEAST},
    }
    table.write(path, values, arrays)


def _eighths(vectors: Any) -> tuple[Any, Any]:
    """Return vectors in 8 bits, and what each row is to be multiplied by."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    return np.round(vectors / scales[:, None]), scales


def _words(material: Material) -> tuple[Any, Any, Any, float, float]:
    """Return the words' hashes (sorted), rows and levels of weight, and the smallest weight and the step of a level."""
    chosen = list(material.chive.rows)[:_WORDS]
    hashes = np.array([hash_of(word) for word in chosen], np.uint32)
    # Of two words with one hash the more frequent stays.
    hashes, first = np.unique(hashes, return_index=True)
    rows = np.array([material.chive.rows[word] for word in chosen])[first]
    smallest, largest = weight(0), weight(_WORDS)
    step = (largest / smallest) ** (1 / 255)
    levels = np.log(np.array([weight(int(rank)) for rank in first]) / smallest) / np.log(step)
    return hashes, rows, np.round(levels), smallest, step


def _topics(material: Material, vectors: Any) -> tuple[Any, Any]:
    """Return the hashes (sorted) of the words of business text, and their vectors: of a norm, that of its main kind."""
    known = np.flatnonzero(np.abs(material.topics).sum(axis=1) > 0)
    hashes = np.array([hash_of(material.words.norms[i]) for i in known], np.uint32)
    hashes, first = np.unique(hashes, return_index=True)
    return hashes, vectors[known[first]]


def _from_meaning(network: Network, project: Any, place: Any) -> Any:
    """Return the map from a word's shipped meaning to what chiVe adds to its subject: nearest over the corpora."""
    meanings = network.meanings.numpy().astype(np.float64)
    scale = network.subjects.numpy()[:, : meanings.shape[1]].astype(np.float64)
    return np.linalg.lstsq(meanings @ project, scale @ place, rcond=None)[0].astype(np.float32)
