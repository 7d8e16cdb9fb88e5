"""The encoders that a guide names: vectors, prompts, identities, and what a run of msglint loads."""

from __future__ import annotations

import importlib.metadata
import json
import os
import pickle
import shutil
import subprocess
import sys
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import models
import numpy as np
import pytest
from conftest import Repository, environment

from msglint.analysis.encoder import Encoder, Identity
from msglint.analysis.encoder.find import find
from msglint.analysis.encoder.model import ModelUnusable
from msglint.analysis.encoder.opening import builtin, in_one_process, open_encoder
from msglint.analysis.encoder.prompts import prompt
from msglint.analysis.encoder.remembered import Remembered
from msglint.analysis.judge import open_judge
from msglint.analysis.nli import CrossReading
from msglint.analysis.passage import Passage
from msglint.guide.model import Claim
from msglint.vectors import VectorStore

LIBRARIES = ("torch", "sentence_transformers", "model2vec")
lacking = [name for name in LIBRARIES if find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(lacking), reason=f"pip install 'msglint[transformers]' (no {', '.join(lacking)})")

HEAVY = {"torch", "sentence_transformers", "transformers"}
TEXTS = [*models.sentences(60), "", "読めない漢字鬱憂", "あ" * 900]
LABELS = ["Entailment", "NEUTRAL", "contradiction"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a small model of every kind."""
    folder = tmp_path_factory.mktemp("models")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        models.nested(folder / "nested", models.static(folder / "static"))
        models.model2vec(folder / "model2vec")
        models.bert(folder / "bert", {"query": "検索: ", "passage": "文章: "})
        models.cross(folder / "cross", LABELS)
    return folder


def by_sentence_transformers(folder: Path, texts: Sequence[str], **options: object) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer

        loaded = SentenceTransformer(str(folder))
        vectors: np.ndarray = loaded.encode(list(texts), normalize_embeddings=True, **options)
        return vectors


def furthest(first: np.ndarray, second: np.ndarray) -> float:
    assert first.shape == second.shape
    return float(np.abs(first - second).max())


@pytest.mark.parametrize("name", ["static", "nested"])
def test_a_static_model_gives_the_vectors_of_sentence_transformers(made: Path, name: str) -> None:
    vectors = open_encoder(name, made).encode(TEXTS)
    assert vectors.dtype == np.float32
    assert furthest(vectors, by_sentence_transformers(made / name, TEXTS)) < 1e-5
    assert not vectors[TEXTS.index("")].any()


def test_a_model_of_model2vec_gives_its_own_vectors(made: Path) -> None:
    from model2vec import StaticModel

    expected = StaticModel.from_pretrained(made / "model2vec").encode(TEXTS)
    assert furthest(open_encoder("model2vec", made).encode(TEXTS), expected) < 1e-6


def test_a_transformer_gives_the_vectors_of_sentence_transformers_with_the_prompt_for_passages(made: Path) -> None:
    vectors = open_encoder("bert/model", made).encode(TEXTS)
    assert vectors.dtype == np.float32
    assert furthest(vectors, by_sentence_transformers(made / "bert/model", TEXTS, prompt_name="passage")) < 1e-5
    assert furthest(vectors, by_sentence_transformers(made / "bert/model", TEXTS, prompt="")) > 1e-2
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("name", ["builtin", "static", "model2vec", "bert/model"])
def test_a_vector_depends_on_its_text_alone(made: Path, name: str) -> None:
    encoder = open_encoder(name, made)
    whole = encoder.encode(TEXTS)
    assert furthest(encoder.encode(TEXTS[::-1])[::-1], whole) < 1e-6
    assert furthest(np.vstack([encoder.encode([text]) for text in TEXTS]), whole) < 1e-6
    parts = [encoder.encode(TEXTS[first : first + 7]) for first in range(0, len(TEXTS), 7)]
    assert furthest(np.vstack(parts), whole) < 1e-6
    assert furthest(encoder.encode([Passage.of(text) for text in TEXTS[:9]]), whole[:9]) < 1e-6
    assert encoder.encode([]).shape == (0, whole.shape[1])


def test_the_number_of_threads_makes_no_difference(made: Path) -> None:
    import torch

    encoder, threads = open_encoder("bert/model", made), torch.get_num_threads()
    whole = encoder.encode(TEXTS)
    try:
        torch.set_num_threads(1)
        assert furthest(encoder.encode(TEXTS), whole) < 1e-6
    finally:
        torch.set_num_threads(threads)


@pytest.mark.parametrize(
    ("name", "settings", "expected"),
    [
        ("any/model", None, ""),
        ("any/model", {"prompts": None}, ""),
        ("any/model", {"prompts": {"query": "", "document": ""}}, ""),
        ("any/model", {"prompts": {"query": "query: ", "passage": "passage: "}}, "passage: "),
        ("any/model", {"prompts": {"query": "query: ", "document": "", "passage": "passage: "}}, "passage: "),
        ("any/model", {"prompts": {"query": "Q: ", "document": "D: ", "STS": "意味: "}}, "意味: "),
        ("any/model", {"prompts": {"query": "Q: ", "topic": "T: "}, "default_prompt_name": "topic"}, "T: "),
        ("any/model", {"prompts": {"query": "Q: "}}, ""),
        ("cl-nagoya/ruri-v3-30m", {"prompts": {"検索クエリ": "検索クエリ: ", "document": "検索文書: "}}, ""),
        ("cl-nagoya/ruri-base-v2", {"prompts": {"document": "文章: "}}, "文章: "),
        ("intfloat/multilingual-e5-small", {}, "query: "),
        ("models/multilingual-e5-small/", None, "query: "),
        ("intfloat/multilingual-e5-large-instruct", {}, ""),
    ],
)
def test_the_prompt_is_the_one_for_likeness_of_meaning(name: str, settings: object, expected: str) -> None:
    assert prompt(name, settings) == expected


def test_an_identity_is_that_of_the_content(made: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        shutil.copytree(made / "static", folder)
    one = open_encoder("first", tmp_path).identity
    assert one == Identity("first", f"model2vec {importlib.metadata.version('model2vec')}", one.hash)
    assert open_encoder("second", tmp_path).identity.hash == one.hash
    (first / "README.md").write_text("説明", encoding="utf-8")
    os.utime(first / "model.safetensors", ns=(1, 1))
    assert open_encoder("first", tmp_path).identity == one
    settings = json.loads((first / "config_sentence_transformers.json").read_bytes())
    settings["prompts"] = {"document": "文章: "}
    (first / "config_sentence_transformers.json").write_text(json.dumps(settings), encoding="utf-8")
    assert open_encoder("first", tmp_path).identity.hash != one.hash


def test_the_hash_of_a_file_is_remembered(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(made / "static", folder)
    with VectorStore(tmp_path) as store:
        mark = find("model", tmp_path, store).mark
        weights = folder / "model.safetensors"
        seen = weights.stat()
        changed = bytearray(weights.read_bytes())
        changed[-1] ^= 1
        weights.write_bytes(changed)
        os.utime(weights, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        assert find("model", tmp_path, store).mark == mark  # nobody looked into a file of the same size and time
        os.utime(weights, ns=(seen.st_atime_ns, seen.st_mtime_ns + 1))
        assert find("model", tmp_path, store).mark != mark


class Counting:
    """An encoder that takes down what it is asked to encode."""

    def __init__(self, encoder: Encoder) -> None:
        self.asked: list[str] = []
        self._encoder = encoder
        self.identity = encoder.identity

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return self._encoder.encode(texts)


@pytest.mark.parametrize("name", ["builtin", "static", "bert/model"])
def test_a_second_run_encodes_nothing(made: Path, tmp_path: Path, name: str) -> None:
    first, second = Counting(open_encoder(name, made)), Counting(open_encoder(name, made))
    with VectorStore(tmp_path) as store:
        whole = Remembered(first, store).encode([*TEXTS, *TEXTS])
        assert first.asked == list(dict.fromkeys(TEXTS))
    with VectorStore(tmp_path) as store:
        again = Remembered(second, store).encode(TEXTS[::-1])
        assert second.asked == []
        Remembered(second, store).encode(["新しい文。", *TEXTS])
        assert second.asked == ["新しい文。"]
    assert (again[::-1] == whole[: len(TEXTS)]).all()
    assert (whole[: len(TEXTS)] == first.encode(TEXTS)).all()


def test_vectors_of_another_model_are_not_taken(made: Path, tmp_path: Path) -> None:
    with VectorStore(tmp_path) as store:
        Remembered(open_encoder("static", made), store).encode(TEXTS)
        other = Counting(open_encoder("model2vec", made))
        vectors = Remembered(other, store).encode(TEXTS)
    assert len(other.asked) == len(TEXTS)
    assert (vectors == open_encoder("model2vec", made).encode(TEXTS)).all()


def test_encoders_travel_to_other_processes(made: Path, tmp_path: Path) -> None:
    for name in ("static", "bert/model"):
        encoder = open_encoder(name, made, VectorStore(tmp_path))
        vectors = encoder.encode(TEXTS[:3])
        copied = pickle.loads(pickle.dumps(encoder))
        assert copied.identity == encoder.identity
        assert (copied.encode(TEXTS[:3]) == vectors).all()
    assert in_one_process(open_encoder("bert/model", made, VectorStore(tmp_path)))
    assert not in_one_process(open_encoder("static", made, VectorStore(tmp_path)))
    assert not in_one_process(builtin())


def unusable(name: str, root: Path) -> ModelUnusable:
    with pytest.raises(ModelUnusable) as caught:
        open_encoder(name, root).encode(["文"])
    assert "\n" not in caught.value.text.ja + caught.value.text.en
    return caught.value


@pytest.mark.parametrize(
    "name", ["./nowhere", "/nowhere/at/all", "static/nowhere", "static/modules.json", "a/b/c", "～"]
)
def test_a_folder_that_is_not_there_is_told(made: Path, name: str) -> None:
    assert unusable(name, made).text.ja == f"モデルのフォルダー {name} がありません。"


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "modules.json" in unusable("empty", tmp_path).text.en


@pytest.mark.parametrize("name", ["static", "nested", "model2vec", "bert/model"])
def test_a_broken_model_is_told(made: Path, tmp_path: Path, name: str) -> None:
    for i, (pattern, content) in enumerate(
        [("*.safetensors", b"no weights"), ("modules.json", b"[{"), ("tokenizer.json", b"")]
    ):
        folder = tmp_path / str(i)
        shutil.copytree(made / name, folder)
        next(folder.rglob(pattern)).write_bytes(content)
        assert unusable(str(i), tmp_path).text.ja.startswith(f"モデル {i} を読み込めません: ")


def test_weights_that_are_no_numbers_are_told(made: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    shutil.copytree(made / "static", tmp_path / "static")
    weights = load_file(tmp_path / "static/model.safetensors")
    save_file(
        {name: np.full_like(array, np.nan) for name, array in weights.items()}, tmp_path / "static/model.safetensors"
    )
    assert "NaN" in unusable("static", tmp_path).text.ja


@pytest.mark.parametrize(("name", "package"), [("static", "model2vec"), ("bert/model", "sentence-transformers")])
def test_a_library_that_is_missing_is_told(
    made: Path, monkeypatch: pytest.MonkeyPatch, name: str, package: str
) -> None:
    def nothing(distribution: str) -> str:
        raise importlib.metadata.PackageNotFoundError(distribution)

    monkeypatch.setattr(importlib.metadata, "version", nothing)
    with pytest.raises(ModelUnusable) as caught:
        _ = pickle.loads(pickle.dumps(open_encoder(name, made))).identity
    assert f"{package} が要ります。pip install 'msglint[transformers]'" in caught.value.text.ja


def in_a_hub(made: Path, home: Path, commit: str) -> None:
    """Lay a model out as huggingface_hub's cache does."""
    repository = home / "hub/models--team--small"
    shutil.copytree(made / "static", repository / "snapshots" / commit)
    (repository / "refs").mkdir()
    (repository / "refs/main").write_text(commit, encoding="ascii")


GUIDE = """\
version: 1
name: 試験用のガイド
content: {{include: ["content/**/*.md"]}}
drift:
  encoder: {encoder}
rules: {{register: off}}
"""


def section(number: int) -> str:
    said = "".join(models.sentences(4, seed=number))
    return f"---\ntitle: 記事{number}の題\n---\n\n## 見出し\n\n{said}\n"


def written(repository: Repository, encoder: str, articles: int = 3) -> Repository:
    repository.write("messaging.yaml", GUIDE.format(encoder=encoder))
    for number in range(articles):
        repository.write(f"content/{number}.md", section(number))
    repository.write("content/clean.md", section(0))  # the twin of the first
    return repository


def run(repository: Repository, *arguments: str, **variables: str) -> tuple[int, str, str, set[str]]:
    """Run msglint and return its status, what it printed, and the modules it loaded."""
    tell = (
        "import sys\nfrom msglint.app.cli.main import main\n"
        f"sys.argv = ['msglint', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit as e:\n    status = e.code or 0\n"
        "open('modules', 'w').write(' '.join(sys.modules))\nsys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", tell],
        cwd=repository.folder,
        env=environment(**{"HF_HUB_OFFLINE": "1"} | variables),
        capture_output=True,
        check=False,
        timeout=240,
    )
    modules = (repository.folder / "modules").read_text().split(" ")
    return done.returncode, done.stdout.decode(), done.stderr.decode(), set(modules)


