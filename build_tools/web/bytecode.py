"""Templates as Jinja has compiled them, kept from one run to the next: compiling fifty of them takes longer than a
changed file should.

What is kept carries its hash, so that a damaged file is made again, and the versions and the template's text that it is
of. Jinja's own way to read it asks a stream for every few bytes and takes ten times as long.
"""

from __future__ import annotations

import marshal
from contextlib import suppress

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket, bc_magic

from build_tools.inputs import seal, unsealed
from build_tools.resources import compiled_templates


class Codes(BytecodeCache):
    """What Jinja has made of the templates, kept in the tool's cache; made each time where that cannot be written."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Only what was made of this text by these versions."""
        with suppress(OSError, ValueError, EOFError, TypeError):
            head, data = head_of(bucket), unsealed(compiled_templates() / bucket.key)
            if data.startswith(head):
                bucket.code = marshal.loads(data[len(head) :])  # noqa: S302 - sealed, and written by this tool beside itself

    def dump_bytecode(self, bucket: Bucket) -> None:
        """For the next process."""
        with suppress(OSError):
            seal(compiled_templates() / bucket.key, head_of(bucket) + marshal.dumps(bucket.code))


def head_of(bucket: Bucket) -> bytes:
    """Jinja's and Python's versions, and the hash of the template's text."""
    return bc_magic + bucket.checksum.encode()
