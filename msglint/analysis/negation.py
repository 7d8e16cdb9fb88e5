"""Whether what follows a phrase takes it back: わけではない, とは限らない, のは誤り and their kin."""

from __future__ import annotations

import re

from msglint.expression import expression

_NO = r"(?:な(?:い|く|かっ|し\b)|無[いくか]|ありませ|ございませ|ありゃし)"
_THING = r"(?:わけ|訳|ワケ|もの|こと|はず|ため|ん|の)"
_CALLED = r"(?:という|といった|との|と(?:言|い)う|ような|などという|なんて)?"
_SAY = r"(?:[おご]?(?:約束|保証)|言|い[いうえわ]|断言|断定|明言|限|書|考え|思|信じ|期待|見な|みな|呼|申し|うた|謳)"
_CANNOT = r"(?:ない|なく|なかっ|ませ|(?<![必先])ず|ぬ|がた[いく]|難[いく]|かね)"
_NOT = r"(?:ない|なく|なかっ|ませ)"
_NOWHERE = r"(?:どこにも|この世に(?:は)?|世の中に(?:は)?|一切|決して|まったく|全く|まず)?"
_WRONG = (
    r"(?:誤り|誤解|間違い(?!な|あり|無)|間違って|嘘|うそ|幻想|不可能|不正確|不適切|禁物|思い込み|迷信|無理|言い(?:過|す)ぎ|危険|早計)"
    r"(?!(?:で|じゃ)(?:は|も)?(?:な|あり))"
)
_WORD = r"(?:表現|言い方|言葉|主張|説明|考え方?|発想|話|説|約束|期待|誤解|書き方|訴求|うたい文句)"

