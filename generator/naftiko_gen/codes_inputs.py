"""What inputs, bodies and units say that cannot be meant, in the form that ``codes`` describes."""

INPUT_ERRORS = """
E331 mappings without steps
    'mappings' put the results of several steps together, by the names of the steps;
    where there are no steps they can take nothing. What a single call answers is mapped
    in 'outputParameters', each with its 'mapping'.
E332 two bodies for one request
    A request has one body: a parameter 'body' with 'in: body' is all of it, other
    parameters with 'in: body' are members of it, and 'body' of the operation is written
    out in the capability. These exclude one another. Keep the one that is meant.
E333 a pattern that cannot be used
    The 'pattern' of an input is a regular expression in which any text can be matched
    in a time that grows with the length of the text alone. Otherwise a caller could
    choose one that keeps the server busy for years. References to groups and looking
    ahead or behind are the constructs that prevent it; what is no regular expression
    is refused too. The message says what was found.
E334 a capability that exposes nothing
    Nobody can call a capability without an adapter, so there is nothing to generate.
    Add 'exposes'; a file that only others import is not built by itself.
E335 steps of which nothing is the answer
    Steps that make no call answer with what their 'mappings' take from them, and there
    is nothing to take. Write 'mappings', or outputs with the names of steps.
E336 a place that cannot carry the value
    Paths, queries, headers and cookies carry texts, and some headers and media types
    are written by the HTTP client because they frame the request. The message says
    which place it is, and what to write instead.
E337 a file that only others import
    A file of one section ('consumes', 'binds' and the like) is a part for capabilities
    that import it, and has nothing to run. Build the capability.
E338 a place in the body for an input outside of it
    A 'value' that starts with '$' says where in the request's body an input stands, so
    that its 'in' must be 'body'. Correct one of the two.
"""

INPUT_WARNINGS = """
W211 an input feeds nothing
    An input is declared that no parameter of the call, no template and no step takes.
    It is checked when a caller sends it, and has no other effect. Name it in 'with',
    or remove it.
W212 an input has the type of what it feeds
    The upstream's parameter has one type: its own, or the first that a route or tool
    declares for it. An input that declares another is checked and described by that
    type. Declare the same type everywhere.
W213 a pattern that checks nothing
    A pattern is held against texts, and the input is of another type. Declare it as a
    string, or remove the pattern.
W214 a name that is not used
    The parts of an object are called by their keys in 'properties', and the items of a
    list have no names: 'name' says nothing there. Remove it, or rename the key.
W215 a bind that nothing uses
    No address, credential, parameter or signature takes this variable, so that no package
    reads it: it is a leftover, or was meant for a place that does not name it. Remove it,
    or name it there.
"""
