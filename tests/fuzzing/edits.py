"""One change of a document's data, at a place of it."""

from __future__ import annotations

from typing import Any, TypeAlias

from hypothesis import strategies as st

from . import values
from .seeds import seeds
from .values import Raw

Draw: TypeAlias = st.DrawFn
#: A collection of the document and the key or index of something in it.
Spot: TypeAlias = tuple[Any, Any]


def copied(value: Any) -> Any:
    """A copy of ``value`` that can be changed."""
    if isinstance(value, dict):
        return {key: copied(member) for key, member in value.items()}
    if isinstance(value, list):
        return [copied(item) for item in value]
    return value


def spots(data: Any) -> list[Spot]:
    """Every place in ``data``, in the order of the document."""
    found: list[Spot] = []
    waiting = [data]
    while waiting and len(found) < 5_000:
        node = waiting.pop()
        if isinstance(node, dict):
            found.extend((node, key) for key in node)
            waiting.extend(node.values())
        elif isinstance(node, list):
            found.extend((node, index) for index in range(len(node)))
            waiting.extend(node)
    return found


def edit(draw: Draw, data: Any) -> None:
    """Change ``data`` at one of its places: half of the time, what a text says."""
    found = spots(data)
    texts = [spot for spot in found if isinstance(spot[0][spot[1]], str)]
    of_texts: bool = draw(st.booleans())
    if texts and of_texts:
        draw(_OF_TEXTS)(draw, found, *draw(st.sampled_from(texts)))
    elif found:
        draw(_EDITS)(draw, found, *draw(st.sampled_from(found)))


def _drop(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    del holder[key]


def _retype(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    holder[key] = copied(draw(st.sampled_from(values.VALUES)))


def _text(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    holder[key] = draw(st.sampled_from(values.TEXTS))


def _spliced(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    """Put a text into the text that is there."""
    old = holder[key]
    if not isinstance(old, str):
        holder[key] = str(old)[:200]
        return
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(old))] * 2)))
    holder[key] = old[:start] + draw(st.sampled_from(values.TEXTS)) + old[end:]


def _other(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    """A value that the key has in another document."""
    known = values.by_key().get(key if isinstance(key, str) else "name", ())
    if known:
        holder[key] = copied(draw(st.sampled_from(known)))


def _raw(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    holder[key] = Raw(draw(st.sampled_from(values.RAWS)))


def _raw_key(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    _put(holder, key, Raw(draw(st.sampled_from(values.RAWS))))


def _anchor(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    """An alias, or a merge key, of a value that is given an anchor."""
    other, place = draw(st.sampled_from(found))
    if not isinstance(other[place], str) or not other[place].isalnum():
        return
    other[place] = Raw(f"&shared {other[place]}")
    holder[key] = Raw("*shared")


def _rename(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    name = str(key)
    changed = (
        name.upper(),
        name.title(),
        name[:-1],
        f"{name}s",
        f"x-{name}",
        f"{name} ",
    )
    known = st.sampled_from([*changed, name[::-1], name.replace("-", "_")])
    _put(holder, key, draw(known | st.sampled_from(values.keys())))


def _put(holder: Any, key: Any, name: Any) -> None:
    """Give the member ``key`` another name, where it stands."""
    if isinstance(holder, dict):
        members = list(holder.items())
        holder.clear()
        for other, value in members:
            holder[name if other is key else other] = value
    else:
        holder[key] = {name: holder[key]}


def _add(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    """A member or an item more, with a key that means something elsewhere."""
    name = draw(st.sampled_from(values.keys()))
    value = copied(draw(st.sampled_from(values.by_key()[name])))
    inner = holder[key]
    if isinstance(inner, dict):
        inner[name] = value
    elif isinstance(holder, dict):
        holder[name] = value
    else:
        holder.insert(key, value)


def _twice(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    if isinstance(holder, list):
        holder.insert(key, copied(holder[key]))
    else:
        holder[f"{key}2"] = copied(holder[key])


def _wrap(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    old = holder[key]
    name = draw(st.sampled_from(values.keys()))
    holder[key] = draw(st.sampled_from([[old], {name: old}, [[old]], {"": old}]))


def _unwrap(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    old = holder[key]
    if isinstance(old, list) and old:
        holder[key] = old[0]
    elif isinstance(old, dict) and old:
        holder[key] = next(iter(old.values()))


def _as_list(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    """A map as a list of named objects, and a list of them as a map."""
    old = holder[key]
    if isinstance(old, dict):
        holder[key] = [
            {"name": k, **v} if isinstance(v, dict) else {k: v} for k, v in old.items()
        ]
    elif isinstance(old, list):
        holder[key] = {
            str(v.get("name", i) if isinstance(v, dict) else v): v
            for i, v in enumerate(old)
        }


def _swap(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    other, place = draw(st.sampled_from(found))
    # One within the other cannot change places: copies can.
    holder[key], other[place] = copied(other[place]), copied(holder[key])


def _move(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    other, place = draw(st.sampled_from(found))
    holder[key] = copied(other[place])


def _graft(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    """Something of another document, from under the same key if it has one."""
    others = spots(draw(st.sampled_from(seeds())).data)
    same = [spot for spot in others if spot[1] == key] or others
    other, place = draw(st.sampled_from(same))
    holder[key] = copied(other[place])


def _nest(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    name = draw(st.sampled_from(["properties", "items", "x", "steps", "data"]))
    for _ in range(draw(st.sampled_from([2, 10, 40, 70]))):
        holder[key] = {name: holder[key]} if name != "x" else [holder[key]]


def _many(draw: Draw, found: list[Spot], holder: Any, key: Any) -> None:
    """A hundred of what there was one of, each with a name of its own."""
    old = holder[key]
    if isinstance(old, list) and old and isinstance(old[0], dict):
        same = draw(st.booleans())
        count = draw(st.sampled_from([3, 12, 40]))
        holder[key] = [
            {**copied(old[0]), **({} if same else {"name": f"n{number}"})}
            for number in range(count)
        ]


_OF_TEXTS = st.sampled_from([_other, _other, _other, _text, _spliced, _spliced, _drop])
_EDITS = st.sampled_from(
    [
        *[_other, _drop, _add] * 4,
        *[_retype, _rename, _twice, _wrap, _unwrap, _as_list, _move] * 2,
        *(_text, _raw, _raw_key, _anchor, _swap, _graft, _nest, _many),
    ]
)
