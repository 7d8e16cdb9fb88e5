"""Who: the people a definition makes do something, and whom they hand something to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msglint.analysis.definitions.lexicon import lexicon
from msglint.analysis.definitions.reading import Difference, Reading
from msglint.analysis.tokens import Token
from msglint.model import Text

_DOES = Text("担い手", "who does it")
_GETS = Text("渡す相手", "whom it is handed to")
_UNIT = re.compile(
    r"(?:の?(?:代表者?|担当部門|担当者|担当|責任者|部門|部署|チーム|グループ|本部|部長|部員|部|課|室|マネージャー|リーダー"
    r"|会社|側|職))*"
)
_OWN = re.compile(
    r"(?P<own>[一-龠ァ-ヶーA-Za-z]{2,8}?)(?:部門|部署|チーム|委員会|担当者)(?=が|は|に|へ|から|による|によって|の|で)"
)
_PERSON = re.compile(
    r"(?P<own>[一-龠ァ-ヶー]{1,8}(?:オーナー|ディレクター|リーダー|プランナー|アナリスト|デザイナー|(?<!責任)(?<!担当)者|士|師|官))(?=が|によ)"
)
_AND = re.compile(r"(?:や|と|、|・|および|または|か(?!ら)|だけで(?:は)?なく、?|など(?:の)?|に加えて?、?|のほか、?|も)+")
_MARK = re.compile(
    r"(?:たち|どうし|同士|全員|の全員|など|ら)?(?:自身|自ら)?(?P<mark>による|により|によって|が|は|も|にも?|へ|から|を|と|で|の)"
)
_NOT_AGENT = re.compile(r"の(?:関心|課題|意欲|スコア|数|割合|情報|声|適性|代金|健康|同意|満足|金額|うち|権利|負担)")
_PASSIVE = re.compile(r"[^、。]{0,12}(?:され|られ|認められ|選ばれ|れた)")
_ONLY = re.compile(r"だけ|のみ")
_FOLLOWING = re.compile(r"[一-龠ァ-ヶーA-Za-z]+(?:の異なる|の違う)?(?:[一-龠ァ-ヶー]+の)?[一-龠ァ-ヶー]*")
_JUDGES = re.compile(r"[^、。]{0,16}(?:判|認|選|決|確|見極|評価|行|担)")
_CONSENT = re.compile(r"の?(?:承認|許可|同意|合意|認可)を")
_VERDICT = re.compile(r"判断|判定|承認|認定|合意|確認|評価|決定|審査|選定|同意|責任|主導|認め|選ん|判")
_HANDED = re.compile(r"[^、。]{0,8}(?:渡|引き継|引継|送[るりっ]|届け|提出|報告|パス|回[すし])")
_BROAD = frozenset({"employee", "employer", "customer", "user", "state", "owner", "attacker"})
_REACH = 40
_VAGUE = re.compile(r"担当(?:部門|者)?|責任|各|複数|関係|他|両|該当|専門|所属|プロジェクト")


@dataclass(frozen=True, slots=True)
class _Actor:
    role: str
    words: str
    at: int
    case: str
    acts: frozenset[str]


def other_owner(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield a difference where other people do the same, or it is handed to others."""
    ours, theirs = _actors(guide), _actors(article)
    for case, aspect in (("agent", _DOES), ("recipient", _GETS)):
        mine = [a for a in ours if a.case == case]
        for actor in (a for a in theirs if a.case == case):
            rivals = [a for a in mine if _same_act(a, actor)]
            # Who is named in the guide for something else may do this as well, unless both say who does this.
            known = any(not _apart(a, actor) for a in (rivals if _is_named(rivals, actor) else mine))
            if rivals and not known:
                yield Difference(aspect, "・".join(dict.fromkeys(a.words for a in rivals)), actor.words, actor.at)
                return


def _is_named(rivals: list[_Actor], actor: _Actor) -> bool:
    """Whether the very act of `actor` has its people in the guide."""
    return any(_families(a.acts) & _families(actor.acts) for a in rivals)


def _actors(reading: Reading) -> list[_Actor]:
    text, cases = reading.text, list[tuple[str, int, int, str, int]]()
    for role, start, end in _mentions(reading):
        mark = _mark(text, end) if reading.holds(start, end) else None
        if mark and (case := _case(text, mark)):
            cases.append((role, start, end, case, mark.end("mark")))
    found = []
    for i, (role, start, end, case, behind) in enumerate(cases):
        stop = next((c[1] for c in cases[i + 1 :] if c[1] >= behind), len(text))
        found.append(_Actor(role, text[start:end], start, case, _acts(reading, behind, stop)))
    return found


