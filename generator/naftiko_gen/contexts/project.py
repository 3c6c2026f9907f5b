"""The files around a package: what each of their templates is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, TypedDict

from naftiko_gen.views.settings_table import Setting


class Skipped(TypedDict):
    """A part of the capability that was left out."""

    what: Annotated[str, "what it is"]
    line: Annotated[int, "where it stands in the spec"]
    why: Annotated[str, "what is wrong with it"]


class Placed(TypedDict):
    """A file that lies elsewhere in a wheel."""

    file: Annotated[str, "its path in the project"]
    inside: Annotated[str, "its path in the wheel"]


class PlacedFolder(TypedDict):
    """A folder that lies elsewhere in a wheel."""

    folder: Annotated[str, "its path in the project"]
    inside: Annotated[str, "its path in the wheel"]


class Page(TypedDict):
    """The page `/docs`."""

    requirement: Annotated[str, "what it needs to be installed"]
    variable: Annotated[str, "the variable that turns it on"]


class Operation(TypedDict):
    """What the package can do, and how it is asked to."""

    command: Annotated[str, "its name on the command line"]
    title: Annotated[str, "what it does"]
    routes: Annotated[Sequence[str], "its routes, as `GET /path`"]
    tools: Annotated[Sequence[str], "its tools"]
    upstream: Annotated[str, "the requests that it sends, as `GET /path`"]
    changes: Annotated[bool, "whether it changes something"]


class Resource(TypedDict):
    """An MCP resource."""

    uri: Annotated[str, "its URI, or a template of it"]
    title: Annotated[str, "what it holds"]
    source: Annotated[str | None, "the operation that it is read from, if any"]


class Prompt(TypedDict):
    """An MCP prompt."""

    name: Annotated[str, "its name"]
    title: Annotated[str, "what it asks for"]
    arguments: Annotated[Sequence[str], "the names of its arguments"]


class Forward(TypedDict):
    """Requests that are passed on."""

    path: Annotated[str, "the route"]
    title: Annotated[str, "what they are"]
    upstream: Annotated[str, "the namespace that they go to"]


class Callers(TypedDict):
    """What callers of an adapter present."""

    namespace: Annotated[str, "the adapter"]
    what: Annotated[str, "what they present"]
    variables: Annotated[Sequence[str], "the variables that say what is right"]


class Adapter(TypedDict):
    """An adapter."""

    namespace: Annotated[str, "its name"]
    serves: Annotated[str, "what it serves: REST, MCP, skills or management"]
    url: Annotated[str | None, "its address; none over stdio"]


class Added(TypedDict):
    """What `--with` added."""

    path: Annotated[str, "a file or folder"]
    what: Annotated[str, "what it is for"]


class Pool(TypedDict):
    """Keys of which there can be several, by the example of one."""

    module: Annotated[str, "the module that signs"]
    serial: Annotated[bool, "whether calls with one key wait for one another"]
    tier: Annotated[str | None, "the variable of the tier, if there are tiers"]
    first: Annotated[Sequence[str], "the variables of the first key"]
    second: Annotated[Sequence[str], "those of the second"]


class Project(TypedDict):
    """What is known about a project."""

    label: Annotated[str, "the name of the capability"]
    description: Annotated[str, "what it is for; may be empty"]
    summary: Annotated[str, "the same in one line, never empty"]
    release: Annotated[str, "the version of the package"]
    distribution: Annotated[str, "the name that it is installed by"]
    package: Annotated[str, "the name that it is imported by"]
    prefix: Annotated[str, "what names of its own variables begin with"]
    script: Annotated[str, "the function that its program runs"]
    image: Annotated[str, "the name and tag of its image"]
    keywords: Annotated[Sequence[str], "the tags of the capability"]
    skipped: Annotated[Sequence[Skipped], "what it was built without"]
    dependencies: Annotated[Sequence[str], "what it requires"]
    speed: Annotated[Sequence[str], "what the extra `speed` requires"]
    telemetry: Annotated[Sequence[str], "what the extra `telemetry` requires"]
    redis: Annotated[str | None, "what the extra `redis` requires, if there is one"]
    extras: Annotated[str, "the extras that an image has, with commas between"]
    docs: Annotated[Page | None, "the page `/docs`, if it is built"]
    hooks: Annotated[str | None, "the path of the hooks, if there are any"]
    contracts: Annotated[Sequence[Placed], "the files that hold its contracts"]
    skills: Annotated[PlacedFolder | None, "the folder of its skills, if it has any"]
    lock: Annotated[str, "the file name of its lock"]
    lock_inside: Annotated[str, "the path of the lock in a wheel"]
    sources: Annotated[Sequence[str], "what a source distribution holds"]
    secret_files: Annotated[Sequence[str], "the files that must not leave the folder"]
    secret_places: Annotated[Sequence[str], "the files that hold values of settings"]
    settings: Annotated[
        Sequence[Setting], "every variable, those that must be set first"
    ]
    rest: Annotated[bool, "whether there is a REST adapter"]
    mcp: Annotated[bool, "whether there is an MCP adapter"]
    adapters: Annotated[Sequence[Adapter], "what it serves, and where"]
    callers: Annotated[Sequence[Callers], "the adapters that ask their callers"]
    command: Annotated[str | None, "the first operation, if there is one"]
    operations: Annotated[Sequence[Operation], "all that it can do"]
    forwards: Annotated[Sequence[Forward], "the routes that pass on what comes"]
    resources: Annotated[Sequence[Resource], "the MCP resources"]
    prompts: Annotated[Sequence[Prompt], "the MCP prompts"]
    ports: Annotated[Sequence[int], "the ports that other machines may reach"]
    health: Annotated[Sequence[str], "the command that asks how it is; may be empty"]
    window: Annotated[str | None, "the variable of a nonce window, if there is one"]
    pool: Annotated[Pool | None, "how there can be several keys, if they can"]
    added: Annotated[Sequence[Added], "what `--with` added"]
    metrics: Annotated[bool, "whether calls can be counted for Prometheus on demand"]
    pinned: Annotated[bool, "whether there is a `constraints.txt`"]
    registered: Annotated[str | None, "the name in the MCP registry, if it has one"]
    stdio_config: Annotated[
        Mapping[str, object], "the configuration of a client over stdio"
    ]
    http_config: Annotated[
        Mapping[str, object], "the configuration of a client over HTTP"
    ]


class Readme(Project):
    """The README of the project."""


class Pyproject(Project):
    """The `pyproject.toml` of the project."""


class Dockerfile(Project):
    """The `Dockerfile`."""


class EnvExample(Project):
    """The `.env.example`: every setting, to be filled in."""


class DockerIgnore(Project):
    """The `.dockerignore`: what stays out of the image."""


class Mount(TypedDict):
    """A file or folder that is mounted."""

    source: Annotated[str, "its path on the host"]
    target: Annotated[str, "its path in the container"]
    secret: Annotated[str, "the Secret that holds it"]
    key: Annotated[str, "its key in there; empty for a folder"]
    given: Annotated[str, "what the Secret is made of, as kubectl is told"]


class Deployed(TypedDict):
    """What is known about a package that is deployed."""

    label: Annotated[str, "the name of the capability"]
    distribution: Annotated[str, "the name that it is installed by, and its program"]
    package: Annotated[str, "the name that it is imported by"]
    name: Annotated[str, "the name of what is deployed, a label of DNS"]
    image: Annotated[str, "the name and tag of its image"]
    mcp: Annotated[bool, "whether there is an MCP adapter"]
    ports: Annotated[Sequence[int], "the ports that other machines may reach"]
    check: Annotated[Sequence[str], "the command that asks how it is; may be empty"]
    hosts: Annotated[str, "the variable of names that it may be called by"]
    unneeded: Annotated[bool, "whether it runs without any variable"]
    mounts: Annotated[Sequence[Mount], "what holds values of settings"]
    alone: Annotated[bool, "whether a key allows one process only"]
    key: Annotated[str | None, "the variable of that key"]
    shared: Annotated[bool, "whether processes can share it by Redis"]
    upstream_ports: Annotated[Sequence[int], "the ports of all that it calls"]


class Compose(Deployed):
    """The `compose.yaml` of `--with compose`."""


class Publish(Deployed):
    """The workflow of `--with publish`, which publishes a release."""


class Systemd(Deployed):
    """The unit of `--with systemd`."""


class Deployment(Deployed):
    """The Deployment of `--with kubernetes`."""


class Service(Deployed):
    """The Service of `--with kubernetes`."""


class NetworkPolicy(Deployed):
    """The NetworkPolicy of `--with kubernetes`."""


class Autoscaler(Deployed):
    """The HorizontalPodAutoscaler of `--with kubernetes`, where there can be replicas."""


class DisruptionBudget(Deployed):
    """The PodDisruptionBudget of `--with kubernetes`, where there can be replicas."""


class Codex(TypedDict):
    """The configuration of Codex, of `--with clients`."""

    name: Annotated[str, "the name of the server"]
    command: Annotated[str, "the program"]
    args: Annotated[Sequence[str], "its arguments"]
    variables: Annotated[Sequence[str], "the variables that must be set"]
