"""Every diagnostic code: a title, what it means, why it matters, how to fix it.

The table is text: a line at the margin is ``CODE title``, the lines below it are one paragraph.
The first letter of a code is its severity, unless a lint rule weighs more. A code keeps its meaning
for ever: new problems get new numbers, and the number of a retired problem is not used again.
"""

from dataclasses import dataclass
from enum import StrEnum

from naftiko_gen.codes_access import ACCESS
from naftiko_gen.codes_container import CONTAINER
from naftiko_gen.codes_dialect import DIALECT
from naftiko_gen.codes_drift import DRIFT
from naftiko_gen.codes_exposes import EXPOSES, FIXED, FUNCTIONS
from naftiko_gen.codes_flows import FLOWS
from naftiko_gen.codes_formats import FORMAT_ERRORS, FORMAT_TOOLS, FORMAT_WARNINGS
from naftiko_gen.codes_import import IMPORT_ERRORS, IMPORT_WARNINGS
from naftiko_gen.codes_imports import IMPORTS
from naftiko_gen.codes_inputs import INPUT_ERRORS, INPUT_WARNINGS
from naftiko_gen.codes_lint import LINT
from naftiko_gen.codes_mcp import MCP_ERRORS, MCP_WARNINGS
from naftiko_gen.codes_outside import OUTSIDE
from naftiko_gen.codes_project import PROJECT
from naftiko_gen.codes_refused import UNSUPPORTED
from naftiko_gen.codes_scripts import SCRIPTS
from naftiko_gen.codes_servers import SERVER_ERRORS
from naftiko_gen.codes_signing import SIGNING
from naftiko_gen.codes_warnings import ADVICE, WARNINGS

__all__ = ["CODES", "CodeInfo", "Severity"]


class Severity(StrEnum):
    """How serious a diagnostic is; an error means that nothing is generated."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class CodeInfo:
    """What a code means and how to fix it; the explanation is one paragraph.

    A ``guess`` is a note on what is built although the file does not say it for certain.
    """

    title: str
    explanation: str
    severity: Severity
    guess: bool = False


# ---- Structure (E1xx): added by the author of schema.py; keep them in this text. ----
_STRUCTURE = """
E101 a required key is missing
    The part of the document shown cannot be understood without this key. The hint says
    what the key holds. A misspelt key beside it is reported in its place.
E102 an unknown key
    The format knows no such key here, and an unknown key is never skipped, because what
    its author wanted would silently not happen. The hint names the key that is probably
    meant, or all keys that may stand here. Check the indentation too: a key that is
    known elsewhere may stand one level too deep.
E103 a value of the wrong type
    The format wants another type of value here: text, a number, 'true' or 'false', a
    list or a mapping. An empty value ('key:' and nothing behind it) is none of them.
    Text that looks like a number needs quotes, and a number must have none.
E104 a value that is not allowed
    Only certain values may stand here, and upper and lower case count. The hint names
    the one that is probably meant, or all of them.
E105 a text of the wrong form
    The text does not follow the rule for this kind of name, date, address or reference;
    the hint gives the rule. Identifiers, for example, are made of letters, digits and
    hyphens, because calls and paths are composed of them.
E106 a number, a text or a list out of its limits
    The number is too small or too large, the text too short or too long, or the list
    has too few items. The message gives the limit. A list that may be left out must not
    be empty: leave the key out instead.
E107 an unknown kind
    The value decides which kind of thing this part of the document is (an adapter, an
    authentication, a step, a body, an output), and there is no such kind. Nothing else
    is checked in that part before its kind is known.
E108 alternatives that contradict one another, or none of them
    Some keys exclude each other: a tool has 'call', 'steps' or 'ref', a prompt has
    'template' or 'location', an MCP adapter over stdio has no port. The document has
    several of them or none, so that its meaning is open. Keep or add exactly one.
E109 a version of the format that is not supported
    'naftiko' (up to 1.0.0-alpha2) or 'ikanos' (from 1.0.0-alpha3) names the version that
    the document is written for, and keys change their meaning between versions. Correct
    the stamp, or convert the document to a version in the hint.
"""
# ---- End of the section for structure. ----

# What the parts of a capability say about one another.
_REFERENCES = """
E201 a call names an unknown namespace
    The part of 'call' before the dot must be the namespace of a 'consumes' entry of
    this capability. Correct its spelling, or add the entry that it means.
E202 a call names an unknown operation
    The part of 'call' after the dot must be the name of an operation of the consumed
    namespace before it. Correct the name; upper and lower case count.
E203 'with' refers to an unknown parameter
    A key of 'with' must be a parameter of the operation that is called, and a reference
    that is nearly the name of a declared input is taken for a misspelling of it, since
    the upstream would be sent nothing. Declare the input, or correct its name.
E204 an unknown bind variable is used
    '{{namespace.KEY}}' must name a key that 'binds' declares, because the generated
    program reads exactly the declared variables from its environment. Declare the key.
E205 a namespace is used twice
    Calls find an adapter by its namespace, so it must be unique in the capability; two
    with the same name make every call to it ambiguous. Rename one of them.
E206 an operation name is used twice
    'namespace.operation' must mean one operation. Two operations of one namespace have
    the same name: rename one, and the calls that mean it.
E207 a route is defined twice
    Two operations of one REST adapter have the same method and path (the names of path
    parameters do not tell routes apart). One could never be reached: change one path.
E208 a tool name is used twice
    An MCP client chooses a tool by its name alone, so the names in one adapter must be
    unique. Rename one of the tools.