def _mentions(reading: Reading) -> Iterator[tuple[str, int, int]]:
    """Yield the roles named in a definition, with the whole of their words."""
    text, behind = reading.text, 0
    found = [(m.lastgroup or "", m.start(), m.end()) for m in lexicon().roles.finditer(text)]
    taken = [(a, b) for _, a, b in found]
    found += [
        (m["own"], m.start(), m.end())
        for m in [*_OWN.finditer(text), *_PERSON.finditer(text)]
        if not any(a < m.end() and m.start() < b for a, b in taken) and not _VAGUE.search(m["own"])
    ]
    for role, start, end in sorted(found, key=lambda f: f[1]):
        if start < behind:
            continue
        unit = _UNIT.match(text, end)
        behind = unit.end() if unit else end
        yield role, start, behind


def _mark(text: str, end: int) -> re.Match[str] | None:
    """Return the particle that says what the people are there for; of several together, the last one's."""
    for _ in range(4):
        joined = _AND.match(text, end)
        if joined is None:
            break
        if joined.group() in {"と", "も", "、"} and not lexicon().roles.match(text, joined.end()):
            break
        following = _FOLLOWING.match(text, joined.end())
        if following is None:
            return None
        end = following.end()
    only = _ONLY.match(text, end)
    return _MARK.match(text, only.end() if only else end)


def _case(text: str, mark: re.Match[str]) -> str | None:
    said, end = mark["mark"], mark.end("mark")
    if said in {"による", "により", "によって", "が"}:
        return "agent"
    if said in {"は", "も", "で"}:
        return "agent" if _JUDGES.match(text, end) else None
    if said == "の":
        return None if _NOT_AGENT.match(text, end - 1) or not _acted(text, end) else "agent"
    if said == "から":
        return "agent" if _CONSENT.match(text, end) else None
    if said in {"に", "へ"}:
        if said == "に" and _PASSIVE.match(text, end) and not _handed(text, end):
            return "agent"
        return "recipient" if _handed(text, end) else None
    return None


def _acted(text: str, end: int) -> bool:
    """Whether a noun of judging follows at once: 営業の判断, 営業の承認."""
    return bool(_VERDICT.match(text, end))


def _handed(text: str, end: int) -> bool:
    return bool(_HANDED.match(text, end))


def _acts(reading: Reading, behind: int, stop: int) -> frozenset[str]:
    """Return what they do: the verbs after their particle, up to the sentence's end or to `stop`."""
    tokens, found = reading.tokens, set[str]()
    first = reading.first(behind)
    for i in range(first, min(len(tokens), first + _REACH)):
        token = tokens[i]
        if token.surface == "。" or token.start >= stop:
            break
        if _is_verb(token, tokens[i + 1] if i + 1 < len(tokens) else None):
            found.add(token.norm)
    return frozenset(found)


def _is_verb(token: Token, after: Token | None) -> bool:
    if token.kind == "動詞":
        if after is not None and after.kind == "接尾辞":
            return False
        return token.norm not in {
            "為る",
            "居る",
            "成る",
            "有る",
            "出来る",
            "基づく",
            "拠る",
            "因る",
            "対する",
            "就く",
            "通ずる",
            "応ずる",
            "向ける",
            "言う",
        }
    done = after is not None and after.norm in {"為る", "出来る", "為さる", "致す"}
    ends = after is None or after.surface in "。、)" or after.norm in {"だ", "です"}
    return token.kind == "名詞" and token.pos[2] == "サ変可能" and (done or ends)


def _families(acts: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name, words in lexicon().acts.items() if acts & words)


def _same_act(a: _Actor, b: _Actor) -> bool:
    """Whether two do the same as far as can be told; of people as broad as 従業員 only a like act will do."""
    one, other = _families(a.acts), _families(b.acts)
    if (a.acts & b.acts) or (one & other) - {"run"}:
        return True
    vague = not a.acts or not b.acts or "run" in one | other
    return vague and not {a.role, b.role} & _BROAD


def _apart(a: _Actor, b: _Actor) -> bool:
    if a.role == b.role or (a.role, b.role) in lexicon().overlap:
        return False
    known = lexicon().roles.groupindex
    if a.role in known and b.role in known:
        return True
    # Of people that no list knows little can be told: only departments exclude departments, by their names.
    if not all(_is_department(actor) for actor in (a, b)):
        return bool(a.acts & b.acts) and any(_is_department(actor) for actor in (a, b))
    return a.role not in b.words and b.role not in a.words


def _is_department(actor: _Actor) -> bool:
    return actor.words.endswith(("部門", "部", "課", "室", "チーム", "部署", "委員会")) or (
        actor.role in lexicon().roles.groupindex and actor.role not in _BROAD
    )
