"""Templates as Jinja has compiled them, kept from one run to the next: compiling fifty of them takes longer than a changed file should.

What is kept carries its hash, so that a damaged file is made again; Jinja itself compares the template's text and its own version.
"""

from __future__ import annotations

from contextlib import suppress

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from build_tools.inputs import TOOL, seal, unsealed

FOLDER = TOOL / ".cache" / "templates"


class Codes(BytecodeCache):
    """What Jinja has made of the templates, kept beside them; where that cannot be written it is made each time."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja itself compares the template's text and its own version."""
        with suppress(OSError, ValueError, EOFError, TypeError):
            bucket.bytecode_from_string(unsealed(FOLDER / bucket.key))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """For the next process."""
        with suppress(OSError):
            seal(FOLDER / bucket.key, bucket.bytecode_to_string())
