"""The codes of what adapters ask of their callers, in the form of the table in ``codes``."""

ACCESS = """
E286 an authorization server that proves nothing
    The keys that tokens are checked with come from 'authorizationServerUri', so nobody
    may be able to change them on the way: it must be an https URL, or one of this
    machine, or one template. 'resource' is one URI, or one template, and 'tokenEndpoint'
    like the server's. What is written here stands in files that a shell may read, so
    that it holds letters, digits and -_.:/@+= only. Correct the value.
E287 an input is the credential of the caller
    What callers prove themselves with ends at the adapter: it is no input of a route,
    and goes to no upstream. The route declares an input with the place and name of the
    adapter's credential, or is forwarded with it. Rename the input, or the key.
"""
