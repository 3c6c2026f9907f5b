"""A capability as a diagram, from those who call to the APIs that are called."""

from __future__ import annotations

from .mermaid import mermaid as mermaid
from .model import Graph as Graph
from .model import document as document
from .model import graph_of as graph_of
from .svg import svg as svg
