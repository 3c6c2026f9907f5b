"""Write YAML that ``source`` reads back as the same data, and that people can edit.

PyYAML decides by YAML 1.1 which strings need quotes, and our reader follows YAML 1.2: a string
is quoted here when either of the two would take it for something else.
"""

from __future__ import annotations

import re
import sys

import yaml

from naftiko_gen.ir import JsonValue
from naftiko_gen.yaml_scalars import Unusable, resolve

__all__ = ["dump"]

#: What only an escape in double quotes can stand for: controls and the line breaks that are
#: none in YAML 1.2.
_ESCAPED = re.compile(
    "[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def dump(data: JsonValue) -> bytes:
    """``data`` as a YAML document in UTF-8; the same data give the same bytes."""
    text: str = yaml.dump(
        data,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=sys.maxsize,
    )
    return text.encode("utf-8")


# The pure Python one: libyaml may be missing, and lays some texts out in another way.
class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if _ESCAPED.search(text) or text != text.strip("\n"):
        style = '"'
    elif "\n" in text:
        style = "|"
    elif not _is_text(text):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _is_text(text: str) -> bool:
    try:
        return isinstance(resolve(text, None, True), str)
    except Unusable:
        return False


_Dumper.add_representer(str, _text)
