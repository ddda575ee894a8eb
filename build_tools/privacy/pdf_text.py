"""The text of a PDF, read in a process of its own that can be stopped: a hostile file may loop or fill the memory.

It is run by its path and imports nothing of ours. It writes the texts of the pages, parted by form feeds, and answers
with a status that says what it could not do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO

ENCRYPTED, BROKEN, PARTLY = 3, 4, 5
SECONDS, MEMORY = 30, 1_500_000_000
PAGES, SIGNS = 3000, 5_000_000


def limit() -> None:
    """No more memory and time of the processor than this, where the system can be told so."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def write_text(data: bytes, out: BinaryIO) -> int:
    """The texts of a PDF onto a stream; 0 where that is all that it says."""
    limit()
    try:
        from pypdf import PdfReader

        reader = PdfReader(BytesIO(data))
        # one that only forbids changes opens without a password
        if reader.is_encrypted and not reader.decrypt(""):
            return ENCRYPTED
        pages = len(reader.pages)
    except Exception as error:
        # any library that it lacks, and any error that a hostile file provokes
        return ENCRYPTED if "DependencyError" in type(error).__name__ else BROKEN
    done, partly = 0, pages > PAGES
    for number in range(min(pages, PAGES)):
        texts = []
        try:
            texts = list(texts_of(reader, number))
        except Exception:
            partly = True
        text = "\n".join(texts).replace("\f", " ")[: SIGNS - done]
        done += len(text)
        out.write(text.encode("utf-8", "replace") + b"\f")
        if done >= SIGNS:
            return PARTLY
    return PARTLY if partly else 0


def texts_of(reader: object, number: int) -> Iterator[str]:
    """What a page says, and what is noted on it; with the first also what the file says of itself."""
    from pypdf import PdfReader

    assert isinstance(reader, PdfReader)
    page = reader.pages[number]
    yield page.extract_text()
    for note in page.annotations or ():
        for key in ("/Contents", "/V"):
            if value := note.get_object().get(key):
                yield str(value)
    if number == 0 and reader.metadata:
        yield from map(str, reader.metadata.values())
