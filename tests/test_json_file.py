"""The encoder of emitted JSON against the standard one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naftiko_gen.json_file import ascii_bytes, json_bytes

_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
_DOCUMENTS = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner)
    ),
    max_leaves=20,
)


@given(_DOCUMENTS, st.booleans())
def test_it_is_what_the_standard_encoder_gives(document: object, ordered: bool) -> None:
    plain = json.dumps(document, indent=1)
    assert ascii_bytes(document) == f"{plain}\n".encode()
    text = json.dumps(document, indent=2, ensure_ascii=False, sort_keys=ordered)
    try:
        wanted = f"{text}\n".encode()
    except UnicodeEncodeError:
        with pytest.raises(UnicodeEncodeError):
            json_bytes(document, sort_keys=ordered)
    else:
        assert json_bytes(document, sort_keys=ordered) == wanted


def test_what_no_file_holds_is_refused() -> None:
    for value in ({1: "x"}, {"x": {2}}, b"x"):
        with pytest.raises(TypeError):
            json_bytes(value)
