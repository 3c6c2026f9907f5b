"""Orders and their skills"""

__version__ = "0.1.0"
