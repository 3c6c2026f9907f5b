"""The codes of lint rules, in the form of the table in ``codes``."""

# In the order of the official ruleset, then our own; notes come last.
LINT = """
W301 a namespace means two things
    Consumes entries, adapters and binds share one set of namespaces, at the root of the
    document and under 'capability' alike: 'sales.list' and '{{sales.KEY}}' must not have
    to be told apart by guessing. Rename the later one.
W302 a base URI ends with a slash
    Paths start with a slash, so that requests would go to '//', which some servers answer
    and others do not. Remove the slash at the end of 'baseUri'.
W303 a consumed path holds a query
    What stands behind '?' is no part of a path: it is not encoded, not documented and
    lost when parameters are added. Declare input parameters with 'in: query', with a
    'value' where it is always the same.
W304 an exposed path ends with a slash
    Routers and proxies disagree on whether '/orders/' is '/orders'. Leave the slash at
    the end out; callers then have one spelling to know.
W305 an exposed path holds a query
    Requests are routed by their path, and no path holds '?', so that the route could not
    be reached as written. Declare input parameters with 'in: query'.
W306 an adapter listens at a placeholder
    The host 'example.com' is reserved for documents: no machine of yours has it, and the
    server could not start. Name an address of the machine, such as 'localhost'.
W307 a function of an aggregate has no description
    Tools and operations that refer to the function inherit its description, and agents
    choose by it. Say what it does in 'description'.
W308 an adapter contradicts the semantics of a function
    The function says of itself whether it is safe and idempotent, and the hints of a tool
    or the method of a route that refer to it say otherwise. A client that trusts the hint
    may repeat what must not be repeated. Correct the one that is wrong.
W309 an MCP adapter over stdio wants authentication
    Over stdio the client starts the server and is its only user; there is no request that
    could carry credentials, and the block has no effect. Remove it, or serve over HTTP.
W310 tokens would be checked against an insecure server
    Keys fetched over plain HTTP can be replaced on the way, and then anyone can issue
    tokens. 'authorizationServerUri' must start with 'https://'.
W311 a protected resource is named without https
    'resource' is what clients ask tokens for, and they send those tokens to it. Over
    plain HTTP anyone on the way can take them. Name it with 'https://'.
W312 OAuth 2 without scopes
    With no 'scopes' any token of the authorization server opens the adapter, and clients
    are not told what to ask for. List the scopes that a caller needs.
W313 the capability has no tags
    Catalogues group and filter capabilities by 'tags' of 'info'. Add the few words that
    someone would look for; an empty list says that there are none.
W314 a consumes entry has no description
    Readers of the capability, and of documents made of it, learn from 'description' which
    API this is and what it is used for. Add a sentence.
W315 a REST resource has no description
    'description' goes into the API's documents, where a path alone explains little. Say
    what the resource is.
W316 a REST operation has no description
    'description' goes into the API's documents. Say what the operation does and what it
    gives back.
W317 a step name that cannot be referred to everywhere
    Later steps and mappings refer to a step by its name inside templates and JSONPath,
    where only letters, digits, '_' and '-' are certain to be read as part of it. Choose a
    name of these.
W318 a description contains a script element
    Descriptions are Markdown, and pages that show it may pass HTML on: a script element
    would run in the browser of whoever reads about the capability. Remove it; to speak of
    it, write it without the bracket.
W319 a description contains a call of eval
    Code in a description has no use for readers, and what shows or processes it may run
    it. Remove it, or describe in words what it does.
W320 a base URI is a placeholder
    The host 'example.com' is reserved for documents and answers no API. Write the base
    URI of the provider.
W321 the control adapter is not alone
    Health checks and metrics are found at one place: a capability has at most one control
    adapter, and it has a port that no other adapter uses. Remove the second one, or
    choose another port.
W322 the control adapter is open to the network
    It shows how the server is doing, traces and settings among it, usually without
    authentication. Let it listen at 'localhost', and let what must reach it run beside it.
W323 a script step is incomplete
    A script is found by 'location' and run by 'language'. A step that leaves one out needs
    'defaultLocation' or 'defaultLanguage' under 'management.scripting' of the control
    adapter. Add the one or the other.
W324 an import does not name what it takes
    The file may define several things: 'import' names the namespace of the one that is
    meant. Add it.
W325 an import does not name its file
    'import' says what is taken but not from where. Name the file, relative to the
    capability, with 'location' (or 'from' in later versions of the format).
W326 two imports have one name
    An import is known by 'as', or by its namespace in the other file. Two of one section
    cannot have the same: give one of them another name with 'as'.
W327 an import from nowhere
    '.' is the folder of the capability, not a file. Name the file that defines what is
    imported; what the capability defines itself needs no import.
W328 a shared file imports
    Files without 'capability' are there to be imported from. naftiko-gen follows imports
    inside them, but the engine of the format does not, so that the file would mean less
    there. Import the entry in the capability itself.
W329 an adapter has no namespace
    Input references and the names of what is generated start with the namespace of the
    adapter. Only a control adapter has none. Add 'namespace'.
W330 an aggregate has no namespace
    A tool or an operation refers to a function as 'namespace.function', so that a
    function of an aggregate without a namespace cannot be used. Add 'namespace'.
W331 a function name is used twice in an aggregate
    'ref: namespace.function' must mean one function, and with two of the name it would
    depend on their order which one runs. Rename one of the two.
W340 a tool description says nothing
    An agent chooses a tool by its description. One that repeats the words of the name
    leaves it to guess. Say what the tool does, what comes back, in which units, and when
    to prefer it to its neighbours.
W341 two tools have one description
    Two tools of one adapter with the same description look the same to an agent, which
    then picks either. Say in each what the other does not do.
W342 a tool name is too long
    Names of tools have at most 64 characters, and clients add a prefix of their own to
    them. Many refuse a longer name together with all tools of the server. Shorten it.
N301 the size of tools/list
    Clients put the whole list of tools before the model, in every conversation. The note
    estimates it from the document: bytes of compact JSON, and a token for every four of
    them. What is generated may add schemas and titles. Shorten descriptions, or split the
    adapter, if it takes too much of the context.
"""
