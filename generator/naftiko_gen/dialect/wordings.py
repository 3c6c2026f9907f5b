"""What authors write for the words of the format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from naftiko_gen.names import plain

#: By the letters of what is written; a word that a place does not have is not meant there.
_OTHERS: Mapping[str, str] = {
    "https": "http",
    "httprest": "http",
    "streamablehttp": "http",
    "querystring": "query",
    "queryparameter": "query",
    "headers": "header",
    "pathparameter": "path",
    "requestbody": "body",
    "str": "string",
    "text": "string",
    "date": "string",
    "datetime": "string",
    "uuid": "string",
    "int": "integer",
    "int32": "integer",
    "int64": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "decimal": "number",
    "bool": "boolean",
    "list": "array",
    "dict": "object",
    "map": "object",
    "bearertoken": "bearer",
    "bearerauth": "bearer",
    "httpbearer": "bearer",
    "basicauth": "basic",
    "httpbasic": "basic",
    "digestauth": "digest",
    "applicationjson": "json",
    "applicationxml": "xml",
    "textxml": "xml",
    "textcsv": "csv",
    "texthtml": "html",
    "textmarkdown": "markdown",
    "applicationyaml": "yaml",
}


def meant(word: str, known: Iterable[str]) -> str | None:
    """The one of the ``known`` words that ``word`` means: it has its letters, or is another for it."""
    letters = plain(word)
    words = {plain(one): one for one in known}
    if word in words.values() or not letters:
        return word if letters else None
    other = _OTHERS.get(letters, "")
    found = words.get(letters) or words.get(plain(other))
    if found is None and "integer" in (letters, other):
        # Where the format knows numbers only, an integer is one.
        return words.get("number")
    return found
