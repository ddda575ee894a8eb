"""YAML text ↔ a tree that knows its places.

The reader guesses nothing: every scalar is text, and every construct that YAML would quietly turn into something the
writer did not mean is refused by name (docs/decisions.md). There is one canonical writer.
"""

from build_tools.source.foreign import survey
from build_tools.source.parse import Parsed, bounded, parse
from build_tools.source.read import decode, line_reader, misencoded, read_bytes
from build_tools.source.tree import Comment, Entry, Mapping, Node, Scalar, Sequence, same_meaning
from build_tools.source.writer import write

__all__ = [
    "Comment",
    "Entry",
    "Mapping",
    "Node",
    "Parsed",
    "Scalar",
    "Sequence",
    "bounded",
    "decode",
    "line_reader",
    "misencoded",
    "parse",
    "read_bytes",
    "same_meaning",
    "survey",
    "write",
]
