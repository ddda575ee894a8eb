"""A finished site becomes a release beside the others, proved on disk, and public by the swap of one link.

DIR/current -> releases/20261121T073010Z-4f0c1d2e9a7b     what the web server shows
DIR/releases/<moment>-<first digits of its manifest>/     complete releases, never changed again
DIR/shared/                                               assets named by content, of every release that is kept
DIR/lock                                                  held while somebody publishes; the kernel lets it go
"""

from build_tools.publish.manifest import Manifest, ManifestError, Source
from build_tools.publish.place import PublishError, existing, why
from build_tools.publish.provenance import provenance
from build_tools.publish.release import KEEP, Published, publish, rollback
from build_tools.publish.remote import verify_url
from build_tools.publish.verifying import Differences, verify

__all__ = [
    "KEEP",
    "Differences",
    "Manifest",
    "ManifestError",
    "PublishError",
    "Published",
    "Source",
    "existing",
    "provenance",
    "publish",
    "rollback",
    "verify",
    "verify_url",
    "why",
]
