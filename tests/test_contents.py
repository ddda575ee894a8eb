"""The contents list of a disclosure: no two entries read alike, every one leads somewhere."""

from __future__ import annotations

from collections import Counter

import pytest

from build_tools.accounts.corpus import Disclosure, Project, read_project
from build_tools.checks import check_project
from build_tools.web.pages.contents import contents
from tests.helpers import ROOT


@pytest.fixture(scope="module")
def project() -> Project:
    """The real data."""
    return read_project(ROOT)


def disclosures(project: Project) -> list[Disclosure]:
    """All of them."""
    return [one.disclosure for report in check_project(project)[0] for one in report.checked]


def test_no_two_entries_read_alike(project: Project) -> None:
    """A project that has a table and a report is named with the title of each; what stands alone is named as before."""
    seen = set()
    for disclosure in disclosures(project):
        assert disclosure.template is not None
        items = contents(disclosure, None, False)
        titles = Counter(child.title for item in items for child in item.children)
        assert [title for title, number in titles.items() if number > 1 or not title] == []
        names = Counter(one.name for one in disclosure.statements.values() if one.name)
        for one in disclosure.statements.values():
            if one.name:
                assert titles[f"{one.name}（{one.form.title}）" if names[one.name] > 1 else one.name] == 1
                seen.add(names[one.name] > 1)
    assert seen == {True, False}
