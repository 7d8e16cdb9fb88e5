"""The names that columns have in exports, in English, Japanese and inside the systems; `;` stands between them."""

from __future__ import annotations

from typing import Literal

Kind = Literal["leads", "deals", "actions", "pages"]
System = Literal["hubspot", "salesforce", "csv"]

LEADS = {
    "record": (
        "Record ID; Record ID - Contact; hs_object_id; Lead ID; Contact ID; Id; レコードID; "
        "レコードID - コンタクト; リードID; コンタクトID; 顧客ID; 取引先責任者ID"
    ),
    "email": "Email; Email Address; メール; メールアドレス; Eメール; E-mail",
    "company": ("Company; Company Name; Associated Company; Account Name; 会社名; 会社; 企業名; 取引先名; 関連会社"),
    "employees": "Number of Employees; No. of Employees; numberofemployees; Employees; 従業員数; 社員数",
    "industry": "Industry; 業種; 業界",
    "title": "Job Title; Title; jobtitle; 役職",
    "owner": (
        "Contact owner; Lead Owner; hubspot_owner_id; Owner ID; OwnerId; Owner; リード所有者; "
        "リード 所有者; コンタクト担当者; 担当者; 所有者; 営業担当"
    ),
    "source": ("Original Source; hs_analytics_source; Lead Source; リードソース; リード発生元; 流入元; 元のソース"),
    "lifecycle": "Lifecycle Stage; lifecyclestage; ライフサイクルステージ",
    "status": "Lead Status; hs_lead_status; Status; リード状況; リードステータス; 状況",
    "created_at": "Create Date; createdate; Created Date; CreatedDate; 作成日; 作成日時; 登録日; 登録日時",
    "mql_at": (
        "Became a Marketing Qualified Lead Date; hs_lifecyclestage_marketingqualifiedlead_date; "
        "hs_v2_date_entered_marketingqualifiedlead; Date entered Marketing Qualified Lead; MQL Date; "
        "MQL日; MQL日時; MQL化日"
    ),
    "called_at": (
        "First Call; First Call Date; First Contact Date; Date of first engagement; "
        "hs_sa_first_engagement_date; 初回架電日時; 初回架電日; 初回連絡日時; 初回連絡日; "
        "初回対応日時; 初回対応日"
    ),
    "sql_at": (
        "Became a Sales Qualified Lead Date; hs_lifecyclestage_salesqualifiedlead_date; "
        "hs_v2_date_entered_salesqualifiedlead; Date entered Sales Qualified Lead; SQL Date; SQL日; "
        "SQL日時; SQL化日; Converted Date; ConvertedDate; 取引開始日"
    ),
    "rejected_at": "Unqualified Date; Rejected Date; 却下日; 却下日時; 差し戻し日; 差し戻し日時",
    "reject_reason": "Unqualified Reason; Rejected Reason; 却下理由; 差し戻し理由",
    "budget": "Budget; BANT Budget; 予算",
    "authority": "Authority; BANT Authority; 決裁権; 決裁権限",
    "need": "Need; BANT Need; 課題; ニーズ",
    "timeline": "Timeline; BANT Timeline; 導入時期; 時期",
    "explore": "Explore; 試し架電",
}
DEALS = {
    "record": (
        "Record ID; Record ID - Deal; hs_object_id; Opportunity ID; Id; Deal ID; レコードID; "
        "レコードID - 取引; 案件ID; 商談ID; 取引ID"
    ),
    "name": "Deal Name; dealname; Opportunity Name; Name; 商談名; 取引名; 案件名",
    "stage": "Deal Stage; dealstage; Stage; StageName; フェーズ; 商談フェーズ; 取引ステージ; ヨミ",
    "pipeline": "Pipeline; パイプライン",
    "amount": "Amount; Amount in company currency; 金額; 合計売上; 受注金額; 取引金額",
    "currency": "Currency; Amount Currency; CurrencyIsoCode; deal_currency_code; 通貨; 金額 通貨; 金額通貨",
    "close_date": "Close Date; closedate; CloseDate; 完了予定日; クローズ日; 受注予定日; 完了日",
    "opened_on": "Create Date; createdate; Created Date; CreatedDate; 作成日; 作成日時; 登録日; 登録日時",
    "owner": (
        "Deal owner; hubspot_owner_id; Opportunity Owner; OwnerId; Owner ID; 商談 所有者; "
        "商談所有者; 所有者; 取引担当者; 担当者; 営業担当"
    ),
    "account": "Associated Company; Account Name; Company Name; 取引先名; 取引先 名; 会社名",
    "lost_reason": "Closed Lost Reason; closed_lost_reason; Loss Reason; Lost Reason; 失注理由; 失注種別",
    "lead": (
        "Associated Contact IDs; Associated Contact ID; Contact ID; ContactId; Lead ID; リードID; "
        "コンタクトID; 関連コンタクトID; 取引先責任者ID"
    ),
    "email": "Email; Contact Email; メール; メールアドレス; Eメール",
}
ACTIONS = {
    "lead": (
        "Lead ID; Contact ID; Record ID; Record ID - Contact; hs_object_id; リードID; コンタクトID; 顧客ID; レコードID"
    ),
    "email": "Email; Email Address; メール; メールアドレス; Eメール; E-mail",
    "action": (
        "Action; Activity; Activity Type; Event; Event Name; 行動; 行動種別; アクション; アクション名; イベント; 活動"
    ),
    "at": (
        "At; Timestamp; Occurred At; Activity Date; Event Date; Event Time; Date; 日時; 発生日時; "
        "行動日時; アクション日時; 活動日時; 日付"
    ),
    "detail": "Detail; Details; URL; Page; Page URL; ページ; ページURL; 詳細; 件名; 資料名; コンテンツ名",
}
PAGES = {
    "path": (
        "Page path; Page path and screen class; Page path + query string; pagePath; Page; "
        "Page location; URL; path; ページパス; ページ パスとスクリーン クラス; ページ; ページURL; "
        "記事"
    ),
    "day": "Date; Day; 日付; 日",
    "month": "Month; Year month; yearMonth; 月; 年月",
    "views": (
        "Views; Page views; Pageviews; screenPageViews; 表示回数; ページビュー数; ページビュー; PV; PV数; 閲覧数"
    ),
    "conversions": "Conversions; Key events; keyEvents; コンバージョン; コンバージョン数; キーイベント; CV; CV数",
}
NAMES: dict[Kind, dict[str, str]] = {"leads": LEADS, "deals": DEALS, "actions": ACTIONS, "pages": PAGES}
NEEDED: dict[Kind, tuple[frozenset[str], ...]] = {  # of each set one column at least
    "pages": (frozenset({"path"}), frozenset({"views", "conversions"})),
    "actions": (frozenset({"action"}), frozenset({"at"}), frozenset({"lead", "email"})),
    "deals": (frozenset({"record"}), frozenset({"stage", "amount", "close_date"})),
    "leads": (frozenset({"record"}),),
}
RESPONSE_TIME = "Lead response time; hs_time_to_first_engagement; リード対応時間"
HUBSPOT = (
    "Record ID; Record ID - Contact; Record ID - Deal; hs_object_id; Deal Stage; dealstage; "
    "Deal Name; dealname; Lifecycle Stage; lifecyclestage; Contact owner; Deal owner; "
    "hubspot_owner_id; Create Date; Associated Company; レコードID; 取引ステージ; 取引名; "
    "ライフサイクルステージ; コンタクト担当者; 取引担当者"
)
SALESFORCE = (
    "Opportunity ID; Opportunity Name; Opportunity Owner; StageName; CloseDate; CreatedDate; "
    "Created Date; OwnerId; Lead ID; Lead Owner; Lead Source; Converted Date; ConvertedDate; "
    "Account Name; 商談ID; 商談名; 商談 所有者; フェーズ; 完了予定日; リード所有者; "
    "リード 所有者; リード状況; リードソース; 取引開始日; 取引先名"
)
