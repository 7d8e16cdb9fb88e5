"""What verdicts and kinds of action are called on the screen."""

from __future__ import annotations

from msglint.model import Text

VERDICTS = {
    "helped": Text("役に立った", "helped"),
    "shown_no_effect": Text("見せたが反応なし", "shown, no effect"),
    "not_usable": Text("使えなかった", "not usable"),
    "not_used": Text("使わなかった", "not used"),
}
KINDS = {
    "content": Text("コンテンツ", "content"),
    "criteria": Text("引き渡しの基準", "criteria"),
}
FIELDS = {
    "response": Text("回答のID", "id of the answer"),
    "submitted": Text("回答日時", "time of the answer"),
    "email": Text("営業担当のメールアドレス", "e-mail of who answered"),
    "rep": Text("営業担当", "who answered"),
    "about": Text("商談またはリード", "deal or lead"),
    "deal": Text("商談", "deal"),
    "lead": Text("リード", "lead"),
    "met_on": Text("商談日", "day of the meeting"),
    "temperature": Text("温度感", "temperature"),
    "as_promised": Text("期待どおりだったか", "what the content promised was expected"),
    "need": Text("課題", "need"),
    "request": Text("要望", "request"),
    "sheet": Text("シート", "sheet"),
    "version": Text("シートの版", "version of the sheet"),
    "verdict": Text("評価", "verdict"),
    "reason": Text("理由", "reason"),
    "conflict": Text("メッセージの食い違い", "conflict of message"),
    "edited": Text("手直ししたか", "changed by hand"),
}
