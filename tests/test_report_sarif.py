"""SARIF: what the 2.1.0 standard asks of the parts that are written, and their exact values."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from report_sample import BROKEN, CLEAN, CRM, NEWS, RUN, in_language

from msglint import __version__
from msglint.model import Problem, Result, Run, Text
from msglint.report.sarif import encode


def closed(required: list[str], **properties: Any) -> dict[str, Any]:
    """An object with these properties and no others."""
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def listed(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


STRING = {"type": "string"}
MESSAGE = closed(["text"], text={"type": "string", "minLength": 1}, markdown=STRING)
LEVEL = {"enum": ["none", "note", "warning", "error"]}
LANGUAGE = {"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"}
FROM_ONE = {"type": "integer", "minimum": 1}
FROM_ZERO = {"type": "integer", "minimum": 0}
ARTIFACT = closed(["uri", "uriBaseId"], uri={"type": "string", "pattern": "^(?!/)([!-~])+$"}, uriBaseId=STRING)
REGION = closed(
    ["startLine"],
    startLine=FROM_ONE,
    startColumn=FROM_ONE,
    endLine=FROM_ONE,
    endColumn=FROM_ONE,
    charOffset=FROM_ZERO,
    charLength=FROM_ZERO,
    snippet=closed(["text"], text=STRING),
)
LOCATION = closed(
    ["physicalLocation"], physicalLocation=closed(["artifactLocation"], artifactLocation=ARTIFACT, region=REGION)
)
REPLACEMENT = closed(["deletedRegion"], deletedRegion=REGION, insertedContent=closed(["text"], text=STRING))
CHANGE = closed(
    ["artifactLocation", "replacements"], artifactLocation=ARTIFACT, replacements=listed(REPLACEMENT, minItems=1)
)
RESULT = closed(
    ["message", "ruleId", "level", "locations", "partialFingerprints"],
    ruleId=STRING,
    ruleIndex=FROM_ZERO,
    level=LEVEL,
    message=MESSAGE,
    locations=listed(LOCATION),
    fixes=listed(closed(["artifactChanges"], description=MESSAGE, artifactChanges=listed(CHANGE, minItems=1))),
    partialFingerprints={"type": "object", "additionalProperties": STRING},
)
RULE = closed(
    ["id"],
    id=STRING,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=closed([], level=LEVEL),
)
INVOCATION = closed(
    ["executionSuccessful"],
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications=listed(closed(["message"], level=LEVEL, message=MESSAGE, locations=listed(LOCATION))),
)
DRIVER = closed(["name"], name=STRING, version=STRING, language=LANGUAGE, rules=listed(RULE, uniqueItems=True))
SCHEMA = closed(
    ["version", "runs"],
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs=listed(
        closed(
            ["tool"],
            tool=closed(["driver"], driver=DRIVER),
            language=LANGUAGE,
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            originalUriBaseIds={"type": "object", "additionalProperties": closed([], description=MESSAGE)},
            invocations=listed(INVOCATION),
            results=listed(RESULT),
        )
    ),
)


def log_of(run: Run) -> dict[str, Any]:
    """The only run of the log."""
    return json.loads(encode(run))["runs"][0]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "run",
    [RUN, CLEAN, BROKEN, in_language(RUN, "en"), replace(RUN, rules=(), texts={}), replace(CLEAN, results=())],
)
def test_it_is_valid(run: Run) -> None:
    jsonschema.validate(json.loads(encode(run)), SCHEMA)


def test_the_tool_and_its_rules() -> None:
    run = log_of(RUN)
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"], driver["language"]) == ("msglint", __version__, "ja")
    assert (run["language"], run["columnKind"]) == ("ja", "unicodeCodePoints")
    assert driver["rules"][0] == {
        "id": "banned-phrase",
        "shortDescription": {"text": "使わない言い回し"},
        "fullDescription": {"text": "使わないと決めた言い回しを報告します。"},
        "defaultConfiguration": {"level": "error"},
        "help": {
            "text": "# banned-phrase\n\n使わないと決めた言い回しを報告します。",
            "markdown": "# banned-phrase\n\n使わないと決めた言い回しを報告します。",
        },
    }
    assert driver["rules"][3] == {
        "id": "near-duplicate",
        "shortDescription": {"text": "重複"},
        "fullDescription": {"text": "重複"},
        "defaultConfiguration": {"level": "note"},
    }
    assert log_of(in_language(RUN, "en"))["tool"]["driver"]["rules"][0]["fullDescription"] == {
        "text": "Reports banned phrasings."
    }


def test_a_result_with_a_fix() -> None:
    result = log_of(RUN)["results"][4]
    artifact = {"uri": "content/news.md", "uriBaseId": "%SRCROOT%"}
    region = {"startLine": 1, "startColumn": 6, "endLine": 1, "endColumn": 11, "charOffset": 5, "charLength": 5}
    assert len(result.pop("partialFingerprints")["msglint/v1"]) == 64
    assert result == {
        "ruleId": "fact-mismatch",
        "ruleIndex": 2,
        "level": "error",
        "message": {"text": "導入率は 37.2%(2024年)です。"},
        "locations": [
            {"physicalLocation": {"artifactLocation": artifact, "region": region | {"snippet": {"text": "47.2%"}}}}
        ],
        "fixes": [
            {
                "description": {"text": "37.2%(自動では直しません。内容を確かめてから書き換えてください)"},
                "artifactChanges": [
                    {
                        "artifactLocation": artifact,
                        "replacements": [{"deletedRegion": region, "insertedContent": {"text": "37.2%"}}],
                    }
                ],
            }
        ],
    }


def test_offsets_cut_out_the_snippet() -> None:
    texts = {"content/crm%20%E5%B0%8E%E5%85%A5.md": CRM, "content/news.md": NEWS.removeprefix("\ufeff")}
    cut = []
    for result in log_of(RUN)["results"]:
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        text = texts[place["artifactLocation"]["uri"]]
        cut.append(text[region["charOffset"] : region["charOffset"] + region["charLength"]])
        assert cut[-1] == region["snippet"]["text"]
    assert cut == ["必ず成果が出る", "サーバ", "次の\n段落", "", "47.2%", "出典"]


def test_levels_and_rule_indexes() -> None:
    results = log_of(RUN)["results"]
    assert [r["level"] for r in results] == ["error", "warning", "note", "warning", "error", "warning"]
    assert [r["ruleIndex"] for r in results] == [0, 4, 3, 1, 2, 4]
    assert all("ruleIndex" not in r for r in log_of(replace(RUN, rules=()))["results"])
    assert len({r["partialFingerprints"]["msglint/v1"] for r in results}) == 6


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b.md", "a%20b.md"),
        ("導入.md", "%E5%B0%8E%E5%85%A5.md"),
        ("c:d#e?f%20.md", "c%3Ad%23e%3Ff%2520.md"),
        ("../g.md", "../g.md"),
        ("\udcff.md", "%FF.md"),
    ],
)
def test_paths_become_relative_uris(path: str, uri: str) -> None:
    diagnostic = replace(RUN.diagnostics[4], path=path)
    result = log_of(replace(RUN, results=(Result(path, (diagnostic,)),), texts={path: NEWS[1:]}))["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_what_could_not_be_read_is_a_failed_execution() -> None:
    assert log_of(RUN)["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    other = Problem("b.md", 3, 4, Text("壊れている", "It is broken"))
    assert log_of(replace(BROKEN, language="en", unreadable=(*BROKEN.unreadable, other)))["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [
                {
                    "level": "error",
                    "message": {"text": message},
                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}}],
                }
                for uri, message in [
                    ("content/%E5%A3%8A%E3%82%8C%E3%81%9F%2C%E8%A8%98%E4%BA%8B.md", "It is not UTF-8"),
                    ("b.md", "It is broken"),
                ]
            ],
        }
    ]
