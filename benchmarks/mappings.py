"""Mapped answers: the emitted function against hand-written Python and jsonpath-ng.

`python -m benchmarks.mappings`. The answer is an object of ten fields, one of them a list
of 100 objects of four. The hand-written twin is as careful: what is missing is null,
and nothing in a document makes it fail. jsonpath-ng gets its paths parsed beforehand.
"""

import argparse
import importlib
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from benchmarks.pairs import Bar, interleave, ratio, table
from naftiko_gen.cli import run

FIELDS = {
    "id": "$.data.id",
    "status": "$.data.status",
    "created": "$.data.times.created",
    "updated": "$.data.times.updated",
    "customer": "$.data.customer.name",
    "city": "$.data.customer.address.city",
    "country": "$.data.customer.address.country",
    "total": "$.data.amounts.total",
    "currency": "$.data.amounts.currency",
}
LINES = "$.data.lines"
LINE = {
    "sku": "$.sku",
    "name": "$.product.name",
    "price": "$.price",
    "count": "$.count",
}
COMPILED, HAND, JSONPATH_NG = "compiled", "hand-written", "jsonpath-ng"
TRUSTING = "hand-written, unchecked"
Mapping = Callable[[Any], Any]


def document(lines: int = 100) -> dict[str, Any]:
    """An upstream's answer, with members that nobody asks for."""
    return {
        "data": {
            "id": 7,
            "status": "open",
            "noise": list(range(20)),
            "times": {"created": "2026-01-01", "updated": "2026-02-01", "seen": None},
            "customer": {
                "name": "Ann",
                "address": {"city": "Bern", "country": "CH", "street": "x"},
            },
            "amounts": {"total": 12.5, "currency": "CHF", "tax": 1},
            "lines": [
                {
                    "sku": f"S{number}",
                    "product": {"name": f"Thing {number}", "weight": 3},
                    "price": number / 4,
                    "count": number,
                    "notes": None,
                }
                for number in range(lines)
            ],
        }
    }


def capability() -> dict[str, Any]:
    """A capability whose one route gives the answer."""
    members: dict[str, Any] = {
        name: {"type": "string", "mapping": path} for name, path in FIELDS.items()
    }
    parts = {name: {"type": "string", "mapping": path} for name, path in LINE.items()}
    items = {"type": "object", "properties": parts}
    members["lines"] = {"type": "array", "mapping": LINES, "items": items}
    called = {
        "method": "GET",
        "name": "order",
        "call": "shop.order",
        "outputParameters": [{"type": "object", "properties": members}],
    }
    consumed = {"name": "order", "method": "GET"}
    resource = {"name": "order", "path": "/order", "operations": [consumed]}
    return {
        "naftiko": "1.0.0-alpha2",
        "info": {"label": "Orders", "description": "Orders."},
        "capability": {
            "consumes": [
                {
                    "type": "http",
                    "namespace": "shop",
                    "baseUri": "https://shop.example",
                    "resources": [resource],
                }
            ],
            "exposes": [
                {
                    "type": "rest",
                    "namespace": "api",
                    "port": 8080,
                    "resources": [{"path": "/order", "operations": [called]}],
                }
            ],
        },
    }


def compiled(work: Path) -> Mapping:
    """The function that the generator emits."""
    spec = work / "orders.yaml"
    spec.write_text(yaml.safe_dump(capability(), sort_keys=False))
    if run(["build", "-q", str(spec), "-o", str(work / "out")]):
        raise RuntimeError("the capability of the benchmark cannot be built")
    [found] = (work / "out").rglob("mappings.py")
    sys.path.insert(0, str(found.parent.parent))
    module = importlib.import_module(f"{found.parent.name}.mappings")
    function: Mapping = module.order
    return function


