"""What the site generator says of hand-written pages is a finding at the page, and stops the site: nobody reads a log."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from build_tools.diagnostics import Place
from build_tools.engine.complaints import listening
from build_tools.engine.refusal import RefusedError
from build_tools.inputs import SETTINGS


@pytest.mark.parametrize(
    ("said", "file"),
    [("Doc file 'guide.md' contains a link 'x'", "content/guide.md"), ("Config value: no such thing", SETTINGS)],
)
def test_a_complaint_stands_at_the_page_that_it_names(said: str, file: str, tmp_path: Path) -> None:
    with listening() as complaints:
        logging.getLogger("mkdocs.structure").warning(said)
        # said once, however often the generator says it
        logging.getLogger("mkdocs.structure").warning(said)
        # plugins speak of themselves
        logging.getLogger("mkdocs.plugins.search").warning("other")
    with pytest.raises(RefusedError) as refused:
        complaints.raise_on(tmp_path)
    (finding,) = refused.value.findings
    assert (finding.code, finding.place) == ("generator-complaint", Place(file))
    assert said in finding.message


def test_silence_stops_nothing(tmp_path: Path) -> None:
    with listening() as complaints:
        logging.getLogger("mkdocs.structure").info("fine")
    complaints.raise_on(tmp_path)
