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
E711 templates that cannot be read
    '--templates' names a folder that is not there, or something in it cannot be read: a
    file of another encoding than UTF-8, one that is too large, a folder or a link to
    elsewhere in the place of a file. Correct what the message names.
E712 a template that replaces nothing
    The folder of templates may hold nothing but replacements, under the names of what they
    replace: any other file would silently change nothing. 'naftiko-gen templates' lists
    all names; the hint has the one that is probably meant.
E713 a file that is no template
    The template breaks a rule of Jinja at the line shown, uses what is not allowed in
    templates here, or has an expression inside quotes or a comment of a Python file, where
    a text of a spec could become code. 'naftiko-gen templates NAME' prints one that works.
E714 a template that fails
    At the line shown the template uses a variable that it is not given, prints a text that
    no filter has made safe for the kind of file, or passes to a filter what that refuses.
    'naftiko-gen templates' lists the variables of each template, and the filters.
E715 a template that does not print Python
    What the template makes of this capability does not compile. The message has the line
    of the output, and the place is that line in the template where it stands there as it
    is. Nothing is written.
"""
