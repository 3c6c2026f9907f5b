"""Read a YAML file once: its data, and where every key and value of it stands.

Data are those of JSON: scalars follow the core schema of YAML 1.2, keys are strings,
tags that ask for anything else are refused. The parser's events are read instead of
composed nodes, so that limits hold while reading: no input makes this module recurse
deeply, expand without bound, or raise.
"""

import errno
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

import yaml

from naftiko_gen.diagnostics import Position, Report, Span
from naftiko_gen.imported_files import Inputs
from naftiko_gen.ir import JsonValue
from naftiko_gen.yaml_syntax import in_our_words
from naftiko_gen.yaml_tree import Notes, Place, Stop, Tree

__all__ = ["JsonValue", "NodePath", "Origin", "Source", "parse", "read"]

NodePath: TypeAlias = tuple[str | int, ...]

_MAX_BYTES = 2 * 1024 * 1024
_MAX_DIRECTIVES = 100  # libyaml compares each %TAG with all before it

# libyaml is some ten times as fast, but PyYAML may have been built without it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNREADABLE = {
    errno.ENOENT: "the file does not exist",
    errno.EISDIR: "this is a directory, not a file",
    errno.EACCES: "there is no permission to read the file",
}
# A second byte order mark; what YAML 1.2 (5.1) does not call printable; and the three
# characters that are text in YAML 1.2 but line breaks to a parser of YAML 1.1, as ours
# is: taken for breaks they hide keys inside what every editor shows as one line.
_FORBIDDEN = re.compile(
    "\\A\ufeff|[^\t\n\r -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]"
)
#: What catalogues write at the end of a file of which they keep the beginning.
_CUT = re.compile(
    r"^#[- ]*truncated (?:at|after) [^\r\n]*(?:\r?\n#[^\r\n]*?(https?://\S+))?", re.M
)
_DIRECTIVE = re.compile("(?:\\A|[\n\r])%")
_LINE_END = re.compile("[\r\n]")
_CONSTRUCT = re.compile("(?:block|flow) (mapping|sequence|collection)")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a node of rewritten data stood before: at a path, or as the key of it.

    A node that was imported stood in another file, ``source``, whose present data has the path.
    """

    path: NodePath
    key: bool = False
    source: "Source | None" = field(default=None, repr=False)


@dataclass(frozen=True, eq=False)
class Source:
    """A file: its path as given, bytes, text (without byte order mark) and data.

    ``inputs`` are the files that were read because this one names them; all sources of
    one build share them.
    """

    file: str
    raw: bytes = field(repr=False)
    text: str = field(repr=False)
    data: JsonValue = field(repr=False)
    _root: Place = field(repr=False)
    _notes: Notes = field(repr=False)
    inputs: Inputs = field(repr=False)
    _moves: tuple[Mapping[NodePath, Origin], ...] = field(default=(), repr=False)

    def span(self, path: NodePath, *, key: bool = False) -> Span:
        """Where the value at ``path`` stands, or its key; else the nearest ancestor's.

        The span of a scalar is its whole text, that of a collection its first line, that
        of a value that is left out the empty text in its place. An item of a list has no
        key: its value is taken. The path is one of the present data: what was moved by
        ``with_data`` is found where it is written, which may be in another file.
        """
        written, path, key = self._written(path, key)
        return written._span(path, key)

    @property
    def misread(self) -> bool:
        """Whether a key of the data is another text than the one that is written."""
        return self._notes.misread

    def home(self, path: NodePath) -> str:
        """The file in which the node at ``path`` is written."""
        return self._written(path, False)[0].file

    def origin(self, path: NodePath) -> NodePath:
        """Where the node at ``path`` stood in the data that were read, as far as that is known."""
        return self._written(path, False)[1]

    def extent(self, path: NodePath) -> tuple[Position, Position]:
        """Where the whole value at ``path`` of the data that were read begins and ends."""
        place = self._root
        for step in path:
            if place.members is None or step not in place.members:
                break
            place = place.members[step]
        return self._notes.position(place.start), self._notes.position(place.end)

    def text_at(self, path: NodePath) -> str:
        """The text of the value at ``path`` of the data that were read; nothing for no node."""
        place = self._root
        for step in path:
            if place.members is None or step not in place.members:
                return ""
            place = place.members[step]
        return self.text[place.start : place.end]

    def _written(self, path: NodePath, key: bool) -> "tuple[Source, NodePath, bool]":
        """The file that has the node at ``path`` (or its key), and its place there."""
        for moved in reversed(self._moves):
            origin, path, key = _before(path, key, moved)
            if origin is not None and origin.source is not None:
                return origin.source._written(path, key)
        return self, path, key

    def _span(self, path: NodePath, key: bool) -> Span:
        place = self._root
        for step in path:
            if place.members is None or step not in place.members:
                break
            place = place.members[step]
        start, end = place.key if key and place.key else (place.start, place.end)
        shown = self.text[start:end]
        if place.members is not None:
            shown = _LINE_END.split(shown, maxsplit=1)[0]
        # The parser counts the blank lines after a block to the block.
        return self._notes.span(start, start + len(shown.rstrip(" \t\r\n")))

    def with_data(
        self, data: JsonValue, moved: Mapping[NodePath, Origin] | None = None
    ) -> "Source":
        """The same file, with its positions, and other data.

        ``moved`` says of nodes of ``data`` where they were in the data before; what is in
        them has moved with them, unless it has an entry of its own.
        """
        moves = (*self._moves, moved) if moved else self._moves
        return replace(self, data=data, _moves=moves)


def _before(
    path: NodePath, key: bool, moved: Mapping[NodePath, Origin]
) -> tuple[Origin | None, NodePath, bool]:
    """The place that ``path`` (or its key) had before nodes were ``moved``."""
    for length in range(len(path), 0, -1):
        origin = moved.get(path[:length])
        if origin is not None:
            if origin.key:
                return origin, origin.path, True
            return origin, (*origin.path, *path[length:]), key
    return None, path, key


def read(file: str, report: Report, *, number_keys: bool = False) -> Source | None:
    """Read ``file``; None after reporting, as E001 to E012, why it cannot be used.

    With ``number_keys`` a key that is a whole number stands for its text, as people write
    the statuses of OpenAPI documents.
    """
    try:
        file.encode()  # The lock and the report of a build name the file.
        with Path(file).open("rb") as stream:
            # Bounded, because a path may name a device that never ends.
            raw = stream.read(_MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        number = getattr(problem, "errno", None) or errno.EINVAL
        other = f"the file cannot be opened ({errno.errorcode.get(number, number)})"
        if isinstance(problem, UnicodeEncodeError):
            other = "the path of the file is not UTF-8"
        span = Span(file, Position(1, 1), Position(1, 1))
        hint = "check the path and its permissions"
        report.add("E001", _UNREADABLE.get(number, other), span, hint)
        return None
    return parse(file, raw, report, number_keys=number_keys)


def parse(
    file: str, raw: bytes, report: Report, *, number_keys: bool = False
) -> Source | None:
    """Like ``read``, for bytes that are at hand; ``file`` is their name in messages."""
    oversized = len(raw) > _MAX_BYTES
    text = "" if oversized else raw.decode("utf-8", "replace").removeprefix("\ufeff")
    notes = Notes(file, text, report)
    if oversized:
        hint = "split the file, or shorten what is embedded in it"
        notes.add("E007", "the file is larger than 2 MiB", 0, 0, hint)
        return None
    report.texts[file] = text
    tree = Tree(text, notes, number_keys=number_keys)
    found = None
    try:
        _check(raw, text, notes)
        _feed(tree, text, notes)
        found = tree.finish()
    except Stop:
        pass
    if found is None or notes.count:
        return None
    data, place = found
    return Source(file, raw, text, data, place, notes, Inputs(file))


def _check(raw: bytes, text: str, notes: Notes) -> None:
    """Refuse what the parser is not to see. Raises Stop."""
    try:
        raw.decode()
    except UnicodeDecodeError as problem:
        offset = problem.start
        at = len(raw[:offset].decode().removeprefix("\ufeff"))
        line = notes.position(at).line
        message = (
            f"byte 0x{raw[offset]:02X} at offset {offset}, line {line}, is not UTF-8"
        )
        utf16 = raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
        hint = "save the file as UTF-8" + ("; it is UTF-16 now" if utf16 else "")
        notes.stop("E002", message, at, at + 1, hint)
    if found := _CUT.search(text):
        first = found[0].splitlines()[0]
        message = f"the file has been cut off: `{first}`"
        hint = (
            f"get the whole file from {found[1]}" if found[1] else "get the whole file"
        )
        notes.stop("E013", message, found.start(), found.start() + len(first), hint)
    if found := _FORBIDDEN.search(text):
        number = ord(found[0])
        message = f"the character U+{number:04X} cannot stand in a YAML file"
        hint = "remove it, or write it as an escape in double quotes"
        if not number:
            hint = "remove it, or save the file as UTF-8 if it is UTF-16"
        notes.stop("E003", message, *found.span(), hint)
    if len(_DIRECTIVE.findall(text)) > _MAX_DIRECTIVES:
        message = f"more than {_MAX_DIRECTIVES} lines start with `%`"
        notes.stop("E007", message, 0, 0, "a capability needs no directives")


def _feed(tree: Tree, text: str, notes: Notes) -> None:
    """Let the parser read ``text`` into ``tree``. Raises Stop."""
    at = end = documents = 0
    try:
        loader = _LOADER(text)
        # As yaml.parse does it, without a generator and a question before each event.
        while (event := loader.get_event()) is not None:
            at, end = event.start_mark.index, event.end_mark.index
            kind = type(event)
            if kind is yaml.ScalarEvent:
                tag = event.tag
                plain = tag is None and event.implicit[0]
                tree.scalar(event.value, Place(at, end), tag, plain, event.anchor)
            elif kind is yaml.MappingStartEvent:
                tree.begin({}, Place(at, end), event.tag, event.anchor)
            elif kind is yaml.SequenceStartEvent:
                tree.begin([], Place(at, end), event.tag, event.anchor)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                tree.end(end)
            elif kind is yaml.AliasEvent:
                tree.alias(event.anchor or "", Place(at, end))
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    message = "a second document starts here"
                    hint = "remove it, or move it to a file of its own"
                    notes.stop("E011", message, at, end, hint)
    except yaml.MarkedYAMLError as problem:
        _explain(problem, text, at, notes)
    except (yaml.YAMLError, ValueError, OverflowError):
        # PyYAML's own parser lets escapes such as "\UFFFFFFFF" fail in Python.
        hint = "check the escapes in double quotes"
        notes.stop("E003", "the text is not YAML after this", at, at, hint)


def _explain(problem: yaml.MarkedYAMLError, text: str, last: int, notes: Notes) -> None:
    ends, begins = problem.problem_mark, problem.context_mark
    at = ends.index if ends else last
    complaint = in_our_words(problem.problem or "", text[at : at + 1])
    message = complaint.message
    if begins and complaint.at_beginning:
        at = begins.index
    elif begins and (construct := _CONSTRUCT.search(problem.context or "")):
        line = notes.position(begins.index).line
        noun = "mapping" if construct[1] == "mapping" else "list"
        message += f", in the {noun} that starts at line {line}"
    notes.stop("E003", message, at, min(at + 1, len(text)), complaint.hint)
