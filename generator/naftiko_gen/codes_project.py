"""The codes of the project's configuration, in the form of the tables in ``codes``."""

__all__ = ["PROJECT"]

PROJECT = """
E701 the configuration cannot be read
    naftiko-gen.toml, or the pyproject.toml that has a table [tool.naftiko-gen], does not
    exist, may not be opened, or breaks a rule of TOML at the place shown. Nothing is
    built, because what was configured is not known. Repair the place shown.
E702 an unknown key in the configuration
    The configuration has no such key, so that what its author meant would silently not
    happen. The hint names a key that is written nearly so; 'naftiko-gen schema --config'
    prints the schema of the configuration, for editors.
E703 a value of the wrong kind in the configuration
    The key takes a value of another kind, which the message names. Lists of texts are
    written ["a", "b"], true and false without quotes.
E704 the configuration names a spec that is not there
    A pattern of 'specs' matches no file, or a package is configured whose spec does not
    exist. Paths and patterns are relative to the folder of the configuration. Correct
    the path, or remove what stands for a spec that was deleted or renamed.
E705 no tool is left
    '--tools', '--tags' and '--read-only' choose the tools that are built, and each name
    and tag has to fit one; the hint lists the tools. Correct the choice.
"""
