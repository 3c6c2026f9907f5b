"""The part of the IR that says how a request is signed: a scheme as data, every choice taken.

Like ``ir``, frozen data; it imports no other module of ours but ``ir_text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .ir_text import JsonObject as JsonObject

#: What of the request (and of the moment) a part of a signature can be.
SourceName = Literal[
    "method",
    "path",
    "query",
    "?query",
    "pathQuery",
    "scheme",
    "host",
    "url",
    "body",
    "time",
    "nonce",
    # Of a path that is made of pairs, `/type/id/type/id`, with or without the last id.
    "resourceType",
    "resourceLink",
    # "SHA256:" and the digest of the public key that belongs to the private one.
    "keyFingerprint",
]
Hashing = Literal["md5", "sha1", "sha256", "sha384", "sha512"]
Encoding = Literal[
    "hex",
    "HEX",
    "base64",
    "base64url",
    "unhex",
    "unbase64",
    "lower",
    "upper",
    "urlencode",
    "length",
]
TimeUnit = Literal[
    "s",
    "ms",
    "us",
    "ns",
    "iso8601",
    "iso8601-ms",
    "iso8601-naive",
    "iso8601-basic",
    "iso8601-basic-offset",
    "http-date",
    "rfc2822",
]
Delivery = Literal["serial", "window", "free"]
SecretForm = Literal["none", "base64", "base64url", "hex", "pem"]
Keyed = Literal["hmac-md5", "hmac-sha1", "hmac-sha256", "hmac-sha384", "hmac-sha512"]
Unkeyed = Literal["md5", "sha1", "sha256", "sha512"]
Asymmetric = Literal["rsa-sha256", "ecdsa-p256-sha256", "ed25519", "auto"]
Algorithm = Literal[Keyed, Unkeyed, Asymmetric]
Place = Literal["header", "query", "body"]


@dataclass(frozen=True, slots=True)
class Source:
    """A part of the request as it is sent, the time, or the nonce."""

    name: SourceName


@dataclass(frozen=True, slots=True)
class Header:
    """The value of a request header, empty when it is not sent; ``name`` is in lower case."""

    name: str


@dataclass(frozen=True, slots=True)
class Role:
    """A credential, as the environment holds it."""

    name: str


@dataclass(frozen=True, slots=True)
class Name:
    """A variable of the scheme, or what was made of the signature."""

    name: str


@dataclass(frozen=True, slots=True)
class Template:
    """Texts and parts in a row."""

    parts: tuple[str | Part, ...]


@dataclass(frozen=True, slots=True)
class Hash:
    """The digest of a part, in bytes."""

    algorithm: Hashing
    of: Part


@dataclass(frozen=True, slots=True)
class Mac:
    """The HMAC of a part, in bytes; with the secret when ``key`` is None."""

    algorithm: Hashing
    of: Part
    key: Part | None = None


@dataclass(frozen=True, slots=True)
class Encoded:
    """A part in another form."""

    kind: Encoding
    of: Part


@dataclass(frozen=True, slots=True)
class Stripped:
    """A text without the prefix, if it has it."""

    prefix: str
    of: Part


@dataclass(frozen=True, slots=True)
class Truncated:
    """The first ``size`` bytes."""

    size: int
    of: Part


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts with a separator in between."""

    separator: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Params:
    """The fields of the query or of a form body, written anew in a canonical form.

    ``pair`` has ``{k}`` and ``{v}`` for name and value. ``decode`` writes them as they are
    meant, ``encode`` in RFC 3986 form, neither as they are sent.
    """

    source: Literal["query", "body"] = "query"
    sort: bool = False
    decode: bool = False
    encode: bool = False
    pair: str = "{k}={v}"
    separator: str = "&"
    omit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """A condition on the request: all that is said must hold."""

    methods: tuple[str, ...] = ()
    body: bool | None = None
    query: bool | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """``then`` where ``when`` holds, else ``otherwise`` (None: empty)."""

    when: When
    then: Part
    otherwise: Part | None = None


Part: TypeAlias = (
    Source
    | Header
    | Role
    | Name
    | Template
    | Hash
    | Mac
    | Encoded
    | Stripped
    | Truncated
    | Joined
    | Params
    | Chosen
)


@dataclass(frozen=True, slots=True)
class Injection:
    """A field that the scheme adds to the request before it is written."""

    place: Literal["query", "body"]
    name: str
    value: Part
    first: bool = False
    integer: bool = False
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """Where a part of the signature goes."""

    place: Place
    name: str
    value: Part
    when: When | None = None
    omit_empty: bool = False


@dataclass(frozen=True, slots=True)
class Carrier:
    """A JSON envelope that takes the fields of the body and is signed instead of it."""

    first: tuple[tuple[str, Part], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A number: now in seconds since the epoch, and so many more."""

    seconds: int


#: The value of a claim: a text, a number, a list of texts, or a time.
Claim: TypeAlias = Part | Moment | int | float | bool | tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A JWT, without `alg` and `typ` of its header."""

    header: tuple[tuple[str, Claim], ...]
    claims: tuple[tuple[str, Claim], ...]


@dataclass(frozen=True, slots=True)
class Nonce:
    """How the nonce is made; ``unit`` is that of an increasing one, ``size`` in bytes."""

    kind: Literal["increasing", "uuid4", "random-hex"]
    unit: Literal["ms", "us", "ns"] = "ns"
    size: int = 16


@dataclass(frozen=True, slots=True)
class Scheme:
    """A signing scheme: what is added, what is signed, and where the signature goes.

    ``document`` is all of it as it was written, for the verifier of the sandbox; ``optional``
    are the roles that may be unset, which are empty texts then.
    """

    name: str
    title: str
    documentation: tuple[str, ...]
    roles: tuple[str, ...]
    secret: str
    form: SecretForm
    time: TimeUnit | None
    offset: int
    nonce: Nonce | None
    body: Literal["json", "form"]
    empty_body: str
    inject: tuple[Injection, ...]
    sort_query: bool
    carrier: Carrier | None
    variables: tuple[tuple[str, Part], ...]
    key: Part | None
    payload: tuple[Part, ...]
    separator: str
    algorithm: Algorithm
    encode: Literal["hex", "HEX", "base64", "base64url"]
    post: tuple[tuple[str, Part], ...]
    output: tuple[Output, ...]
    document: JsonObject
    token: Token | None = None
    optional: tuple[str, ...] = ()
