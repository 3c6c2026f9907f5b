"""What adapters say about their upstreams and functions, in the form that ``codes`` describes."""

EXPOSES = """
E295 a header that cannot be passed on
    'trustedHeaders' names what is about one connection alone (RFC 9110, section 7.6.1),
    what frames a request, or how a body is compressed on the way; two connections have
    each their own. A text that is no name of a header cannot be passed on either.
    Remove it.
E296 requests cannot be passed on to a signed upstream
    A signature is made for one known operation: it covers a nonce inside of the body,
    and calls have a cost and need a permission. A request of any kind cannot be signed
    like this, and would let a caller do whatever the key may. Expose the operations
    that are meant, each with 'call'.
E297 the rest of a path is not at its end
    The placeholder '{path}' of a path that is forwarded takes all segments that follow,
    so nothing can stand beside or behind it. Let the path end in '/{path}'.
"""

FIXED = """
E240 a setting in a fixed answer
    The outputs of a unit that calls nothing are what every caller reads, and a setting
    of the environment may be a secret. Write what may be public as it is.
"""

FUNCTIONS = """
E233 a ref names an unknown function
    'ref' must be 'namespace.function' of an entry of 'aggregates' in this capability.
    Correct its spelling, or add the function that it means.
E234 a function is declared twice
    'namespace.function' must mean one function of the aggregates. Rename one, and the
    refs that mean it.
"""
