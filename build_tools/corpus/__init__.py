"""Walks `data/`: who, which year, which disclosures, what is collected.

The folder says who and when, the file name says what; everything inside is in the words of the form.
"""

from build_tools.corpus.disclosure import read_department
from build_tools.corpus.model import Correction, Department, Disclosure, District, Inquiry, Project, Reference, Remark, RunningName, Waiver
from build_tools.corpus.reach import forms_for, ledgers, near
from build_tools.corpus.read import departments_of, read_district, read_project

__all__ = [
    "Correction", "Department", "Disclosure", "District", "Inquiry", "Project", "Reference", "Remark", "RunningName", "Waiver", "departments_of",
    "forms_for", "ledgers", "near", "read_department", "read_district", "read_project",
]
