"""Warnings of a build, in the form that ``codes`` describes."""

# Accepted dialect (W1xx); that which is rewritten stands in codes_dialect.
WARNINGS = """
W101 a consumed parameter says more than the format allows
    'type', 'required' and 'description' are not part of a consumed input parameter in
    the official schema. Their meaning is plain and they are used, but other tools
    reject the file. Move them to the parameters of the route or tool to be portable.
W102 a REST adapter has a description
    The official schema does not allow 'description' on an adapter of type rest. It is
    kept for the generated documents; other tools may reject the file.
W103 an output object or array has only a mapping
    The official schema wants 'properties' for an object and 'items' for an array beside
    'mapping'. Without them the value is passed on as it comes. Describe its members to
    be portable.
W104 a mapped output has a name
    The official schema gives names to the outputs of steps and of fixed answers only.
    Two or more mapped outputs with a name become the members of one object here; a
    lone one is the answer itself. Write one object with 'properties' to be portable.
W110 a document of an older version
    The document is stamped 1.0.0-alpha1, which has the keys and meanings of
    1.0.0-alpha2, and is read as that. Other tools may reject the old stamp. Write the
    version that the hint names.
W111 a spelling of an earlier version
    The stamp is that of 1.0.0-alpha3 or later, but a list of entries with 'name' stands
    where that version has a map by name, or a key has its earlier name: 'label' for
    'display', 'functions' for 'flows', 'targetName' for 'target', 'location' for the
    'from' of an import. It is read as what it means; other tools may ignore or reject it.
W112 a parameter is the credential
    The consumes block has 'authentication', and a parameter has the name and the place
    of what it sends. The credential comes from the operator's settings alone, as in the
    Java engine, which overwrites the parameter; so the parameter is not one. Remove it.
"""

# Advice (W2xx).
ADVICE = """
W201 the provider's signing replaces a static credential
    The file sends a fixed key, but this provider accepts only signed requests, so the
    provider's profile signs them instead. The message says which environment variables
    the generated program needs; state 'signing' in an overlay to choose otherwise.
W202 an extension key stands in the capability itself
    'signing', 'errors', 'limits', the 'tags' of a tool and their like are extensions. They are
    used, but the official validator rejects the file. Move them to an overlay file beside it.
W203 a trusted header is what the upstream gets anyway
    'trustedHeaders' names the header of the upstream's authentication, or one that the
    consumes block sends with every request. The caller's is not passed on: an upstream
    never gets two. Remove it from 'trustedHeaders', or what the consumes block sends.
W204 a management endpoint that there is none of
    'reload' and 'validate' are keys of the format that no engine has made an endpoint of. A
    package is built from its document, so there is nothing to read again: build it again,
    and validate documents with 'naftiko-gen validate'. The keys are read and do nothing.
W205 a parameter that the signature fills in
    The signing scheme sends this field itself: a time, a nonce, a key or the signature. A
    caller's value in its place would make the request worthless, or let callers choose
    what only the service may, so it is no input of any route or tool. Remove it.
W206 two routes with one method and path
    A list and one of its items, say, are served at one path. Where an input that one of
    them needs tells requests apart, both are; where both send the same request, one is.
    Other tools serve the first alone. Give each its own path.
W207 an operation without a field that every call of the provider has
    Several cloud providers have one address for all actions, and tell them apart by
    fields of the request, as X-TC-Action and X-TC-Version. A call without them is
    answered with an error. Write them as 'inputParameters' of the operation, each with its 'value'.
W208 a body that nothing describes
    The operation sends a body, as its method says, and the file does not say what is in
    it: what callers send is passed on. That is a guess, which only '--strict' tells of,
    and refuses. Write 'body', or parameters with 'in: body'.
W209 two operations that send the same request
    Method, path, parameters and body are the same, so that no upstream can tell the two
    apart: a part of one path has probably been lost. Only '--strict' tells of it, and
    refuses it. Write the whole path.
"""
