"""Checks: identities declared by the forms, judged and told.

Every check returns values: verdicts for the public, findings for staff. Nothing here changes a figure.
"""

from build_tools.checks.check import Checked, Report, check_department, check_project
from build_tools.checks.context import Context
from build_tools.checks.judging import judge

__all__ = ["Checked", "Context", "Report", "check_department", "check_project", "judge"]
