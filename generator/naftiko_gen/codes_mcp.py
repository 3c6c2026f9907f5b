"""Codes of MCP resources and prompts, in the form that ``codes`` describes."""

MCP_ERRORS = """
E291 a resource, a prompt or an argument is declared twice
    Clients find resources by URI, and prompts and their arguments by name, so that only
    one of two alike could be reached. Rename one, or remove it. Two templates whose URIs
    differ only in the names of their variables are alike.
E292 a URI that no resource can have
    'uri' is an absolute URI ('shop://orders/today') or a template with simple variables
    ('shop://orders/{id}', RFC 6570 level 1), with some text between two variables. Other
    characters have to be percent-encoded. Published files take a URI without variables.
E293 a variable of a URI that feeds nothing
    A client would have to choose a value that changes nothing. Hand the variable to a
    parameter of the called operation in 'with', or take it out of the URI.
E294 a time to live below zero
    'ttlMs' is how long clients may keep what the adapter tells them, in milliseconds. It
    is 0 (do not keep it) or more.
"""

MCP_WARNINGS = """
W291 hidden files are not published
    Files and folders whose name starts with a dot are left out of what a resource
    publishes, because they are mostly settings, some of them secret, that lie there by
    accident. Move them away, or rename what clients are meant to read.
W292 a place and an argument of a prompt do not match
    '{{name}}' without blanks is replaced by the argument of that name; a place without
    argument stays as it is written, and an argument without place does nothing. Correct
    the name, or remove what is not used.
"""
