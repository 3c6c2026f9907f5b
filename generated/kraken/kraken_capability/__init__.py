"""Kraken Spot REST API — Account Data"""

__version__ = "0.1.0"
