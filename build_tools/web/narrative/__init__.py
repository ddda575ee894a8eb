"""Sentences from the figures: the 说明 of a disclosure and a plain answer for a layman, written by templates.

Every figure in a sentence is a cell or computed from cells that it names, so that text and tables cannot disagree.
"""

from build_tools.web.narrative.compose import explanation, forget_templates, plain_answer
from build_tools.web.narrative.model import HEADED, Narrative, Part, Piece, Quoted, Sentence

__all__ = [
    "HEADED",
    "Narrative",
    "Part",
    "Piece",
    "Quoted",
    "Sentence",
    "explanation",
    "forget_templates",
    "plain_answer",
]
