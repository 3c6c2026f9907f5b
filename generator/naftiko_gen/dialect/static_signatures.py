"""W140: a fixed credential names a signing scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import consumes_blocks, member
from .rule import Finding, Rule

#: How the value of `Authorization` begins where it is made for each request.
_SCHEME = re.compile(
    r"((?:AWS4|TC3|SDK|EG1|ACS3)-HMAC-SHA256|HMAC(?:-SHA(?:1|256|512))?|SharedKey(?:Lite)?"
    r"|Signature|OAuth(?= +oauth_))(?=[ :])",
    re.I,
)
_VALUES = ("key", "value", "token")


def _find(source: Source) -> Iterator[Finding]:
    for path, block in consumes_blocks(source.data):
        if "signing" in block:
            continue
        for where, node in member((path, block), "authentication"):
            for key in _VALUES:
                value = node.get(key)
                named = _SCHEME.match(value.strip()) if isinstance(value, str) else None
                if named is not None:
                    yield Finding(
                        (*where, key),
                        f"a credential of `{named[1]}` is made for each request: the upstream "
                        "will refuse this one",
                        "describe the scheme as `signing` in an overlay",
                        at_key=False,
                    )


RULE = Rule(
    "W140",
    _find,
    """\
consumes:
  - authentication:
      {type: apikey, key: Authorization, value: 'HMAC-SHA256 {{env.KEY}}', placement: header}
""",
)