CHECK = ("check", "--select", "near-duplicate", "--format", "json")


def test_a_check_with_builtin_loads_no_library(repository: Repository) -> None:
    status, out, err, modules = run(written(repository, "builtin"), *CHECK)
    assert (status, err) == (0, "")
    assert json.loads(out)["summary"]["info"] == 1
    assert modules & (HEAVY | {"model2vec", "huggingface_hub", "tokenizers"}) == set()
    assert not (repository.folder / ".msglint_cache/vectors.db").exists()


def test_a_check_with_a_static_model_loads_no_torch(made: Path, repository: Repository) -> None:
    shutil.copytree(made / "static", repository.folder / "models/static")
    written(repository, "models/static", articles=40)
    status, out, err, modules = run(repository, *CHECK)
    assert (status, err) == (0, "")
    assert json.loads(out)["summary"] == {"files": 41, "error": 0, "warning": 0, "info": 1}
    assert modules & HEAVY == set()
    assert "model2vec" in modules
    (repository.folder / ".msglint_cache/drafts.db").unlink()
    assert run(repository, *CHECK)[:3] == (0, out, "")
    assert "model2vec" not in run(repository, *CHECK)[3]
    assert run(repository, *CHECK, "--no-cache", "--jobs", "2")[:3] == (0, out, "")


