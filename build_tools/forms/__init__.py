"""The declarations: every official table and section as data (the YAML files here), proved sound when loaded.

Adding a form or a year's variant is one YAML file and no Python; docs/new-year-form.md shows how.
"""

from build_tools.forms.blocks import (
    DECIMALS,
    NUMERIC,
    STATED,
    Axes,
    Block,
    Column,
    FixedRow,
    Level,
    Row,
    Type,
    axes_for,
)
from build_tools.forms.concepts import Concept, Spot, spots_together
from build_tools.forms.instances import Instance, Tables, instances, localize
from build_tools.forms.keys import Keys, UnknownKeyError, keys_of
from build_tools.forms.load import load_forms
from build_tools.forms.model import Form, Identity, Layout, Measure, Reason, Selector
from build_tools.forms.reading import did_you_mean, nearest
from build_tools.forms.reasons import find_reason
from build_tools.forms.templates import EVER, FOREVER, Forms, Section, Template

__all__ = [
    "DECIMALS",
    "EVER",
    "FOREVER",
    "NUMERIC",
    "STATED",
    "Axes",
    "Block",
    "Column",
    "Concept",
    "FixedRow",
    "Form",
    "Forms",
    "Identity",
    "Instance",
    "Keys",
    "Layout",
    "Level",
    "Measure",
    "Reason",
    "Row",
    "Section",
    "Selector",
    "Spot",
    "Tables",
    "Template",
    "Type",
    "UnknownKeyError",
    "axes_for",
    "did_you_mean",
    "find_reason",
    "instances",
    "keys_of",
    "load_forms",
    "localize",
    "nearest",
    "spots_together",
]
