"""The branches of unions in 1.0.0-alpha3 and later, where they differ."""

from __future__ import annotations

from collections.abc import Mapping

from naftiko_gen.schema_choices import CHOICES, UNIT, ByPresence, Choice


def _imported(otherwise: str) -> ByPresence:
    """An item of a section: the thing itself, or the import of one."""
    keys = {"from": "ImportEntry", "import": "ImportEntry"}
    return ByPresence(keys, exclusive=False, otherwise=otherwise)


_EARLIER = ("AggregateFunction", "FixedOutputParameter")

# What 1.0.0-alpha3 and later decide in another way.
LATER_CHOICES: Mapping[str, Choice] = {
    **{key: choice for key, choice in CHOICES.items() if key not in _EARLIER},
    "": ByPresence(
        {
            "capability": "WithCapability",
            "consumes": "SharedConsumes",
            "exposes": "SharedExposes",
            "aggregates": "SharedAggregates",
            "binds": "SharedBinds",
        },
        exclusive=False,
    ),
    "Consumed": _imported("ConsumesHttp"),
    "Exposed": _imported("Adapter"),
    "Aggregated": _imported("Aggregate"),
    "Bound": _imported("Binding"),
    "ExposedOperation": ByPresence(UNIT, fixed="FixedOutputs"),
    "AggregateFlow": CHOICES["AggregateFunction"],
}
