"""What Python may ask a form for, in the field's standard English: `total_expenditure` instead of a Chinese table, row
and column.

Each form declares where its concepts stand (`read_concepts`). A form that lacks a concept is a typed absence: every
look-up answers None, and its caller must say what then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple


class Concept(StrEnum):
    """Every concept that Python asks for. A name in a form that is not here is an error of that form."""

    # 公开信息, at the head of every file
    STATUS = "status"
    FISCAL_YEAR = "fiscal_year"
    DISCLOSURE_TITLE = "disclosure_title"
    INDEX_NUMBER = "index_number"
    ABSTRACT = "abstract"
    GENERATION_DATE = "generation_date"
    ISSUER = "issuer"
    APPROVAL_DATE = "approval_date"
    PUBLICATION_DATE = "publication_date"
    SECRECY_REVIEW = "secrecy_review"
    REVIEW_WORDS = "review_words"
    REVIEW_OFFICE = "review_office"
    REVIEW_DATE = "review_date"
    SIGN_OFF = "sign_off"
    SIGN_OFF_WORDS = "sign_off_words"
    SIGN_OFF_DATE = "sign_off_date"
    SOURCE = "source"
    UNIT_CONFIRMED = "unit_confirmed"
    ORIGINAL = "original"

    # 更正, 原文出入, at the end of a file
    CORRECTION_DATE = "correction_date"
    CORRECTION_TABLE = "correction_table"
    CORRECTION_ROW = "correction_row"
    CORRECTION_COLUMN = "correction_column"
    CORRECTION_TEXT = "correction_text"
    CORRECTION_REASON = "correction_reason"
    CORRECTION_APPROVAL = "correction_approval"
    REMARK_TABLE = "remark_table"
    REMARK_PROJECT = "remark_project"
    REMARK_TEXT = "remark_text"
    REMARK_REASON = "remark_reason"

    # district.yaml
    DISTRICT_NAME = "district_name"
    DISTRICT_FULL_NAME = "district_full_name"
    DIVISION_CODE = "division_code"
    TEMPLATE_REGION = "template_region"
    CHOSEN_TEMPLATES = "chosen_templates"
    COLLECTED_YEAR = "collected_year"
    COLLECTED_KINDS = "collected_kinds"

    # department.yaml
    LEVEL = "level"
    SUPERIOR = "superior"
    NATURE = "nature"
    FOUNDING_DATE = "founding_date"
    DISSOLUTION_DATE = "dissolution_date"
    DUTIES = "duties"
    DUTIES_SOURCE = "duties_source"
    DEPARTMENT_NAME = "department_name"
    # 撤回: a disclosure that was public and is no more
    WITHDRAWN_YEAR = "withdrawn_year"
    WITHDRAWN_KIND = "withdrawn_kind"
    WITHDRAWAL_DATE = "withdrawal_date"
    WITHDRAWAL_REASON = "withdrawal_reason"
    WITHDRAWAL_APPROVAL = "withdrawal_approval"

    # from when to when a name holds: of a department, of a code
    NAME_SINCE = "name_since"
    NAME_UNTIL = "name_until"

    # inquiries.yaml
    INQUIRY_DATE = "inquiry_date"
    INQUIRY_TEXT = "inquiry_text"
    REPLY_DATE = "reply_date"
    REPLY_TEXT = "reply_text"
    INQUIRY_YEAR = "inquiry_year"
    INQUIRY_KIND = "inquiry_kind"

    # data/reference: the codebook (government revenue and expenditure classification), the glossary
    CLASSIFICATION_CODE = "classification_code"
    CLASSIFICATION_NAME = "classification_name"
    TERM = "term"
    TERM_EXPLANATION = "term_explanation"
    TERM_ALIASES = "term_aliases"

    # 收入支出决算总表; a grand total holds what was carried over
    TOTAL_EXPENDITURE = "total_expenditure"
    GRAND_TOTAL_EXPENDITURE = "grand_total_expenditure"
    GRAND_TOTAL_REVENUE = "grand_total_revenue"
    REVENUE_AMOUNT = "revenue_amount"
    SURPLUS_DISTRIBUTION = "surplus_distribution"
    YEAR_END_CARRY_OVER = "year_end_carry_over"

    # 收入决算表, 支出决算表 (basic expenditure and project expenditure), 基本支出决算表
    REVENUE_BY_FUNCTION = "revenue_by_function"
    EXPENDITURE_BY_FUNCTION = "expenditure_by_function"
    BASIC_EXPENDITURE = "basic_expenditure"
    PROJECT_EXPENDITURE = "project_expenditure"
    BASIC_EXPENDITURE_ITEMS = "basic_expenditure_items"

    # 财政拨款收入支出决算总表, 一般公共预算财政拨款支出决算表, 概况
    GRAND_TOTAL_APPROPRIATION = "grand_total_appropriation"
    GENERAL_BUDGET_EXPENDITURE = "general_budget_expenditure"
    ACCOUNTING_UNITS = "accounting_units"

    # 政府性基金, 国有资本经营: what a row holds beside expenditure
    OPENING_BALANCE = "opening_balance"
    RECEIPTS = "receipts"
    CLOSING_BALANCE = "closing_balance"

    # “三公”经费支出决算表, its items by row
    OVERSEAS_TRAVEL = "overseas_travel"
    VEHICLE_PURCHASE = "vehicle_purchase"
    VEHICLE_OPERATION = "vehicle_operation"
    OFFICIAL_RECEPTION = "official_reception"
    THREE_PUBLIC_TOTAL = "three_public_total"
    THREE_PUBLIC_BUDGET = "three_public_budget"
    THREE_PUBLIC_ACTUAL = "three_public_actual"

    # 说明: counts that no table has, the budget of each item
    EXPLANATION = "explanation"
    NAMED_ITEMS = "named_items"
    OVERSEAS_GROUPS = "overseas_groups"
    OVERSEAS_PERSONS = "overseas_persons"
    RECEPTION_GROUPS = "reception_groups"
    RECEPTION_GUESTS = "reception_guests"
    VEHICLES_PURCHASED = "vehicles_purchased"
    VEHICLES_KEPT = "vehicles_kept"
    COUNTED_UNTIL = "counted_until"
    USE = "use"
    ITEM_BUDGET = "item_budget"
    GENERAL_BUDGET_INITIAL = "general_budget_initial"
    BUDGET_COMPARISON = "budget_comparison"
    STATED_COMPLETION = "stated_completion"

    # a change beside a figure, in every block that tells one
    INCREASE = "increase"
    DECREASE = "decrease"
    UNCHANGED = "unchanged"
    STATED_GROWTH = "stated_growth"
    STATED_DECLINE = "stated_decline"

    # 绩效目标: funds applied for
    PLANNED_FUNDS = "planned_funds"

    # 绩效自评, of the department and of a project
    INITIAL_BUDGET = "initial_budget"
    ANNUAL_BUDGET = "annual_budget"
    ANNUAL_EXECUTION = "annual_execution"
    EXECUTION_RATE = "execution_rate"
    SELF_EVALUATION_WEIGHT = "self_evaluation_weight"
    SELF_EVALUATION_SCORE = "self_evaluation_score"
    GRADE = "grade"
    PROJECT_INVESTMENT = "project_investment"
    REPORTED_INITIAL_BUDGET = "reported_initial_budget"
    REPORTED_EXECUTION = "reported_execution"
    DEVIATION_AND_MEASURES = "deviation_and_measures"

    # indicators, and marks in every block that gives some
    TARGET = "target"
    ACTUAL = "actual"
    DEVIATION_REASON = "deviation_reason"
    WEIGHT = "weight"
    SCORE = "score"

    # projects that a report lists
    LISTED_PROJECT_BUDGET = "listed_project_budget"
    LISTED_PROJECT_SPENDING = "listed_project_spending"

    # 绩效评价
    STAFF = "staff"
    EVALUATED_REVENUE = "evaluated_revenue"
    EVALUATED_INITIAL_BUDGET = "evaluated_initial_budget"
    EVALUATED_EXPENDITURE = "evaluated_expenditure"

    # who fills in a table, and whom it lists as its own
    UNIT_NAME = "unit_name"
    IMPLEMENTING_UNIT = "implementing_unit"
    OWN_OFFICES = "own_offices"


class Spot(NamedTuple):
    """Where a concept stands in its form: block, row and column, '' for what it leaves open (every row, the whole block
    or table).

    What several blocks have alike (an increase, marks) has a spot in each; a concept of one of the blocks says which.
    """

    block: str
    row: str
    column: str


Concepts = Mapping[str, tuple[Spot, ...]]


def spots_together(declared: Concepts, wanted: Sequence[Concept]) -> tuple[Spot, ...]:
    """A spot for each of these in the first block that has them all; none where the form has no such block."""
    if len(wanted) == 1:
        return declared.get(wanted[0], ())[:1]
    found = [{spot.block: spot for spot in reversed(declared.get(one, ()))} for one in wanted]
    block = next((block for block in reversed(found[0]) if all(block in spots for spots in found)), None)
    return () if block is None else tuple(spots[block] for spots in found)