_TAKES_BACK = tuple(
    expression(p)
    for p in (
        rf"(?:[一-龠ァ-ヶーA-Za-z]{{1,8}}の)?(?:[一-龠ァ-ヶーA-Za-z]{{1,12}}|もの|やり方)"
        rf"(?:は|など(?:は)?|なんて|も)、?(?:どこにも|世の中に|まず)?(?:存在し(?:ない|ません)|{_NO})",
        rf"{_CALLED}{_THING}?(?:で|じゃ)(?:は|も)?(?:決して|必ずしも|まったく|全く|到底)?{_NO}",
        rf"{_CALLED}(?:わけ|訳|ワケ|はず|こと|もの|つもり|気|保証|確証|約束|根拠|裏付け)(?:は|が|も|など)(?:、|どこにも|まず|全く|まったく|一切)?{_NO}",
        rf"{_CALLED}(?:こと|もの)(?:は|を|も|まで(?:は)?)?{_SAY}[^。、]{{0,6}}{_CANNOT}",
        rf"(?:など)?と(?:は|も|まで(?:は)?|の)?(?:一概に|必ずしも|到底|決して)?{_SAY}[^。、]{{0,8}}{_CANNOT}",
        rf"(?:もの|こと)?(?:など)?と(?:は|まで(?:は)?)、?[^。、]{{0,10}}{_CANNOT}",
        rf"{_CALLED}こと(?:は|が|も)?(?:でき|出来)(?:ない|なく|なかっ|ませ|ず)",
        r"かね(?:ます|る)",
        rf"(?:て|で)?(?:は|も|など(?:は)?|なんて|なんか)(?:い|おり)?{_NOT}",
        rf"(?:(?:は|も|なんて|など(?:は)?)、?)?し{_NOT}",
        rf"(?:こと(?:は|も|など(?:は)?)、?(?:いた|致)?|と(?:は|も)?)し{_NOT}",
        r"(?:わけ|訳)に(?:は|も)?、?(?:い(?:か|き)|まい)(?:な|ませ|り|ず)",
        r"こと(?:も|は)?(?:なく|無く)",
        rf"など(?:は|と(?:は)?)?、?[^。、]{{0,8}}(?:考え|あり得|ありえ|想像|でき)[^。、]{{0,4}}{_CANNOT}",
        r"か(?:と(?:い|言|問)(?:えば|うと|われれば)|どうか)?、?[^。、]{0,8}そう(?:で(?:は|も)|じゃ)(?:な|あり)",
        rf"[一-龠ァ-ヶー]{{1,12}}(?:で|じゃ)(?:は|も){_NO}",
        rf"[一-龠ァ-ヶー]{{1,12}}とは(?:とても|到底)?(?:言|い)[えい][^。、]{{0,4}}{_CANNOT}",
        rf"{_CALLED}(?:の|こと)(?:は|を|も)、?(?:避け|控え|やめ|よし|よそ|慎|防)",
        r"[にと](?:は|も)?(?:せず|しな[いく]|しませ)",
        r"は(?:なりませ|ならな|いけ(?:な|ませ)|だめ|駄目|困)",
        rf"(?:など)?(?:という|と(?:言|い)う|と[^。、]{{1,8}})?(?:の|こと|{_WORD})(?:は|も|が)、?[^。、]{{0,8}}{_WRONG}",
        rf"{_CALLED}{_WORD}(?:は|を|も)、?(?:避け|使わ|使いませ|用い(?:な|ませ|ず)|控え|やめ|し(?:な|ませ))",
        r"(?:など)?と(?:は)?(?:書|言|い|うた|謳)[^。、]{0,4}(?:て|で)は(?:いけ|なら|だめ|駄目)",
    )
)
_NOMINAL = tuple(
    expression(p)
    for p in (
        rf"(?:(?:は|が|も|など(?:は|が)?|なんて)、?{_NOWHERE})?{_NO}",
        rf"(?:は|が|も|など)、?{_NOWHERE}(?:存在し{_NOT}|あり得な|あり得ませ|ありえ(?:な|ませ))",
        rf"に[^。、はがもを]{{1,10}}(?:わけ(?:で|じゃ)(?:は|も)?{_NO}|とは(?:限|言|い)[^。、]{{0,4}}{_CANNOT})",
        rf"な[一-龠ァ-ヶー]{{1,12}}(?:で|じゃ)(?:は|も){_NO}",
        r"とは(?:違|異な|別)",
        r"(?:は|を|も)、?(?:避け|控え|やめ(?!られ)|よそ|慎|防|禁物|厳禁|禁止|だめ|駄目)",
        rf"(?:は|を|も|が|など)?(?:[おご]?(?:実現|達成|約束|保証))?(?:し|せ|でき|いたし|致し|され|出来)(?:て(?:い|お)?り?|は)?(?:{_CANNOT})",
        rf"(?:[はを](?:[おご]?(?:実現|達成|約束|保証)))?(?:する|できる|の)(?:わけ|もの|こと)(?:で|じゃ)(?:は|も){_NO}",
        r"に(?:は|も)?(?:なら|なり|でき|し|届か|届き)(?:な[いく]|なかっ|ませ|得|え)",
        rf"に(?:は)?なると(?:は|まで(?:は)?)、?[^。、]{{0,10}}{_CANNOT}",
        rf"(?:である|だ|です|になる|に(?:は)?なれる){_CALLED}{_THING}?(?:で|じゃ)(?:は|も)?{_NO}",
    )
)
_SAID = expression(
    r"\A(?:、(?=とは|など)|(?:だ|である|です)(?=と)|(?:だった|でした|であった)(?=と(?:は|まで))|な(?=わけ|訳|の(?:で|じゃ)))"
)
"""What stands before と and says nothing: 完璧だとは言えない; 安い、とは言いません."""
_DONE = expression(r"(?:を|は|も)?(?:するべき|すべき|する|して)")
"""What makes a verb of a noun: 丸投げするつもりはない."""
_ASSERTS = expression(
    r"[^。、]{0,4}(?:(?:でしょう|だろう|です|のです|の)か(?:[。？?！!、」』と]|$)|か(?:と|[。？?！!」』]|$)|[？?])"
    r"|^[^。、]{0,3}(?:ざるを[得え]|わけにはいか)"
)
_NOT_NOT = expression(r"(?:わけ|訳)に(?:は|も)?、?(?:い(?:か|き)|まい)")
_CLOSED = ("ば", "たら", "だら")
_MUST = expression(
    r"疑い?(?:あり|な[いく]|ませ)|疑う余地|疑わな|間違いあり|差し支えあり|無理(?:も|は)(?:あり|な)|少なくあり|少なくな|なければ(?:なら|いけ)|なくては(?:なら|いけ)|ざるを[得え]|ないと(?:いけ|なら)|に違い|間違いな|に他なら|にほかなら"
)


def taken_back(after: str, *, predicate: bool, said: str = "") -> bool:
    """Whether `after`, the rest of the sentence behind a phrase, denies that very phrase.

    `predicate` says that the phrase ends in one; a noun can also be denied by しない, がない. `said` is the phrase as
    it stands: what ends a clause (成果が出れば) is not denied by what the next noun lacks (苦労はない).
    """
    after = re.split(r"[。！!\n]", after, maxsplit=1)[0].lstrip("」』”）) 　")
    after = _SAID.sub("", after)
    done = None if predicate else _DONE.match(after)
    if done and taken_back(after[done.end() :], predicate=True):
        return True
    denials = _TAKES_BACK if predicate else _TAKES_BACK + _NOMINAL
    for pattern in denials[said.endswith(_CLOSED) :]:
        if (found := pattern.match(after)) and not _MUST.search(after[: found.end() + 6]):
            return not _asserting(after[found.end() :], found.group())
    return False


def insists(said: str, after: str) -> bool:
    """Whether the denial at the end of `said` is itself denied behind it: 下げないわけにはいきません."""
    return said.endswith(("ない", "ません")) and _NOT_NOT.match(after) is not None


def _asserting(rest: str, matched: str) -> bool:
    """A negative question (〜ではないでしょうか) asserts what it asks."""
    return bool(
        re.search(r"(?:で|じゃ)(?:は|も)?な$|ませ$|ない$", matched)
        and _ASSERTS.match(rest.removeprefix("い").removeprefix("ん"))
    )
