"""``binds``: which setting of the package holds the value that a template names."""

from __future__ import annotations

import re

from naftiko_gen import ir
from naftiko_gen.diagnostics import closest
from naftiko_gen.names import constant

from .locations import read_location
from .node import Node

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_TEMPLATE = re.compile(r"\{\{\s*([A-Za-z0-9_.-]+)\s*\}\}")


def check_variable(node: Node, key: str, variable: str) -> None:
    """Refuse the environment variable at ``key`` of ``node`` if no environment can hold it."""
    if variable and not _VARIABLE.fullmatch(variable):
        node.error(
            "E216",
            f"`{variable}` cannot be the name of an environment variable",
            at=key,
            hint="use letters, digits and underscores, and no digit first",
        )


class Binds:
    """Variables by ``NAME`` and by ``namespace.NAME``, with the setting of each.

    The setting of a value in a file is called after its bind: it is what replaces the value.
    """

    def __init__(self, root: Node) -> None:
        self._variables: dict[str, str] = {}
        #: Whether every declared variable could be read.
        self.complete = root.has("binds") or not root.flawed()
        #: Bare names that several namespaces declare.
        self._shared: dict[str, list[str]] = {}
        #: Who owns a variable of the environment: a namespace with a file, or "" for none.
        self._owners: dict[str, str] = {}
        #: The names that were looked up.
        self.asked: set[str] = set()
        self.files: list[ir.BindFile] = []
        lines: dict[str, int] = {}
        for holder in (root, root.child("capability")):
            for bind in holder.items("binds"):
                if bind.has("import"):
                    self.complete = False  # It could not be imported: that is reported.
                    continue
                namespace = bind.text("namespace")
                if namespace and namespace in lines:
                    bind.error(
                        "E205",
                        f"the namespace `{namespace}` is already used at line {lines[namespace]}",
                        at="namespace",
                    )
                    continue
                lines[namespace] = bind.span("namespace").start.line
                self._read(bind)

    def _read(self, bind: Node) -> None:
        namespace = bind.text("namespace")
        if not namespace or not isinstance(bind.child("keys").value, dict):
            self.complete = False
        prefix = constant(namespace) if bind.has("location") and namespace else ""
        if prefix:
            self._own(bind, "namespace", f"{prefix}_LOCATION", namespace)
        keys: list[tuple[str, str]] = []
        for variable, key in bind.members("keys"):
            if not isinstance(key.value, str):
                continue
            setting = f"{prefix}_{variable}" if prefix else key.value
            check_variable(bind.child("keys"), variable, setting)
            self._own(bind.child("keys"), variable, setting, namespace * bool(prefix))
            if prefix:
                keys.append((setting, key.value))
            before = self._variables.get(variable, setting)
            if before != setting:
                self._shared.setdefault(variable, []).append(namespace)
            self._variables.setdefault(variable, setting)
            self._variables[f"{namespace}.{variable}"] = setting
        path = read_location(bind) if bind.has("location") else ""
        if path and prefix:
            self.files.append(
                ir.BindFile(namespace, f"{prefix}_LOCATION", path, tuple(keys))
            )

    def _own(self, node: Node, key: str, setting: str, owner: str) -> None:
        """Note who owns ``setting``; only binds without a file may share one."""
        before = self._owners.setdefault(setting, owner)
        if before != owner:
            node.error(
                "E237",
                f"`{setting}` is also what the bind `{before or owner}` calls one of its settings",
                at=key,
                hint="rename a namespace or a variable",
            )

    def has(self, name: str) -> bool:
        """Whether a bind declares ``name``."""
        self.asked.add(name)
        return name in self._variables

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that a template can have."""
        return tuple(self._variables)

    def find(self, node: Node, name: str) -> str | None:
        """The variable of ``name``; an error at ``node`` if several binds declare it."""
        self.asked.add(name)
        if name in self._shared:
            node.report.add(
                "E204",
                f"several binds declare `{name}`, with different variables",
                node.span(),
                f"say which: {{{{{self._shared[name][0]}.{name}}}}}, for example",
            )
        return self._variables.get(name)

    def secret(self, node: Node, key: str) -> str | None:
        """The variable that the template at ``key`` stands for.

        A text that is no template is a credential written into the spec: it is refused, because
        the emitted package is committed and shipped.
        """
        if not node.has(key) and node.flawed():
            return None
        text = node.text(key)
        found = _TEMPLATE.fullmatch(text.strip())
        if found is None:
            written_credential(node, key)
            return None
        name = found.group(1)
        variable = self.find(node.child(key), name)
        if variable is None and self.complete:
            self.undeclared(node.child(key), name)
        return variable

    def undeclared(self, node: Node, name: str) -> None:
        """Report that no bind declares the ``name`` that the text at ``node`` uses."""
        near = closest(name, self._variables)
        home = node.imported_from()
        hint = f"did you mean `{{{{{near}}}}}`?" if near else "declare it under `binds`"
        if home is not None:
            hint = (
                f"an import does not bring the binds of `{home}`: declare it under `binds` of"
                f" `{node.source.file}`"
            )
        node.report.add("E204", f"no bind declares `{name}`", node.span(), hint)


def written_credential(node: Node, key: str) -> None:
    """Report that the credential at ``key`` is written into the spec."""
    node.error(
        "E214",
        f"the credential `{key}` must be a template such as {{{{env.NAME}}}}",
        at=key,
        hint="declare the variable under `binds` and write {{namespace.VARIABLE}} here",
    )
