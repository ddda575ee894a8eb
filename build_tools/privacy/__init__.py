"""What must not be published: numbers that belong to a person, bank accounts, private mailboxes, marks of secrecy.

Every text is looked at as it stands in the file, keys and comments too: what is committed stays in the history. What is
found is an error until it is masked or acknowledged with a reason; nothing that is printed shows it whole.
"""

from build_tools.privacy.acknowledge import SHARED
from build_tools.privacy.examine import examine
from build_tools.privacy.masking import discreet, discreet_lines
from build_tools.privacy.model import ACKNOWLEDGED, FIELDS
from build_tools.privacy.names import discreet_path, discreet_text, named, private_in_name
from build_tools.privacy.shared import examine_any, examine_shared
from build_tools.privacy.telling import unreadable

__all__ = [
    "ACKNOWLEDGED",
    "FIELDS",
    "SHARED",
    "discreet",
    "discreet_lines",
    "discreet_path",
    "discreet_text",
    "examine",
    "examine_any",
    "examine_shared",
    "named",
    "private_in_name",
    "unreadable",
]
