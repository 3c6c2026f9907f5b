"""The codes of imports, in the form of the tables in ``codes``."""

__all__ = ["IMPORTS"]

IMPORTS = """
E274 a location that is not a file
    Files are read when the package is built, from paths of this machine ('file:' URIs
    mean paths too). Nothing is fetched from anywhere else, so that the same input gives
    the same package. Keep a copy of the file beside the capability and write its path.
E275 the file has nothing of this kind to import
    An import takes an entry from a section of the same name in the other file: at its
    root, or under 'capability'. That section is missing or empty there. Correct the
    location, or move the import to the section that the file has.
E276 the file has no such namespace
    'import' is the namespace of the wanted entry in the other file. No entry of the
    section has it, or several have, so that it is open which one is meant. Correct the
    name; upper and lower case count.
E277 an import takes a namespace that is used already
    An imported entry is called by its namespace, or by 'as'. Another entry of the same
    section is called so, and a call could not tell the two apart. Give the import
    another name with 'as'.
E278 imports lead back to themselves
    The imported entry is itself imported, from a file that imports it from here again,
    so that it is defined nowhere. The message names every file on the way. Write the
    entry out in one of them.
E279 imports go too deep
    An import may lead from file to file 16 times, far more than anybody can follow.
    Import the entry from the file that defines it.
E280 an imported file cannot be read
    The path shown does not exist, is a directory, may not be opened, or is too large.
    Locations are relative to the file that they are written in, not to the folder that
    the generator is started in. Correct the location.
"""
