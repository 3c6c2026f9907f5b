"""Apps and statements"""

__version__ = "0.1.0"
