"""Files beside pages: what they are called, what is in them, how it is written."""

from build_tools.web.exports.csv_file import csv_of, field, file_of, harmless, line_of
from build_tools.web.exports.downloads import (
    Download,
    count_data_files,
    format_name,
    suffix_of,
    table_addresses,
    write_tables,
)
from build_tools.web.exports.tables import HEAD, Origin, table_csv

__all__ = [
    "HEAD",
    "Download",
    "Origin",
    "count_data_files",
    "csv_of",
    "field",
    "file_of",
    "format_name",
    "harmless",
    "line_of",
    "suffix_of",
    "table_addresses",
    "table_csv",
    "write_tables",
]
