"""What is refused although the format defines it, in the form that ``codes`` describes."""

UNSUPPORTED = """
E301 not supported yet
    The file is correct, but it uses a construct that this version cannot generate. It
    is refused rather than left out, so that what is generated does all that the file
    says. The message names the construct; remove it or express it in another way.
E302 a tunnel to the upstream
    'tunnel' asks for a transport of the Java engine's own (OpenZiti), loaded as a
    plug-in; there is none for Python. Sending the requests past the tunnel would break
    its promise, so the file is refused. Remove 'tunnel', and provide the way to the
    upstream outside the program: a proxy, or the network of the host.
"""
