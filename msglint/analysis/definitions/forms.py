"""The forms that a definition is written in: Xとは…, Xは…を指します, …をXと呼ぶ, X(…), X:…."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

_NOT_SAID = (
    r"(?!いえ|言え|言い|限|別|異な|違|何|なに|どの|どう|どんな|どれ|なん|思え|思わ|呼べ|関係|無関係|逆|反対|対照|ちが|比べ"
    r"|裏腹|一線|ならな|なりま)"
)
_DEFINES = (
    r"(?:(?:の(?:こと|事|総称|略称?|意味|一種))(?:です|である|だ|を|で(?:あ|、|す)|。|$)"
    r"|を(?:指し|指す|意味し|意味する|いいます|言います|いう(?:。|$)|言う(?:。|$)|表し|表す|示し|示す)"
    r"|[てで](?:求め|計算|算出)"
    r"|と(?:定義|呼|され(?:ます|ている|る(?:。|$))|いいます|言います|いう(?:。|$)))"
)
_CALLED = (
    r"と(?:は)?、?(?:呼[びぶんば]|言[いうえわっ]|い[いう](?:ます|。|$)|い[いう]、|称[しす]|名[づ付]け|定義|見な|みな)"
)
_IS_CALLED = r"と(?:呼ば|言わ|いわ|称さ|定義さ)れ(?:ます|る|ています|ている)"
_COPULA = r"(?:です|である|だ|になります|となります)"
_ASCRIBED = re.compile(
    r"誤解|勘違い|混同|思われ|思い込|考えられがち|言われがち|と考える(?:人|会社|企業|方|担当)"
    r"|という(?:人|会社|企業|声|意見|見方|考えも|定義も)"
    r"|と(?:書|説明)(?:いて|かれ|され)|としてい(?:る|ます)会社|間違(?:い|って)"
)
_PAST = re.compile(r"(?:てい|でし|だっ|し|され)(?:まし)?た(?:。|が、|$)")
_LONG_AGO = re.compile(r"以前|かつて|旧|従来|昨年|これまで|当初|昔|改定前|見直す前")
_OF_OTHERS = re.compile(
    r"他社|競合|[A-Z]社|会社によって|企業によって|ある会社|ある企業|一部の|業界によって|海外では|世間|よく「|場合もあ|こともあ"
)
_OPENS = re.compile(
    r"(?:^|[、,::。「『(]|・)\s*$"
    r"|(?:^|[、。])(?:(?:当社|弊社|自社|本記事|この記事|本稿|私たち|我々|一般|ビジネス|社内|ここ|本書|この章|会計上|税務上|法律上|実務上)"
    r"(?:で(?:の|いう|言う|は|使う)?、?|に(?:おける|おいて|は)、?|の|的に(?:は)?、?|が(?:いう|使う|言う))?"
    r"|いわゆる|そもそも|まず(?:は)?、?|次に、?|一方(?:の|で)?、?|なお、?|では、?|さて、?|ちなみに、?|また、?|つまり|この|その"
    r"|という|(?:この)?(?:用語|略語|言葉)の|簡単に言えば|要するに|[0-9]+[.)]?\s*|ここで(?:いう|の)?|同じく"
    r"|[こそ]れに対し(?:て)?、?)$"
)
_REFUTED = re.compile(
    r"(?:(?:しかし|ただし|でも|ところが|だが)、?)?(?:実際(?:に)?は、?)?"
    r"(?:これ|それ|この(?:説明|定義|理解|考え(?:方)?|答え)|そ(?:の|う)[^、。]{0,6}|こう[^、。]{0,6})は、?[^。]{0,12}"
    r"(?:誤|間違|正しく|勘違|違いま|違う|不正確|十分では)"
)
_GOES_ON = re.compile(
    r"これは|それは|つまり|すなわち|言い換え|要するに|具体的に|判定|判断|認定|基準(?:は|と)|条件は|対象は|目安は|担当は|決めるのは"
    r"|選ぶのは|この(?:判定|判断|段階|時点)|(?:評価|確認|承認|計算|算出)(?:は|する)"
)


@dataclass(frozen=True, slots=True)
class Names:
    """What the guide calls a term, as expressions: the bare names, and the forms that definitions of it take.

    `whole` is a heading or a cell that holds nothing else; `forms` mark a definition clearly, `loose`, `bracket` and
    `line` may be something else; `back` points at the sentence before, `asked` at the one behind.
    """

    bare: re.Pattern[str]
    whole: re.Pattern[str]
    forms: tuple[re.Pattern[str], ...]
    loose: re.Pattern[str]
    bracket: re.Pattern[str]
    line: re.Pattern[str]
    back: re.Pattern[str]
    asked: re.Pattern[str]


@functools.lru_cache(maxsize=512)
def names(written: tuple[str, ...]) -> Names:
    """Return the expressions for a term of these names (NFKC)."""
    one = "|".join(re.escape(n) for n in sorted(written, key=len, reverse=True))
    quoted = rf"(?:「(?:{one})」|『(?:{one})』|“(?:{one})”|\"(?:{one})\"|(?<![A-Za-z0-9])(?:{one})(?![A-Za-z0-9]))"
    name = rf"{quoted}(?:\s*\([^()]{{1,80}}\))?"
    asks = (
        r"(?:というのは|という(?:言葉|用語|語|指標|考え方)は|とは|って(?:いうのは|何かというと)"
        r"|(?:の(?:定義|意味)|を定義すると、?)(?:は|:)?)"
    )
    return Names(
        bare=re.compile(quoted),
        whole=re.compile(rf"\s*{name}\s*(?:とは(?:何か|なにか|何ですか|何でしょうか)?[?。]?|の(?:定義|意味))?\s*"),
        forms=(
            re.compile(rf"{name}\s*{asks}[、,:]?\s*{_NOT_SAID}(?P<said>.+)", re.DOTALL),
            re.compile(rf"{name}\s*は、?(?!ず|じめ)(?P<said>.+?{_DEFINES}.*)", re.DOTALL),
            re.compile(rf"(?P<said>.+?)(?:のこと)?を、?{name}\s*{_CALLED}", re.DOTALL),
            re.compile(rf"(?P<said>.+?)[がは]、?{name}\s*{_IS_CALLED}。?$", re.DOTALL),
            re.compile(rf"(?P<said>.+?)が、?{name}{_COPULA}。?$", re.DOTALL),
        ),
        loose=re.compile(rf"{name}\s*は、?(?P<said>[^。]+?{_COPULA}。?)$", re.DOTALL),
        bracket=re.compile(rf"(?<![一-龠ァ-ヶーA-Za-z0-9]){quoted}\s*\((?P<said>[^()]{{2,160}})\)"),
        line=re.compile(rf"^{name}\s*(?:[::=]|―+|—+|─+|--+|[-–]\s)\s*(?P<said>.+)", re.DOTALL),
        back=re.compile(
            rf"(?:これ|それ|このような[^、。]{{1,12}}|こうした[^、。]{{1,12}}|この状態)(?:のこと)?を、?{name}\s*{_CALLED}"
        ),
        asked=re.compile(
            rf"{name}(?:とは|って|は)、?(?:何|なん|なに|どんな|どのよう|どういう)[^。]{{0,16}}(?:か|[??])。?$"
        ),
    )


def opens(before: str) -> bool:
    """Whether a name behind `before`, the beginning of its sentence, is no part of another name."""
    return bool(_OPENS.search(before))


def is_others(sentence: str, before: str) -> bool:
    """Whether a sentence reports a definition of others, of the past, or one that is called a mistake."""
    past = _LONG_AGO.search(sentence) and _PAST.search(sentence)
    return bool(past or _ASCRIBED.search(sentence) or _OF_OTHERS.search(before) or _OF_OTHERS.search(sentence[-24:]))


def is_refuted(following: str) -> bool:
    """Whether the sentence `following` a definition calls it wrong."""
    return bool(_REFUTED.match(following))


def is_question(text: str) -> bool:
    """Whether a sentence asks instead of telling."""
    return bool(re.search(r"(?:か|か。|[??])$", text.strip()))


def is_weak(said: str) -> bool:
    """Whether only を示します or the like marks a sentence as a definition, which it need not be."""
    if re.search(r"(?:割|除|引い|掛け|足し|合計し)[^。]{0,6}(?:求め|計算|算出)", said):
        return False
    return not re.search(r"の(?:こと|事|総称|略|意味|一種)|を(?:指|意味|い[いう]|言[いう])|と(?:定義|呼|い|言)", said)


def goes_on(following: str) -> bool:
    """Whether the next sentence goes on to define the same."""
    return bool(_GOES_ON.match(following))


def defines(sentence: str) -> bool:
    """Whether a sentence ends as a definition does: …のことです, …を指します."""
    return bool(re.search(rf"{_DEFINES}[^。]{{0,6}}。?$", sentence))
