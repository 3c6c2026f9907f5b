"""News feeds"""

__version__ = "0.1.0"
