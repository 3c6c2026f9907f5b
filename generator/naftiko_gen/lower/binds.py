"""``binds``: which environment variable holds the secret that a template names."""

from __future__ import annotations

import re

from naftiko_gen.diagnostics import closest

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
    """Variables by ``NAME`` and by ``namespace.NAME``, with the environment variable of each."""

    def __init__(self, root: Node) -> None:
        self._variables: dict[str, str] = {}
        #: Whether every declared variable could be read.
        self.complete = root.has("binds") or not root.flawed()
        #: Bare names that several namespaces declare.
        self._shared: dict[str, list[str]] = {}
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
        if bind.has("location"):
            bind.unsupported("location", "a bind with a location")
        namespace = bind.text("namespace")
        if not namespace or not isinstance(bind.child("keys").value, dict):
            self.complete = False
        for variable, key in bind.members("keys"):
            if isinstance(key.value, str):
                check_variable(bind.child("keys"), variable, key.value)
                before = self._variables.get(variable, key.value)
                if before != key.value:
                    self._shared.setdefault(variable, []).append(namespace)
                self._variables.setdefault(variable, key.value)
                self._variables[f"{namespace}.{variable}"] = key.value

    def has(self, name: str) -> bool:
        """Whether a bind declares ``name``."""
        return name in self._variables

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that a template can have."""
        return tuple(self._variables)

    def find(self, node: Node, name: str) -> str | None:
        """The environment variable of ``name``; an error at ``node`` if several binds declare it."""
        if name in self._shared:
            node.report.add(
                "E204",
                f"several binds declare `{name}`, with different variables",
                node.span(),
                f"say which: {{{{{self._shared[name][0]}.{name}}}}}, for example",
            )
        return self._variables.get(name)

    def secret(self, node: Node, key: str) -> str | None:
        """The environment variable that the template at ``key`` stands for.

        A text that is no template is a credential written into the spec: it is refused, because
        the emitted package is committed and shipped.
        """
        if not node.has(key) and node.flawed():
            return None
        text = node.text(key)
        found = _TEMPLATE.fullmatch(text.strip())
        if found is None:
            node.error(
                "E214",
                f"the credential `{key}` must be one template such as {{{{env.NAME}}}}",
                at=key,
                hint="declare the variable under `binds` and write {{namespace.VARIABLE}} here",
            )
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
