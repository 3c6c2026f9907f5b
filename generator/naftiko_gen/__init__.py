"""naftiko-gen: a native REST and MCP server package from one Naftiko capability."""

__version__ = "0.1.0"
