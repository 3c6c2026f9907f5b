"""Accepted deviations that are rewritten, in the form that ``codes`` describes."""

DIALECT = """
W120 keys of a catalogue at the root
    'name', 'description' and 'tags' at the root are read as 'info.label',
    'info.description' and 'info.tags' when these are missing; 'id', 'version' and
    'personas' say nothing that a package needs. Move them into 'info', or remove them.
W121 the label of a capability is called something else
    The display name of a capability is 'info.label'. 'title' or 'name' in its place is
    read as the label; without any, the words of the file name are. Write 'label'.
W122 the info block says more than the format allows
    'title', 'name', 'personas', 'version' and 'contact' are no keys of 'info' and are not
    read. Other tools reject the file: remove them.
W123 an empty list of binds
    'binds' without an entry binds nothing, and is read as if it were not there. The
    format wants at least one entry: remove the key.
W124 authentication called auth
    'auth' of a consumes block can only be its 'authentication', and is read as that.
    Other tools call the upstream without any credential: write the whole word.
W125 a credential described with other words
    'in' and 'name' or 'header' are read as 'placement' and 'key', 'value' of a bearer as
    its 'token', and 'apiKey' as 'apikey': so OpenAPI writes them. Other tools do not send
    the credential, or reject the file. Write the keys of the format.
W126 a credential that the format has no place for
    An API key in several headers, in a cookie or in the body is not known to the format.
    It is sent all the same: as parameters that have the credential as their value. Write
    these parameters to be portable.
W127 a consumes block is written several times
    Two blocks of one namespace would make every call to it ambiguous. These are equal
    in all they say, so that one of them is read. Remove the others.
W128 an operation has an id in the place of its name
    A call finds an operation by its 'name'. There is none, so that 'id' is read as the
    name. Write 'name'.
W129 a parameter without a name
    A parameter that has an empty name cannot be sent; a converter has probably lost a
    reference. It is left out. Name it, or remove it.
W130 a parameter that does not say where it is sent
    Without 'in', a parameter whose name is a placeholder of the path is one of the path;
    others are in the query of requests that read, and in the body of others. Write 'in'.
W131 operations with paths of their own
    The format knows 'path' of a resource only. That of an operation is joined to it, or
    is the whole path when one in its block repeats that of its resource. Give each path
    a resource to be portable.
W132 a path with a query or a fragment
    A fragment never reaches a server, and a query is made of parameters. A consumed path
    is split at them, and what its query fixes is sent as parameters with a value; a route
    is served at a path that can be asked for. Write parameters, and plain paths.
W133 a name of other characters
    Calls are made of names with letters, digits and hyphens. A name with other
    characters is written with hyphens, and so are the calls of it. Nothing on the wire
    changes. Rename it to be portable.
W134 the type of a body in other words
    'form' and 'multipart', media types, and a map for the parts of a form are read as the
    body types of the format. Other tools send such a body as something else, or reject
    the file. Write 'json', 'text', 'xml', 'sparql', 'formUrlEncoded' or 'multipartForm'.
W135 a text body written as a map
    A body that is one text, such as SQL, YAML or bytes, is written as a map with one
    member: that member is the text. What is no type of the format is sent with its media
    type. Write the text itself.
W136 a body without data
    A body of type json that has no 'data' can only be what the caller sends, which is
    passed on as it is; so is that of a POST, PUT or PATCH that says nothing of a body. It
    may be left out. Write 'data' to say what it is made of.
W137 a consumed output that is an integer
    Outputs of an upstream are numbers in the format, and integers are numbers, so that
    this is read as one. Write 'number'.
W138 an adapter without a namespace
    Skills and references name an adapter by its namespace. It gets one from the label of
    the capability and the kind of the adapter. Write it.
W139 an adapter that offers nothing
    An adapter without a route, a tool, a resource or a prompt would be a server for
    nothing, and the format wants one at least. It is left out; others are built. Add what
    it is to offer, or remove it.
W140 a fixed credential names a signing scheme
    'AWS4-HMAC-SHA256', 'HMAC' and their like begin a value that is made of each request
    and a secret: as a fixed text, with variables in it or without, it is refused by the
    upstream. It is sent as it is written. Describe the scheme as 'signing' in an overlay.
W141 an input of a route says whether it is required
    The format has 'required' for the arguments of tools, and not for those of routes. It
    is left out: the upstream's parameter says what is required. Remove the key.
W142 a call spells an operation in another way
    No operation has this name, and exactly one differs from it in case and punctuation
    alone, so that this one is called. Write its name.
W143 calls name a namespace in another way
    No consumes block has this namespace, and exactly one has all the operations that are
    called in it, two at least, while no other unknown name means it. It is called.
    Correct the namespace.
W144 a tool or an input without a description
    The format wants a description of tools and inputs, because an agent sees nothing
    else of them. The upstream's is taken, or the name in words. Write what it is for.
W145 the files of a skill lie on another machine
    'location' names a folder of a system that there is none of here, and a package is
    made of what lies beside its capability. The skill is built from what the capability
    says of it. Keep its files beside the capability to ship them.
W146 commas between the tools that a skill allows
    'allowed-tools' is a list with spaces between its members. Commas would be a part of
    their names, and are read as spaces. Write spaces.
W147 the last segment of a path was lost
    The operation has a parameter in its path that there is no placeholder for, and its
    name says that it gets, changes or deletes one item of what the path lists: the
    placeholder is read as the last segment. Write the whole path.
W148 a parameter is spelled in another way
    A key of 'with' is no parameter of the operation, and exactly one parameter differs
    from it in case and punctuation alone, so that this one is meant. Write its name.
W149 a parameter that the operation does not declare
    A route or tool gives the operation something that it does not declare. It is sent in
    the query of a request that reads, and as a member of the JSON body of others. Declare
    it among the parameters of the operation.
W150 a setting that no bind declares
    A template in an address or a credential names a variable in capitals that no bind
    declares: it is read from the environment under its own name. Declare it in 'binds'.
W151 an address with placeholders
    The format allows no placeholder in the path of 'baseUri', and none for its scheme.
    Each is a setting of the emitted program, which is read when it starts. Other tools
    may send the braces: write the address out, or what cannot be written in an overlay.
W152 a name that the format cannot write
    Names such as '$top', 'page.offset' and 'filter[name]' are what the upstream wants on
    the wire, and are sent as they stand. The official schema allows letters, digits, '_',
    '*' and '-' only. Give such a parameter its name in an overlay to be portable.
W153 a caller is asked for the credential
    'with', or an input of a route or tool, names what 'authentication' sends. The
    credential comes from the operator's settings alone, and no caller's value is sent in
    its place: it is no input. Remove it from 'with' and from the inputs.
W154 a route has no place for a part of the upstream's path
    The path of the upstream needs a value that the path of the route does not have. It
    is an input of the route in the JSON body, or in the query where the whole body goes
    upstream. Write a placeholder in the path of the route.
W155 a list or an object outside of a body
    The query, the headers and the path of a request carry texts, and there are several
    ways to write a list as one. The file says none, so that callers give the text as the
    upstream wants it. Describe it in the parameter, and write the type string.
W156 answers that are text or bytes
    1.0.0-alpha2 has no 'text' and no 'binary' among the formats of answers. They are
    passed on as they come, as later versions of the format do, and nothing in them is
    mapped. Other tools reject the file.
W157 a path without a first slash
    The path of a route begins with a slash, and one without can only mean the same. It
    is served with the slash. Write it.
W158 a parameter that the written body leaves out
    A parameter is one of the body, and the body that is written mentions it nowhere. What
    a caller gives for it is sent as one more member. Write it where it belongs in 'data'.
W159 a key in another spelling
    A key differs from one of the format in case and punctuation alone, or is what other
    formats call it, and that one is missing beside it. It is read as that. Other tools
    reject the file, or ignore the key. Write the key of the format.
W160 a word in another spelling
    A method, a type or a place has a few words to choose from, and this one differs from
    one of them in case and punctuation alone, or is another word for it. It is read as
    that. Write the word of the format.
W161 a number for a text, or a text for a number
    A text that is a number in YAML is read as it is written; a number, or true and false,
    is read without its quotes where the format has no text. Write, or remove, the quotes.
W162 a key without a value
    A key is written, and nothing behind it. It says nothing, and is read as if it were not
    there. Give it a value, or remove it.
W163 a list and a mapping in each other's place
    One thing where the format has a list of them is a list of one; a mapping of named
    things is the list of them, each with its key as its name; a list of pairs is a mapping.
    Other tools reject the file. Write what the format has.
W164 a key that only describes
    A title, a version, an owner and their like change nothing in a package, and the format
    does not have them here. They are not read. Other tools reject the file: remove them.
W165 a part of the capability stands at the root
    What a capability exposes, consumes and aggregates stands in its block 'capability', and
    its 'info' at the root. There is none in the right place, so that this one is read as
    that. Other tools reject the file. Move it.
W166 a parameter is declared twice
    Two entries of one list have the same name, place and type, and a request has one such
    parameter. They are read as one, with what either says of it. Remove one of them.
W167 an input named without a template
    A body and the value of a parameter name what callers give in braces, as
    '{{tools.item}}'. 'tools.item' alone, or another word for 'tools', can only mean the
    same, and would reach the upstream as it stands. Write the template.
W168 a placeholder in another style
    ':id', '<id>' and '${id}' in a path are read as '{id}'; the first only where a parameter
    of the path has that name, because a colon may begin a verb. Write '{id}'.
W169 a setting in the style of another tool
    '${NAME}', '$NAME', '{NAME}', 'env.NAME' and the like in a credential or in the value of a
    parameter name a variable, which the format writes '{{NAME}}'. They are read as that; a
    credential is never a part of a package. Write the template.
W170 an authentication that says there is none
    'none' is no scheme of the format: an API that asks for no credential has no
    'authentication'. It is left out. Remove it.
W171 the stamp of the format is missing
    A document with a 'capability' and without 'naftiko' is read as one of 1.0.0-alpha2.
    Other tools reject it. Begin with 'naftiko: 1.0.0-alpha2'.
W172 an import in other words
    The format imports with 'location' and 'import' in an entry of 'consumes'. A list of
    imports of its own, a path alone, 'ref' and 'url' are read as that, and without a name
    the file's. Write the entry.
W173 items that say only their type
    A mapped list says of what type its items are, and not what is taken of each: each is
    returned as it is. Write 'mapping: $.' or the properties of an item.
W174 a body in another shape
    A body has a 'type' and its 'data'. Data without a type, under another key, or in the
    place of the whole body are read as that; without a type they are JSON. Write both.
W175 a key that a tool has written as true
    To YAML 1.1, 'on', 'off', 'yes' and 'no' are true and false, and a tool that read such a
    key has written 'true' or 'false'. The value names the input that is meant, as in
    '{{tools.on}}', and the key is read as that. Write the word in quotes.
W180 an input of a tool that may be left out
    It does not say whether it is required, and feeds a parameter which is described and
    not required. The format requires it then; whoever describes parameters in this way,
    and nowhere writes 'required: false', means that it is optional. Write which it is.
"""
