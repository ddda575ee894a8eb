"""The declarations: every official table and section as data (the YAML files here), proved sound when loaded.

Adding a form or a year's variant is one YAML file and no Python; docs/architecture.md shows how.
"""

from build_tools.forms.blocks import DECIMALS, NUMERIC, STATED, Axes, Block, Column, FixedRow, Level, Row, Type, axes_for
from build_tools.forms.instances import Instance, Tables, instances, localize
from build_tools.forms.load import load_forms
from build_tools.forms.model import Form, Forms, Identity, Layout, Measure, Section, Selector, Template
from build_tools.forms.reading import did_you_mean, nearest

__all__ = [
    "DECIMALS", "NUMERIC", "STATED", "Axes", "Block", "Column", "FixedRow", "Form", "Forms", "Identity", "Instance",
    "Layout", "Level", "Measure", "Row", "Section", "Selector", "Tables", "Template", "Type", "axes_for", "did_you_mean", "instances", "load_forms",
    "localize", "nearest",
]