E209 a port is used twice
    Two adapters would listen at the same address and port, and the second could not
    start. Give each its own port.
E210 the placeholders of a path and its parameters do not match
    Every '{name}' of a path needs an input parameter 'name' with 'in: path', and every
    such parameter a place in the path; otherwise a request could not be formed as
    written. Add what is missing, or correct the spelling.
E211 a tool name that clients refuse
    Names of tools are 1 to 64 characters of A-Z, a-z, 0-9, '_' and '-'. Clients reject
    others, often together with all tools of the server. Choose a name of these letters.
E212 two names become the same Python name
    Names of the capability are turned into Python names, and two of one scope ('a-b'
    and 'a_b', for example) would give the same. Numbering them would make the generated
    code depend on their order, so rename one. Parameters alone are numbered: their names
    are the upstream's.
E213 nothing supplies a required upstream input
    The consumed operation requires an input that neither a parameter of the route or
    tool nor its 'with' provides: each call would fail at the provider. Declare the
    parameter, or give it a value in 'with'.
E214 a credential is not one template
    A credential is taken from the environment when the program starts, so its value
    must be exactly one '{{namespace.KEY}}'. A secret written into the file would be
    copied into the generated code: declare a variable under 'binds' and refer to it.
E215 a signing scheme is unknown, or its credentials are not those it needs
    'signing' names a scheme that this version cannot sign with, leaves out one of the
    credentials that the scheme needs, or has one that nothing would use. The message says
    which; correct the name, or name the environment variable of the credential.
E216 a name that no environment variable can have
    Credentials are read from the environment, where names are letters, digits and '_',
    the first one no digit. A shell, a container and the generated example file can hold
    no other name. Choose one of these letters under 'binds'.
E217 a base URI that no request can be made with
    'baseUri' is where every request of its consumes block goes: 'http://' or 'https://',
    a host, and perhaps a port and a path. Users and passwords, queries, fragments and
    characters that a URI must escape are refused. Correct the address.
E218 a fixed value that its parameter cannot take
    A value that the capability itself gives ('value', or a constant in 'with') must be
    one of the type of the parameter, and a header holds no line break: otherwise every
    call would send something else, or fail. Correct the value or the type.
E219 one input is two things
    An input of a route or tool, or a parameter of an upstream, is declared twice, or an
    input feeds two parameters of different types: whatever a caller sends, one of the two
    is wrong. Remove one declaration, or give each parameter an input of its own.
E220 a path that no request can have
    A path holds no query, no fragment, no brace that is not part of a placeholder and no
    segment '.' or '..', and that of a route starts with '/'. Otherwise no caller could
    reach the route, or the upstream would get another path than the one written.
    Correct the path.
E229 a second control adapter
    Health, metrics and traces are found at one place: a capability has one control adapter.
    Put what both say into one.
E231 a path that cannot be compiled
    'mapping' is a JSONPath of names, indices, slices, wildcards, unions, '..' and
    filters ('[?(@.a == 1 && @.b)]'). Functions and other operators are not among
    them, and a part that cannot be read would silently give null. The marked part of
    the path is the one to correct.
E232 an output name is used twice
    Several outputs with a name are the members of one object, and two members cannot
    have one name. Rename one of the outputs.
"""

_OVERLAYS = """
E401 an overlay cannot be used
    The overlay is unreadable or not an OpenAPI Overlay 1.0 document: 'overlay', 'info'
    with 'title' and 'version', and 'actions', each with a 'target' and either 'update'
    or 'remove: true'. Repair the part shown.
E402 the target of an overlay action matches nothing
    The action would have no effect, most often because the capability was renamed or
    reordered since the overlay was written. Correct 'target', or remove the action.
E403 an overlay action does not fit what it selects
    The action would change a value into one of another kind (an object into a text, say)
    or remove the whole document. It is refused because guessing could leave requests
    unsigned or failures unnoticed. If another kind is meant, remove the value first.
"""


_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}


def _entries(table: str) -> dict[str, CodeInfo]:
    titles: dict[str, str] = {}
    bodies: dict[str, list[str]] = {}
    code = ""
    for line in table.splitlines():
        if not line:
            continue
        if line.startswith(" "):
            bodies[code].append(line.strip())
            continue
        code, _, title = line.partition(" ")
        if code in titles:
            raise ValueError(f"{code} stands in the table of codes twice")
        titles[code], bodies[code] = title, []
    return {
        code: CodeInfo(
            title, " ".join(bodies[code]), _SEVERITIES[code[0]], code in _GUESSES
        )
        for code, title in titles.items()
    }


_GUESSES = frozenset(
    ("W136", "W140", "W143", "W147", "W149", "W154", "W201", "W206", "W208", "W209")
)

_TABLES = (
    CONTAINER,
    _STRUCTURE,
    _REFERENCES,
    FUNCTIONS,
    OUTSIDE,
    FIXED,
    SERVER_ERRORS,
    IMPORTS,
    FLOWS,
    ACCESS,
    MCP_ERRORS,
    EXPOSES,
    FORMAT_ERRORS,
    UNSUPPORTED,
    SCRIPTS,
    SIGNING,
    INPUT_ERRORS,
    _OVERLAYS,
    IMPORT_ERRORS,
    FORMAT_TOOLS,
    PROJECT,
    DRIFT,
    WARNINGS,
    DIALECT,
    ADVICE,
    INPUT_WARNINGS,
    MCP_WARNINGS,
    FORMAT_WARNINGS,
    LINT,
    IMPORT_WARNINGS,
)

CODES: dict[str, CodeInfo] = _entries("".join(_TABLES))
"""Information on each code, by code."""