def test_a_second_check_with_a_transformer_loads_no_torch(made: Path, repository: Repository) -> None:
    shutil.copytree(made / "bert/model", repository.folder / "models/bert")
    written(repository, "models/bert")
    status, out, err, modules = run(repository, *CHECK, "--jobs", "2")
    assert (status, err) == (0, "")
    assert json.loads(out)["summary"]["info"] == 1
    assert modules >= HEAVY
    (repository.folder / ".msglint_cache/drafts.db").unlink()
    again = run(repository, *CHECK)
    assert again[:3] == (0, out, "")
    assert again[3] & (HEAVY | {"model2vec", "huggingface_hub"}) == set()


def test_another_model_of_the_same_name_makes_other_drafts(made: Path, repository: Repository) -> None:
    shutil.copytree(made / "static", repository.folder / "model")
    written(repository, "model")
    run(repository, *CHECK)
    shutil.rmtree(repository.folder / "model")
    shutil.copytree(made / "model2vec", repository.folder / "model")
    assert "model2vec" in run(repository, *CHECK)[3]


@pytest.mark.parametrize("encoder", ["./nowhere", "models/nowhere"])
def test_a_check_tells_where_the_guide_names_a_missing_folder(repository: Repository, encoder: str) -> None:
    (repository.folder / "models").mkdir()
    status, out, err, _ = run(written(repository, encoder), *CHECK)
    assert (status, out) == (2, "")
    assert err == f"messaging.yaml:5:12: モデルのフォルダー {encoder} がありません。\n"


