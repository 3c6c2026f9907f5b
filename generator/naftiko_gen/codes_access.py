"""The codes of what adapters ask of their callers, in the form of the table in ``codes``."""

ACCESS = """
E251 an authorization server that proves nothing
    The keys that tokens are checked with come from 'authorizationServerUri', so nobody
    may be able to change them on the way: it must be an https URL, or one of this
    machine, or one template. 'resource' is one URI, or one template, and 'tokenEndpoint'
    like the server's. Correct the value.
E252 an input is the credential of the caller
    What callers prove themselves with ends at the adapter: it is no input of a route,
    and goes to no upstream. The route declares an input with the place and name of the
    adapter's credential. Rename the input, or the key.
E253 an API key without a name
    'key' is the header or the query field in which callers send their key; without it,
    no request could have one. A header's name is made of letters, digits and
    !#$%&'*+-.^_`|~. Name it.
"""
