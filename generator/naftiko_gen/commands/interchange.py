"""``import`` and ``export``: the commands that know other formats, as click sees them."""

from __future__ import annotations

from typing import Any

import click

from .options import formats, single


@click.group(name="import")
def import_() -> None:
    """Make a capability of a document in another format."""


@import_.command(name="openapi")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
@formats
@click.option("--force", is_flag=True, help="Replace a spec that is there already.")
@click.option(
    "--modeline",
    is_flag=True,
    help="Write the JSON Schema beside SPEC, and let SPEC begin with the line that makes "
    "yaml-language-server use it.",
)
@click.option(
    "--namespace",
    "-n",
    metavar="NAME",
    help="Namespace of the API, instead of the words of its title.",
)
@click.option(
    "-o",
    "--output",
    metavar="SPEC",
    help="The capability to write.  [default: specs/NAMESPACE.yaml]",
)
@click.argument("file", metavar="FILE")
def import_openapi(**options: Any) -> int:
    """Write a capability that consumes and exposes what the OpenAPI document FILE has.

    OpenAPI 2.0, 3.0 and 3.1, YAML or JSON. What a capability cannot say, such as the schemas
    of bodies, goes to an overlay beside SPEC, which build lays over it.
    """
    from .openapi import Import

    return Import(**options).run()


@click.group()
def export() -> None:
    """Print a capability in another format."""


@export.command(name="openapi")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
@single
@formats
@click.option(
    "--adapter", metavar="NAMESPACE", help="The REST adapter, if there are several."
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write FILE instead of printing it."
)
def export_openapi(**options: Any) -> int:
    """Print the OpenAPI 3.1 document of the REST adapter of SPEC, as build emits it."""
    from .openapi import Export

    return Export(**options).run()


@click.command()
@click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
@single
@click.option(
    "--format",
    "form",
    type=click.Choice(["mermaid", "svg", "json"]),
    help="How the diagram is written; json has nodes and edges.  [default: svg for FILE.svg, else mermaid]",
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write FILE instead of printing it."
)
def graph(**options: Any) -> int:
    """Draw SPEC: adapters, their routes, tools and resources, flows, operations, upstreams."""
    from .graph import Draw

    return Draw(**options).run()