def test_a_check_tells_of_a_broken_model_once(made: Path, repository: Repository) -> None:
    shutil.copytree(made / "static", repository.folder / "model")
    (repository.folder / "model/model.safetensors").write_bytes(b"")
    status, out, err, _ = run(written(repository, "model", articles=40), *CHECK, "--jobs", "2")
    assert (status, out) == (2, "")
    assert err.startswith("messaging.yaml:5:12: モデル model を読み込めません: ")
    assert err.count("\n") == 1


def test_a_model_of_the_hub_that_is_on_disk_needs_no_network(
    made: Path, repository: Repository, tmp_path: Path
) -> None:
    in_a_hub(made, tmp_path / "home", "0" * 39 + "1")
    status, out, err, modules = run(written(repository, "team/small"), *CHECK, HF_HOME=str(tmp_path / "home"))
    assert (status, err) == (0, "")
    assert json.loads(out)["summary"]["info"] == 1
    assert modules & HEAVY == set()


ANNOUNCED = "モデル team/small は手元にないため、Hugging Face Hub からダウンロードします。\n"


def test_a_model_of_the_hub_is_fetched_once_and_announced(made: Path, repository: Repository, tmp_path: Path) -> None:
    served = tmp_path / "served"
    shutil.copytree(made / "static", served)
    for aside in ("onnx/model.onnx", "pytorch_model.bin", "openvino/openvino_model.bin"):
        (served / aside).parent.mkdir(exist_ok=True)
        (served / aside).write_bytes(b"the same again")
    written(repository, "team/small")
    with models.hub(served, "team/small") as (address, asked):
        home = {"HF_HOME": str(tmp_path / "home"), "HF_ENDPOINT": address, "HF_HUB_OFFLINE": "0"}
        status, out, err, modules = run(repository, *CHECK, **home)
        assert (status, err) == (0, ANNOUNCED)
        assert json.loads(out)["summary"]["info"] == 1
        assert modules & HEAVY == set()
        fetched = {path.partition(f"{models.COMMIT}/")[2] for path in asked}
        assert fetched == {"", *(file.name for file in (made / "static").iterdir())}
        asked.clear()
        assert run(repository, *CHECK, "--no-cache", **home)[:3] == (0, out, "")
        assert asked == []


