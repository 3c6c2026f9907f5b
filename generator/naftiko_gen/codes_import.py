"""The codes of documents that are imported, in the form of the tables in ``codes``."""

__all__ = ["IMPORT_ERRORS", "IMPORT_WARNINGS"]

IMPORT_ERRORS = """
E501 not an OpenAPI document
    A document to import begins with 'openapi' and its version (3.0 or 3.1), or with
    'swagger' and "2.0"; this one has neither key. Check that it is the right file, and
    the spelling of the key.
E502 a version of OpenAPI that cannot be read
    Versions 2.0, 3.0 and 3.1 can be imported. Others give keys other meanings. Convert
    the document, for example with the tools of the one who publishes it.
E503 the document lacks a required field
    The OpenAPI Specification requires this field, and without it the part shown cannot
    be understood. Add it; a misspelt one beside it is reported in its place.
E504 a misspelt key in the document
    No field is called so here, and one with a similar name is missing; or a path does
    not start with '/', or a response has no status. What the author meant would silently
    not happen. The hint says what is probably meant.
E505 a value of the wrong kind in the document
    The field shown takes a value of another kind, or one of a few texts. Empty values
    are of none. Correct the value; texts that look like numbers need quotes.
E506 a reference that leads nowhere
    '$ref' is a JSON Pointer to a part of the same document, and nothing stands there, or
    the reference leads back to itself. Correct its spelling ('/' in a name is written
    '~1', '~' is '~0'), or add the part that is meant.
E507 a reference out of the document
    '$ref' names another file, a URL or an anchor. Nothing is fetched, so that an import
    has one input and always the same result. Bundle the documents into one first.
E508 an operationId is used twice
    Operations are called by their operationId, which the OpenAPI Specification wants to
    be unique. Tools that number them rename operations when their order changes, so
    rename one here.
E509 two operations or paths that cannot be told apart
    Names of operations, routes and tools are the words of the operationId, in lower case
    with hyphens ('listPets' and 'list_pets' are one name), or the method and the path
    where there is none; and two paths that differ only in the names of placeholders are
    one path. Rename one of the two.
E510 an operation makes a tool name that is too long
    Clients of the Model Context Protocol refuse tools whose names have more than 64
    characters. A name is never shortened silently, because agents and their permissions
    know a tool by it. Give the operation a shorter operationId.
E511 the placeholders of a path and its parameters do not match in the document
    Every '{name}' of a path needs a parameter 'name' with 'in: path', on the path or the
    operation, and every such parameter a place in the path. Add what is missing, or
    correct the spelling.
E512 an operation asks for an unknown security scheme
    'security' names a scheme that the document does not declare under
    'components.securitySchemes' ('securityDefinitions' in 2.0), so nobody can know how
    calls are authenticated. Correct the name, or declare the scheme.
E513 the document leaves nothing to import
    There is no operation under 'paths', or each was left out for a reason that a warning
    gives. Nothing is written, because a capability without operations does nothing.
E514 an API's address that no request can be made with
    The first server must be an address with http:// or https://, a host, perhaps a port
    and a path, once its variables have their defaults. Correct it, and give each of its
    variables a default.
"""

IMPORT_WARNINGS = """
W501 an operation was not imported
    The message says which construct of the operation cannot be compiled: a required body
    that is neither JSON nor text nor a form, a required parameter that is an object, a
    method that capabilities do not know. All other operations are imported.
W502 keywords of a schema were left out
    Schemas keep the keywords that are compiled to checks; the ones named here would not
    be enforced, so they are not written. The upstream still enforces them. Parameters
    keep their type only.
W503 a schema was cut
    A schema that contains itself, or that is very large once its references are written
    out, cannot be written to its end. An open object, which accepts any members, stands
    where the schema was cut.
W504 a security scheme was left out
    One scheme can be used for an API: an API key, HTTP basic, bearer or digest, or oauth2
    with client credentials from a token endpoint with https. Calls of operations that want
    another one, or several together, will be refused by the upstream. Change
    'authentication' in the capability if needed.
W505 an address was completed
    The document leaves open where the API is: it names no host, or an address with
    variables, whose defaults were taken. Check 'baseUri' in the capability.
W506 an unknown field of the document was left out
    The OpenAPI Specification knows no such field here, and none has a similar name. It
    has no effect on the capability. Extensions begin with 'x-'.
W507 a part of an operation was left out
    The operation is imported without a parameter or body that cannot be compiled and is
    not required, without a parameter that is the credential (which comes from the
    environment), or without callbacks; or a part of what a parameter can be is missing:
    a list whose items have a field each takes one item, a file is sent as text.
"""
