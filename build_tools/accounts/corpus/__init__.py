"""Walks `data/`: who, which year, which disclosures, what is collected.

The folder says who and when, the file name says what; everything inside is in the words of the form.
"""

from build_tools.accounts.corpus.changed import Amendment, Change, Edition, History, Withdrawal
from build_tools.accounts.corpus.disclosure import read_department
from build_tools.accounts.corpus.folders import departments_of
from build_tools.accounts.corpus.model import (
    Correction,
    Department,
    Disclosure,
    District,
    Inquiry,
    Project,
    Reference,
    Remark,
    RunningName,
    Waiver,
)
from build_tools.accounts.corpus.reach import forms_for, ledgers, near, top_keys
from build_tools.accounts.corpus.read import read_district, read_project

__all__ = [
    "Amendment",
    "Change",
    "Correction",
    "Department",
    "Disclosure",
    "District",
    "Edition",
    "History",
    "Inquiry",
    "Project",
    "Reference",
    "Remark",
    "RunningName",
    "Waiver",
    "Withdrawal",
    "departments_of",
    "forms_for",
    "ledgers",
    "near",
    "read_department",
    "read_district",
    "read_project",
    "top_keys",
]
