"""A semantic diff of two capabilities: what changed for callers, operators and reviewers."""

from .capabilities import compare
from .model import KINDS, Change, Kind, gravest, next_version

__all__ = ["KINDS", "Change", "Kind", "compare", "gravest", "next_version"]
