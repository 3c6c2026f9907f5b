"""Machines of many clouds"""

__version__ = "0.1.0"
