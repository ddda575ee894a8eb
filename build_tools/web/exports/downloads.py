"""A file beside a page as one value, and the formats of such files in one list.

What a page calls a file, what machines are told of it and what a build counts go by its format, so that another format
is a module that writes it and a line of `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from build_tools.accounts.statement import Statement
from build_tools.web.exports.tables import Origin, table_csv

# the statements of one form, and whose they are
WriteTable = Callable[[Sequence[Statement], Origin], str | bytes]


class Format(NamedTuple):
    """How files are written whose addresses end so. `name` is what readers call it; `data` = the figures, to go on
    working with; `write_table` = every table of a disclosure also comes in this format.
    """

    suffix: str
    media_type: str
    name: str
    data: bool = False
    write_table: WriteTable | None = None


FORMATS = (
    Format(".csv", "text/csv", "CSV", True, table_csv),
    Format(".pdf", "application/pdf", "PDF"),
    Format(".xml", "application/atom+xml", "Atom"),
)
BY_SUFFIX = {one.suffix: one for one in FORMATS}


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside a page. `url` is its address from the root, `data` the whole of it."""

    title: str
    url: str
    data: bytes

    @property
    def format(self) -> Format:
        """Its format, by its address."""
        return BY_SUFFIX[suffix_of(self.url)]

    @property
    def media_type(self) -> str:
        """As machines name its format (IANA): text/csv."""
        return self.format.media_type

    @property
    def stem(self) -> str:
        """Its name without the format: files of one stem say the same."""
        return PurePosixPath(self.url).stem


def suffix_of(url: str) -> str:
    """How an address ends: .csv."""
    return PurePosixPath(url).suffix


def format_name(url: str) -> str:
    """What readers call the format of the file at this address: CSV."""
    return BY_SUFFIX[suffix_of(url)].name


def count_data_files(urls: Iterable[str]) -> int:
    """How many of these files are data."""
    return sum(one.data for url in urls if (one := BY_SUFFIX.get(suffix_of(url))))


def write_tables(statements: Sequence[Statement], origin: Origin, folder: str) -> tuple[Download, ...]:
    """The files of one table, or of all instances of a repeated form, at the address `folder` of their page."""
    form = statements[0].form
    return tuple(
        Download(form.title, f"{folder}{form.slug}{one.suffix}", as_bytes(one.write_table(statements, origin)))
        for one in FORMATS
        if one.write_table
    )


def table_addresses(folder: str, slug: str) -> tuple[str, ...]:
    """Where the files of a table are, as another page links to them."""
    return tuple(f"{folder}{slug}{one.suffix}" for one in FORMATS if one.write_table)


def as_bytes(content: str | bytes) -> bytes:
    """Text as UTF-8."""
    return content.encode() if isinstance(content, str) else content
