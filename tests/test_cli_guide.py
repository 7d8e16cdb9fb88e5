from __future__ import annotations

import json

import pytest
from conftest import GUIDE, Repository

PRH = """\
version: 1
rules:
  - expected: サーバー
    pattern: /サーバ(?!ー)/
    specs:
      - {from: サーバを増やす, to: サーバーを増やす}
      - {from: サーバー, to: サーバ}
  - expected: Cookie
    specs: [{from: ｃｏｏｋｉｅ, to: Cookie}]
"""


def test_check_counts_what_the_guide_holds(repository: Repository) -> None:
    ran = repository.run("guide", "check")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == ("messaging.yaml: 問題ありません(ペルソナ0、ステージ0、主張0、数値0、用語0、使わない表現3)。\n")
    english = repository.run("guide", "check", "--lang", "en", within="content")
    assert english.out == (
        "../messaging.yaml: OK (personas 0, stages 0, claims 0, facts 0, terms 0, phrases not to use 3).\n"
    )
    quiet = repository.run("guide", "check", "-q")
    assert (quiet.status, quiet.out, quiet.err) == (0, "", "")


def test_check_tells_what_of_a_dictionary_is_ignored(repository: Repository) -> None:
    repository.write("terms.prh.yml", PRH + "targets: [{file: /md$/}]\n")
    repository.write("messaging.yaml", GUIDE + "extends: [terms.prh.yml]\n")
    ran = repository.run("guide", "check")
    assert (ran.status, ran.err) == (0, "terms.prh.yml:10:10: 「targets」は使いません。\n")
    assert "用語2、" in ran.out


def test_check_tells_of_numbers_that_a_comma_cuts_in_two(repository: Repository) -> None:
    terms = (
        "terms:\n  - {term: 約千社, variants: [1,000社, 約1,200社]}\n"
        "  - {term: 数, variants: [5, 000個, '2,000社', 3,4]}\n"
    )
    repository.write("messaging.yaml", GUIDE + terms)
    ran = repository.run("guide", "check")
    first = len((GUIDE + terms).splitlines()) - 1
    said = "は、コンマで2つの項目に分かれています。1つの項目なら、引用符で囲んでください。"
    expected = [f"messaging.yaml:{first}:28: 「1,000社」{said}", f"messaging.yaml:{first}:36: 「約1,200社」{said}"]
    assert (ran.status, ran.err.splitlines()) == (0, expected)


def test_check_lists_all_problems_of_all_files(repository: Repository) -> None:
    repository.write("terms.prh.yml", "version: 1\nrules:\n  - expected: a\n    pattern: /(/\n")
    repository.write("messaging.yaml", "version: 1\nname: x\nextends: [terms.prh.yml]\nbaned: []\n")
    ran = repository.run("guide", "check")
    assert (ran.status, ran.out) == (2, "")
    assert [line.split(": ")[0] for line in ran.err.splitlines()] == ["messaging.yaml:4:1", "terms.prh.yml:4:14"]


def test_specs_that_hold(repository: Repository) -> None:
    repository.write("terms.prh.yml", PRH.replace("      - {from: サーバー, to: サーバ}\n", ""))
    repository.write("messaging.yaml", GUIDE + "extends: [terms.prh.yml]\n")
    for arguments in (("terms.prh.yml",), ()):
        ran = repository.run("guide", "test", *arguments)
        assert (ran.status, ran.out, ran.err) == (0, "", "用例2件がすべて成り立ちます。\n")


def test_specs_that_do_not_hold(repository: Repository) -> None:
    repository.write("dictionaries/terms.prh.yml", PRH)
    repository.write("messaging.yaml", GUIDE + "extends: [dictionaries/terms.prh.yml]\n")
    for arguments in (("dictionaries/terms.prh.yml",), ()):
        ran = repository.run("guide", "test", *arguments)
        assert ran.status == 1
        assert ran.out == (
            "dictionaries/terms.prh.yml:7:9: 「サーバー」は「サーバ」になるはずですが、「サーバー」になります。\n"
        )
        assert ran.err == "用例3件のうち1件が成り立ちません。\n"
    below = repository.run("guide", "test", "--lang", "en", within="dictionaries")
    assert (
        below.out == '../dictionaries/terms.prh.yml:7:9: "サーバー" should become "サーバ", but becomes "サーバー".\n'
    )


def test_no_specs(repository: Repository) -> None:
    ran = repository.run("guide", "test")
    assert (ran.status, ran.out, ran.err) == (0, "", "試す用例がありません。\n")


def test_dictionary_that_cannot_be_used(repository: Repository) -> None:
    ran = repository.run("guide", "test", "none.yml")
    assert (ran.status, ran.out, ran.err) == (2, "", "msglint: 辞書 none.yml を読めません。ファイルがありません。\n")
    repository.write("broken.yml", "rules: {")
    ran = repository.run("guide", "test", "broken.yml")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("broken.yml:1:")


def test_schema_is_a_schema_that_takes_the_guide(repository: Repository) -> None:
    import jsonschema
    import yaml

    ran = repository.run("guide", "schema")
    assert (ran.status, ran.err) == (0, "")
    schema = json.loads(ran.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    guide = yaml.safe_load(GUIDE)
    jsonschema.validate(guide, schema, jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(guide | {"baned": []}, schema, jsonschema.Draft202012Validator)
