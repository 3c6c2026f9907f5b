"""Harbour watch"""

__version__ = "0.1.0"
