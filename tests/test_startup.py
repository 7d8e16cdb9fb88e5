"""What a start costs: the modules that are loaded, and the time it takes over bare Python."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

import pytest
from conftest import Repository, environment
from pace import slowness

HEAVY = {
    "ahocorasick_rs",
    "asyncio",
    "concurrent.futures.process",
    "importlib.metadata",
    "jinja2",
    "json",
    "jsonschema",
    "model2vec",
    "multiprocessing",
    "numpy",
    "pathspec",
    "pyromark",
    "regex",
    "scipy",
    "sentence_transformers",
    "sqlite3",
    "subprocess",
    "sudachipy",
    "torch",
    "transformers",
    "yaml",
}
ROOMS = {f"msglint.{room}" for room in ("analysis", "cache", "document", "engine", "guide", "rule", "rules")}
NO_VECTORS = {"numpy", "scipy", "torch", "transformers", "sentence_transformers", "model2vec", "spacy", "jinja2"}
LIMIT = 0.150


def loaded(repository: Repository, program: str) -> set[str]:
    """Return the modules that `program` leaves in sys.modules."""
    tell = f"import sys\ntry:\n    {program}\nexcept SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", tell], cwd=repository.folder, env=environment(), capture_output=True, check=True
    )
    return set(done.stderr.decode().split("\n")[-2].split(" "))


def run(*arguments: str) -> str:
    return f"from msglint.app.cli.main import main; sys.argv = ['msglint', *{arguments!r}]; main()"


def test_importing_msglint_loads_nothing(repository: Repository) -> None:
    assert {name for name in loaded(repository, "import msglint") if name.startswith("msglint.")} == set()
    assert loaded(repository, "import msglint.model") & (HEAVY | ROOMS) == set()


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("--lang", "en", "--help"), ("chek",)])
def test_help_loads_no_rule_and_nothing_heavy(repository: Repository, arguments: tuple[str, ...]) -> None:
    modules = loaded(repository, run(*arguments))
    assert "msglint.app.cli.main" in modules
    assert modules & (HEAVY | ROOMS) == set()


@pytest.mark.parametrize("command", ["check", "fix", "rules"])
def test_help_of_a_command_loads_no_rule(repository: Repository, command: str) -> None:
    modules = loaded(repository, run(command, "--help"))
    assert f"msglint.app.cli.{command}" in modules
    assert modules & {"msglint.rule", "msglint.engine", "sudachipy", "numpy", "yaml", "pyromark"} == set()


def test_check_loads_no_vectors_and_asks_no_installed_package(repository: Repository) -> None:
    modules = loaded(repository, run("check"))
    assert "sudachipy" in modules
    assert modules & (NO_VECTORS | {"importlib.metadata", "concurrent.futures.process"}) == set()


def test_help_is_quick(repository: Repository) -> None:
    def seconds(*arguments: str) -> float:
        """Return the processor's time, which other work on the machine changes less than the clock's."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, *arguments], cwd=repository.folder, env=environment(), capture_output=True, check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    seconds("-m", "msglint", "--help")
    over = statistics.median(seconds("-m", "msglint", "--help") - seconds("-c", "") for _ in range(9))
    assert over < LIMIT * slowness()
