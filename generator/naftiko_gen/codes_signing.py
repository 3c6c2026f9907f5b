"""Errors of ``signing`` blocks, in the form that ``codes`` describes."""

SIGNING = """
E321 a part of a signing scheme is malformed
    A part is a name, a list of parts, or exactly one operator with its operand; an
    injected field and an output have 'in', 'name' and 'value', and a header one line. What is written here is
    none of these, so no signature could be made of it. 'naftiko-gen schema' describes
    every key of 'signing'.
E322 a part of a signature is not known
    A name inside 'signing' is a part of the request (method, path, query, ?query,
    pathQuery, scheme, host, url, body, header.<name>), 'time' and 'nonce' where the scheme
    says what they are, a credential, a constant, or a variable that stands above; a header among the 'components' of a message
    signature is one that an operation sends. Nothing of that name is there, and an
    empty text in its place would be signed all the same. The hint lists what there is.
E323 a signing scheme is incomplete
    A scheme needs 'payload' (what is signed), 'algorithm', and an 'output' that holds
    {signature}; or 'jwt' in place of the payload, and {token}. One of the outputs has to hold
    for the method of each operation that is signed. Without them requests would leave unsigned,
    or signed for nobody. Name a preset under 'scheme', or write the missing key.
E324 an algorithm and its secret do not fit
    rsa-sha256, ecdsa-p256-sha256, ed25519 and auto sign with a private key in PEM form,
    all other algorithms with a secret that is not. Write 'secret: {decode: pem}' for the former only.
E325 two upstreams would count the nonces of one key
    The provider accepts a nonce only when it is higher than every one before, and the
    two blocks would each count for themselves. Make them one consumes block, or give
    each of them a key of its own under 'credentials'.
"""
