"""The examples for CI: YAML that can be read, and no command, option or hook that there is not."""

from __future__ import annotations

import importlib
import re
import shlex
from collections.abc import Iterator
from typing import Any

import click
import pytest
import yaml
from conftest import ROOT

from msglint.app.cli.main import COMMANDS, msglint_command
from msglint.app.cli.speech import Speaker

PAGE = (ROOT / "docs/ci.md").read_text("utf-8")
EXAMPLES: list[dict[str, Any]] = [
    yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
]


def lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from lines(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from lines(inner)
    elif isinstance(value, str):
        yield from value.splitlines()


WRITTEN = {line for line in lines(EXAMPLES) if line.startswith("msglint ")}
NAMED = {line for line in re.findall(r"`(msglint [^`]+)`", PAGE) if not line.startswith("msglint[")}


def test_the_examples_are_those_of_two_services_and_the_hooks() -> None:
    github, gitlab, hooks = EXAMPLES
    assert set(github["jobs"]) == {"check", "pages"}
    assert github["jobs"]["pages"]["needs"] == "check"
    assert {step["with"]["path"] for step in github["jobs"]["check"]["steps"] if "path" in step.get("with", {})} == {
        "dist"
    }
    assert gitlab["pages"]["artifacts"]["paths"] == ["public"]
    assert {gitlab[job]["stage"] for job in ("check", "sheets", "pages")} == set(gitlab["stages"])
    known = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} <= known
    assert {"msglint sheet --output dist --keep", "msglint check --format github"} <= WRITTEN


@pytest.mark.parametrize("line", sorted(WRITTEN | NAMED))
def test_every_command_and_option_exists(line: str) -> None:
    _, name, *arguments = shlex.split(line)
    module, _, attribute = COMMANDS[name][0].partition(":")
    command: click.Command = getattr(importlib.import_module(module), attribute)
    parent = click.Context(msglint_command, info_name="msglint", obj=Speaker("ja"))
    command.make_context(name, arguments, parent)


def test_an_option_that_there_is_not_would_be_found() -> None:
    with pytest.raises(click.NoSuchOption):
        test_every_command_and_option_exists("msglint sheet --publish")
