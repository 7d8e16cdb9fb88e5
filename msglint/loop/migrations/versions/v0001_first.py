"""The first schema: leads, what they did, deals, hand-overs, page figures, feedback and what came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from msglint.loop.types import Moment, Points

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _article_figure()
    _forgotten()
    _handoff_revision()
    _lead()
    _sheet()
    _action()
    _deal()
    _handover()
    _feedback()
    _action_item()
    _feedback_item()
    _append_only()


def _article_figure() -> None:
    op.create_table(
        "article_figure",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("views", sa.BigInteger()),
        sa.Column("conversions", sa.BigInteger()),
        sa.CheckConstraint("path <> ''", name=op.f("ck_article_figure_path")),
        sa.CheckConstraint("conversions >= 0", name=op.f("ck_article_figure_conversions")),
        sa.CheckConstraint("until >= since", name=op.f("ck_article_figure_period")),
        sa.CheckConstraint("views >= 0", name=op.f("ck_article_figure_views")),
        sa.PrimaryKeyConstraint("path", "since", "until", name=op.f("pk_article_figure")),
    )


def _forgotten() -> None:
    op.create_table(
        "forgotten",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_forgotten")),
    )


def _handoff_revision() -> None:
    op.create_table(
        "handoff_revision",
        sa.Column("revision", sa.String(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("agreed_marketing", sa.String()),
        sa.Column("agreed_sales", sa.String()),
        sa.Column("agreed_on", sa.Date()),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_handoff_revision")),
        sa.UniqueConstraint("effective_from", name=op.f("uq_handoff_revision_effective_from")),
    )


def _lead() -> None:
    op.create_table(
        "lead",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("email", sa.String()),
        sa.Column("company", sa.String()),
        sa.Column("employees", sa.String()),
        sa.Column("industry", sa.String()),
        sa.Column("title", sa.String()),
        sa.Column("owner", sa.String()),
        sa.Column("source", sa.String()),
        sa.Column("lifecycle", sa.String()),
        sa.Column("status", sa.String()),
        sa.Column("created_at", Moment()),
        sa.Column("mql_at", Moment()),
        sa.Column("called_at", Moment()),
        sa.Column("clocked", sa.Boolean(create_constraint=True, name=op.f("ck_lead_clocked")), nullable=False),
        sa.Column("sql_at", Moment()),
        sa.Column("rejected_at", Moment()),
        sa.Column("reject_reason", sa.String()),
        sa.Column("budget", sa.Boolean(create_constraint=True, name=op.f("ck_lead_budget"))),
        sa.Column("authority", sa.Boolean(create_constraint=True, name=op.f("ck_lead_authority"))),
        sa.Column("need", sa.Boolean(create_constraint=True, name=op.f("ck_lead_need"))),
        sa.Column("timeline", sa.Boolean(create_constraint=True, name=op.f("ck_lead_timeline"))),
        sa.Column("explore", sa.Boolean(create_constraint=True, name=op.f("ck_lead_explore")), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.CheckConstraint("system <> '' AND record <> '' AND id = system || ':' || record", name=op.f("ck_lead_id")),
        sa.CheckConstraint("sql_at >= mql_at", name=op.f("ck_lead_sql_after_mql")),
        sa.CheckConstraint("sql_at IS NULL OR rejected_at IS NULL", name=op.f("ck_lead_accepted_or_rejected")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
    )
    op.create_index(op.f("ix_lead_email"), "lead", ["email"], unique=False)


def _sheet() -> None:
    op.create_table(
        "sheet",
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("source_commit", sa.String()),
        sa.Column("source_sha256", sa.String()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String()),
        sa.Column("approved_on", sa.Date()),
        sa.Column("expires_on", sa.Date()),
        sa.CheckConstraint(
            "state <> 'approved' OR (approved_by IS NOT NULL AND approved_on IS NOT NULL)",
            name=op.f("ck_sheet_approved"),
        ),
        sa.CheckConstraint("state IN ('unapproved', 'approved', 'stale')", name=op.f("ck_sheet_state")),
        sa.CheckConstraint("expires_on >= approved_on", name=op.f("ck_sheet_expires")),
        sa.PrimaryKeyConstraint("sheet", "version", name=op.f("pk_sheet")),
    )


def _action() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.CheckConstraint("action <> ''", name=op.f("ck_action_action")),
        sa.ForeignKeyConstraint(["lead"], ["lead.id"], name=op.f("fk_action_lead"), onupdate="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("lead", "action", "at", "detail", name=op.f("uq_action_lead")),
    )
    op.create_index(op.f("ix_action_lead"), "action", ["lead"], unique=False)


def _deal() -> None:
    op.create_table(
        "deal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("lead", sa.String()),
        sa.Column("name", sa.String()),
        sa.Column("account", sa.String()),
        sa.Column("owner", sa.String()),
        sa.Column("pipeline", sa.String()),
        sa.Column("stage", sa.String()),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("opened_on", sa.Date()),
        sa.Column("expected_on", sa.Date()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("outcome", sa.String()),
        sa.Column("lost_reason", sa.String()),
        sa.CheckConstraint("outcome IN ('won', 'lost')", name=op.f("ck_deal_outcome")),
        sa.CheckConstraint("system <> '' AND record <> '' AND id = system || ':' || record", name=op.f("ck_deal_id")),
        sa.CheckConstraint("(closed_on IS NULL) = (outcome IS NULL)", name=op.f("ck_deal_closed_with_outcome")),
        sa.CheckConstraint("closed_on >= opened_on", name=op.f("ck_deal_closed_after_opened")),
        sa.ForeignKeyConstraint(["lead"], ["lead.id"], name=op.f("fk_deal_lead"), onupdate="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
    )
    op.create_index(op.f("ix_deal_closed_on"), "deal", ["closed_on"], unique=False)
    op.create_index(op.f("ix_deal_lead"), "deal", ["lead"], unique=False)


def _handover() -> None:
    op.create_table(
        "handover",
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("mql_at", Moment(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("score", Points()),
        sa.Column("revision", sa.String()),
        sa.Column("sql_at", Moment()),
        sa.CheckConstraint(
            "origin <> 'guide' OR (score IS NOT NULL AND revision IS NOT NULL)", name=op.f("ck_handover_judged")
        ),
        sa.CheckConstraint("origin IN ('crm', 'guide')", name=op.f("ck_handover_origin")),
        sa.CheckConstraint("sql_at >= mql_at", name=op.f("ck_handover_sql_after_mql")),
        sa.ForeignKeyConstraint(["lead"], ["lead.id"], name=op.f("fk_handover_lead"), onupdate="CASCADE"),
        sa.ForeignKeyConstraint(["revision"], ["handoff_revision.revision"], name=op.f("fk_handover_revision")),
        sa.PrimaryKeyConstraint("lead", name=op.f("pk_handover")),
    )


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("rep", sa.String(), nullable=False),
        sa.Column("deal", sa.String()),
        sa.Column("lead", sa.String()),
        sa.Column("temperature", sa.Integer()),
        sa.Column("as_promised", sa.Boolean(create_constraint=True, name=op.f("ck_feedback_as_promised"))),
        sa.Column("need", sa.String()),
        sa.Column("request", sa.String()),
        sa.CheckConstraint("(deal IS NULL) <> (lead IS NULL)", name=op.f("ck_feedback_of_one")),
        sa.CheckConstraint("temperature BETWEEN 1 AND 5", name=op.f("ck_feedback_temperature")),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name=op.f("fk_feedback_deal")),
        sa.ForeignKeyConstraint(["lead"], ["lead.id"], name=op.f("fk_feedback_lead"), onupdate="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index(op.f("ix_feedback_deal"), "feedback", ["deal"], unique=False)
    op.create_index(op.f("ix_feedback_lead"), "feedback", ["lead"], unique=False)


def _action_item() -> None:
    op.create_table(
        "action_item",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("feedback", sa.String()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("closing_commit", sa.String()),
        sa.CheckConstraint("kind IN ('content', 'criteria')", name=op.f("ck_action_item_kind")),
        sa.CheckConstraint("what <> '' AND owner <> ''", name=op.f("ck_action_item_named")),
        sa.CheckConstraint("closing_commit IS NULL OR closed_on IS NOT NULL", name=op.f("ck_action_item_closing")),
        sa.ForeignKeyConstraint(
            ["feedback"], ["feedback.id"], name=op.f("fk_action_item_feedback"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_item")),
    )


def _feedback_item() -> None:
    op.create_table(
        "feedback_item",
        sa.Column("feedback", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column(
            "conflict", sa.Boolean(create_constraint=True, name=op.f("ck_feedback_item_conflict")), nullable=False
        ),
        sa.Column("edited", sa.Boolean(create_constraint=True, name=op.f("ck_feedback_item_edited"))),
        sa.CheckConstraint(
            "verdict <> 'not_usable' OR (reason IS NOT NULL AND reason <> '')", name=op.f("ck_feedback_item_reason")
        ),
        sa.CheckConstraint(
            "verdict IN ('helped', 'shown_no_effect', 'not_usable', 'not_used')", name=op.f("ck_feedback_item_verdict")
        ),
        sa.ForeignKeyConstraint(
            ["feedback"], ["feedback.id"], name=op.f("fk_feedback_item_feedback"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sheet", "version"], ["sheet.sheet", "sheet.version"], name=op.f("fk_feedback_item_sheet")
        ),
        sa.PrimaryKeyConstraint("feedback", "sheet", name=op.f("pk_feedback_item")),
    )


def _append_only() -> None:
    """Refuse to change or delete a revision of the hand-over rules: scores were made by it."""
    refusal = "a revision of the hand-over rules is never changed"
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER handoff_revision_no_{event.lower()} BEFORE {event} ON handoff_revision "
                f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION handoff_revision_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER handoff_revision_append_only BEFORE UPDATE OR DELETE ON handoff_revision "
        "FOR EACH ROW EXECUTE FUNCTION handoff_revision_append_only()"
    )
