"""Names that Python, the emitted modules or readers use for something else"""

__version__ = "0.1.0"
