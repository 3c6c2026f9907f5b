"""The codes of the file itself: bytes, YAML, limits, in the form of the tables in ``codes``."""

__all__ = ["CONTAINER"]

CONTAINER = """
E001 the file cannot be read
    The path does not exist, is a directory, or may not be opened by this user. Nothing
    else can be said about the file. Check the spelling of the path and its permissions.
E002 the file is not UTF-8
    Capability files are UTF-8 text. The message names the first byte that is not, by
    its offset (counted from 0) and its line. Editors on Windows sometimes write UTF-16
    or Latin-1: save the file as UTF-8. A byte order mark at the start is accepted.
E003 the file is not YAML
    The text breaks a rule of YAML at the place shown, so that what follows has no
    certain meaning. Usual causes are a tab used as indentation, a quote that is never
    closed, and ': ' or ' #' inside a value without quotes. Repair the place shown, and
    look at the line above it too.
E004 the file is empty
    There is no value in the file: it is empty or holds only spaces and comments. A
    capability starts with the key 'naftiko' and its version.
E005 the root is not a mapping
    The outermost value must be a mapping ('key: value' lines), because every part of a
    capability is found by its key. A list or a single value cannot be one.
E006 a key is given twice in one mapping
    YAML wants the keys of a mapping to be unique; most readers keep the last value and
    drop the others silently, so that a part of the file has no effect. Remove one of the
    two, or join their contents. The message says where the first one stands.
E007 the file is too large
    Files are limited to 2 MiB, 200,000 values, 100 directives ('%' lines) and numbers of
    1,000 characters, far more than a capability needs, so that a hostile file cannot
    exhaust the machine that reads it. Split the capability, or shorten its examples.
E008 values are nested too deeply
    Mappings and lists may be nested 64 deep, aliases included. Deeper nesting is nearly
    always a mistake in indentation or a file made to exhaust the reader. Flatten it.
E009 aliases expand to too much
    An alias ('*name') repeats a value that an anchor ('&name') marked. Aliases of
    aliases grow exponentially, so the total that they may add is limited, and an alias
    inside the very value that it repeats, which would never end, is refused. Write the
    repeated values out, or repeat smaller ones.
E010 a key is not a string
    Every key of a capability is a string. Without quotes, 200, true, null and 1.5 are
    not strings in YAML, and a list or mapping cannot be a key. Put the key in quotes.
E011 the file holds several documents
    A line '---' after the first value starts a second YAML document. One file is one
    capability: a second document would be ignored, which nobody wants. Move it to a
    file of its own, or remove the line.
E012 a tag or a YAML feature that is not supported
    Values are those of JSON. Tags such as !!python/object or !!binary ask a reader to
    make other things of a value (some run code) and are refused, as are numbers that
    JSON cannot write (.inf, .nan) and merge keys ('<<'), which YAML 1.2 does not know.
    Remove the tag, write the value as a string, or write the merged keys out.
E013 the file has been cut off
    A comment at the end says that whoever copied the file kept its beginning only. What
    is missing cannot be known, and half an operation would be another one. Get the whole
    file; its address often stands in the next comment.
E014 another kind of document
    No key at the root is one of a capability, so that this is an OpenAPI document, a
    manifest, a list of tools in prose or something else. A capability begins with
    'naftiko: 1.0.0-alpha2', and has 'info' and 'capability'; 'naftiko-gen import openapi'
    makes one of an OpenAPI document.
"""
