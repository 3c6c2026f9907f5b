"""Kraken Futures"""

__version__ = "0.1.0"
