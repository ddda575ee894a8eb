"""A tree read against a form: cells with places; what was left blank derived; findings on shape.

A written figure is the figure. A blank is not a zero. Absence has a word. What could not be read is doubtful, and
nothing is computed from it.
"""

from build_tools.accounts.statement.bind import read_statement
from build_tools.accounts.statement.cell import Cell, State
from build_tools.accounts.statement.codes import name_differs
from build_tools.accounts.statement.derive import derive, open_ended, own, run_all
from build_tools.accounts.statement.figures import Figures, Ledger, value_of
from build_tools.accounts.statement.layout import address, printed_rows
from build_tools.accounts.statement.model import ABSENCES, Statement, find_table, find_tables
from build_tools.accounts.statement.names import Codebook, normal
from build_tools.accounts.statement.scalars import as_date
from build_tools.accounts.statement.targets import Target, read_target

__all__ = [
    "ABSENCES",
    "Cell",
    "Codebook",
    "Figures",
    "Ledger",
    "State",
    "Statement",
    "Target",
    "address",
    "as_date",
    "derive",
    "find_table",
    "find_tables",
    "name_differs",
    "normal",
    "open_ended",
    "own",
    "printed_rows",
    "read_statement",
    "read_target",
    "run_all",
    "value_of",
]
