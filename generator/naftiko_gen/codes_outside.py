"""Codes of what comes from outside when a package starts: files of binds, credentials."""

OUTSIDE = """
E235 a place that no bind can be read from
    'location' is a file or a folder of files ('file:///./secrets.yaml'), or it is left
    out and the values come from the environment. Vaults, cloud secret stores and web
    addresses are not asked by an emitted package: let the platform write the values to
    a file or into the environment, which all of them can do, and name that.
E236 a location that names no file
    The location of a bind is 'file://', a path of letters, digits and '._@+=/-', and
    nothing else: no user, no query, no fragment. It is the default of a setting, so it
    must read the same on every machine. Correct the path.
E237 two binds share a variable of the environment
    Each value of a file can be replaced by the variable '<NAMESPACE>_<VARIABLE>', and the
    file's own place by '<NAMESPACE>_LOCATION'. Two of these names are equal, or one is the
    variable of another bind, so that one setting would change two values. Rename a
    namespace or a variable.
E238 an address that credentials must not be sent to
    'authorizationServerUri' and 'tokenEndpoint' are absolute https addresses without user
    and fragment: what is sent there is the client's secret. Only an address of this
    machine (localhost, 127.0.0.1, [::1]) may be http. Correct the address.
E239 an API key without a name
    'key' is the name of the header or of the query field that carries the key. Without
    it nothing can be sent. Add 'key'.
"""
