"""What the page ``/docs`` of REST adapters needs besides its module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.names import constant
from naftiko_gen.pycode import Value

if TYPE_CHECKING:
    from naftiko_gen.contexts.project import Page

#: The files of Swagger UI, which a package asks for with its extra ``docs``.
_REQUIREMENT = "flask-swagger-ui>=5.21,<6"


def modules(capability: ir.Capability) -> dict[str, str]:
    """The static module that serves the page, if any adapter can."""
    return {"docs": "docs"} if capability.docs else {}


def told(capability: ir.Capability) -> Page | None:
    """What the project file and the README say of the page."""
    if not capability.docs:
        return None
    return {"requirement": _REQUIREMENT, "variable": variable(capability)}


def variable(capability: ir.Capability) -> str:
    """The setting that turns the page on."""
    return f"{constant(capability.package)}_DOCS"


def variables(capability: ir.Capability) -> dict[str, Value]:
    """What a sandbox sets: with it, the page is on."""
    return {variable(capability): "true"} if capability.docs else {}