def by_hand(document: Any) -> Any:
    """What a careful person writes."""
    data = _object(_object(document).get("data"))
    times, amounts = _object(data.get("times")), _object(data.get("amounts"))
    customer = _object(data.get("customer"))
    address = _object(customer.get("address"))
    lines = data.get("lines")
    return {
        "id": data.get("id"),
        "status": data.get("status"),
        "created": times.get("created"),
        "updated": times.get("updated"),
        "customer": customer.get("name"),
        "city": address.get("city"),
        "country": address.get("country"),
        "total": amounts.get("total"),
        "currency": amounts.get("currency"),
        "lines": ([_line(line) for line in lines] if isinstance(lines, list) else None),
    }


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _line(value: Any) -> dict[str, Any]:
    line = _object(value)
    return {
        "sku": line.get("sku"),
        "name": _object(line.get("product")).get("name"),
        "price": line.get("price"),
        "count": line.get("count"),
    }


def trusting(document: Any) -> Any:
    """What is written for a document that is always whole: a lower bound."""
    data = document["data"]
    customer = data["customer"]
    return {
        "id": data["id"],
        "status": data["status"],
        "created": data["times"]["created"],
        "updated": data["times"]["updated"],
        "customer": customer["name"],
        "city": customer["address"]["city"],
        "country": customer["address"]["country"],
        "total": data["amounts"]["total"],
        "currency": data["amounts"]["currency"],
        "lines": [
            {
                "sku": line["sku"],
                "name": line["product"]["name"],
                "price": line["price"],
                "count": line["count"],
            }
            for line in data["lines"]
        ],
    }


def with_jsonpath_ng() -> Mapping:
    """An interpreter of the same mapping."""
    from jsonpath_ng.parser import parse

    fields = {name: parse(path) for name, path in FIELDS.items()}
    line = {name: parse(path) for name, path in LINE.items()}
    lines = parse(LINES)

    def first(path: Any, value: Any) -> Any:
        found = path.find(value)
        return found[0].value if found else None

    def interpret(document: Any) -> Any:
        answer = {name: first(path, document) for name, path in fields.items()}
        answer["lines"] = [
            {name: first(path, entry) for name, path in line.items()}
            for entry in first(lines, document)
        ]
        return answer

    return interpret


def timed(mapping: Mapping, value: Any, calls: int) -> float:
    """Seconds of CPU for one call."""
    started = time.process_time()
    for _ in range(calls):
        mapping(value)
    return (time.process_time() - started) / calls


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--calls", type=int, default=2000)
    options = parser.parse_args()
    value = document()
    with tempfile.TemporaryDirectory() as folder:
        mappings = {
            COMPILED: compiled(Path(folder)),
            HAND: by_hand,
            TRUSTING: trusting,
            JSONPATH_NG: with_jsonpath_ng(),
        }
    answers = [mapping(value) for mapping in mappings.values()]
    if any(answer != answers[0] for answer in answers):
        raise RuntimeError("the variants do not give the same answer")
    calls = dict.fromkeys(mappings, options.calls)
    # The interpreter takes so much longer that a few calls are enough.
    calls[JSONPATH_NG] = max(1, options.calls // 50)

    def variant(name: str) -> Callable[[], float]:
        return lambda: timed(mappings[name], value, calls[name])

    samples = interleave({name: variant(name) for name in mappings}, options.rounds)
    bars = [
        Bar(
            f"{COMPILED} / {HAND}", ratio(samples[COMPILED], samples[HAND]), at_most=1.3
        ),
        Bar(
            f"{JSONPATH_NG} / {COMPILED}",
            ratio(samples[JSONPATH_NG], samples[COMPILED]),
            at_least=20,
        ),
    ]
    bars.append(
        Bar(f"{COMPILED} / {TRUSTING}", ratio(samples[COMPILED], samples[TRUSTING]))
    )
    bars += [
        Bar(name, sorted(found)[len(found) // 2] * 1e6, unit="us")
        for name, found in samples.items()
    ]
    print(table("A mapped answer: ten fields, a list of 100 objects", bars))


if __name__ == "__main__":
    main()