def test_a_model_that_cannot_be_fetched_is_told(made: Path, repository: Repository, tmp_path: Path) -> None:
    told = "messaging.yaml:5:12: モデル team/small は、フォルダーとしても手元になく、Hugging Face Hub からも取得"
    written(repository, "team/small")
    with models.hub(made / "static", "team/other") as (address, _):
        unknown = {"HF_HOME": str(tmp_path / "home"), "HF_ENDPOINT": address, "HF_HUB_OFFLINE": "0"}
        ran = [run(repository, *CHECK, **unknown)]
    closed = unknown  # nobody listens there any more
    ran += [run(repository, *CHECK, **closed), run(repository, *CHECK, **closed | {"HF_HUB_OFFLINE": "1"})]
    for status, out, err, _ in ran:
        assert (status, out) == (2, "")
        assert err.startswith(ANNOUNCED + told)
        assert err.count("\n") == 2


def test_a_judge_reads_labels_in_any_spelling_and_order(made: Path, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    pairs = [(a, b) for a in TEXTS[:6] for b in TEXTS[:3]]
    judged = open_judge("cross", made).probabilities(pairs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = CrossEncoder(str(made / "cross")).predict(pairs, apply_softmax=True)
    assert furthest(judged, np.asarray(expected)[:, [2, 0, 1]]) < 1e-5  # theirs are padded
    assert furthest(np.vstack([open_judge("cross", made).probabilities([p]) for p in pairs]), judged) < 1e-6
    for i, (labels, order) in enumerate(
        [(["矛盾", "中立", "含意"], [0, 2, 1]), (["CONTRADICTION", "ENTAILMENT", "x"], [0, 1])]
    ):
        shutil.copytree(made / "cross", tmp_path / str(i))
        settings = json.loads((made / "cross/config.json").read_bytes())
        settings["id2label"] = {str(n): label for n, label in enumerate(labels)}
        (tmp_path / str(i) / "config.json").write_text(json.dumps(settings), encoding="utf-8")
        found = open_judge(str(i), tmp_path).probabilities(pairs)
        assert furthest(found[:, : len(order)], np.asarray(expected)[:, order]) < 1e-5


def test_a_model_that_judges_no_contradiction_is_told(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "cross", tmp_path / "cross")
    (tmp_path / "cross/config.json").write_text('{"id2label": {"0": "LABEL_0", "1": "LABEL_1"}}', encoding="utf-8")
    with pytest.raises(ModelUnusable, match="id2label"):
        open_judge("cross", tmp_path)
    with pytest.raises(ModelUnusable, match="id2label"):
        open_judge("bert/base", made)


CLAIMS = (
    Claim("one", "全社で主張をまとめる", paraphrases=("方針は一つ",), contradictions=("主張は記事ごとに決める",)),
    Claim("two", "質の高い商談を増やす"),
)


def test_a_reading_weighs_wordings_and_neighbours(made: Path) -> None:
    judge = open_judge("cross", made)
    said = [Passage.of(text) for text in TEXTS[:8]]

    def score(premise: str, claim: Claim) -> float:
        opposed = judge.probabilities([(premise, text) for text in (claim.statement, *claim.paraphrases)])[:, 0].mean()
        entailed = judge.probabilities([(premise, text) for text in claim.contradictions])[:, 1]
        return float(max([opposed, *entailed]))

    (found,) = CrossReading(CLAIMS, "cross", made).scores([said])
    assert found.shape == (8, 2)
    lowered = 0
    for i in range(8):
        for j, claim in enumerate(CLAIMS):
            alone, between = score(said[i], claim), score("".join(said[max(0, i - 1) : i + 2]), claim)
            assert found[i, j] == pytest.approx(min(alone, between) if alone > 0.5 else alone, abs=1e-6)
            lowered += alone > 0.5 and between < alone
    assert lowered > 0
    apart = CrossReading(CLAIMS, "cross", made).scores([said[:3], [], said[3:]])
    assert [rows.shape for rows in apart] == [(3, 2), (0, 2), (5, 2)]
    assert CrossReading((), "cross", made).scores([said])[0].shape == (8, 0)


def test_what_was_judged_is_remembered(made: Path, tmp_path: Path) -> None:
    said = [Passage.of(text) for text in TEXTS[:4]]
    with VectorStore(tmp_path / "kept") as store:
        (found,) = CrossReading(CLAIMS, "cross", made, store).scores([said])
    tell = (
        "import sys\nfrom pathlib import Path\nfrom msglint.analysis.nli import CrossReading\n"
        "from msglint.guide.model import Claim\nfrom msglint.analysis.passage import Passage\n"
        "from msglint.vectors import VectorStore\n"
        f"claims, said = {CLAIMS!r}, [Passage.of(t) for t in {TEXTS[:4]!r}]\n"
        f"reading = CrossReading(claims, 'cross', {str(made)!r}, VectorStore(Path({str(tmp_path / 'kept')!r})))\n"
        "print(reading.scores([said])[0].tolist(), 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", tell], env=environment(), capture_output=True, check=True, text=True)
    assert done.stdout == f"{found.tolist()} False\n"
