"""Where a site listens, and under which names it may be called."""

from __future__ import annotations

import errno
import socket
from collections.abc import Sequence
from typing import Final

_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE: Final = ("0.0.0.0", "::", "")
# A name can have addresses that this machine does not: `localhost` in a container
# without IPv6.
_NOT_HERE: Final = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


class CannotServe(Exception):
    """A site that cannot be started; the message is one line for the user."""


def bind(host: str, port: int, reuse_port: bool = False) -> list[socket.socket]:
    """Sockets bound to all addresses of a host name; they do not listen yet.

    With port 0 the system picks a port, the same for all of them. Raises
    CannotServe.
    """
    place = host_header(host, port)
    sockets: list[socket.socket] = []
    problem: OSError | None = None
    try:
        found = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        for family, _, _, _, address in dict.fromkeys(found):
            wanted = port_of(sockets) if sockets else port
            try:
                sockets.append(_bound(family, address, wanted, reuse_port))
            except OSError as error:
                if error.errno not in _NOT_HERE:
                    raise
                problem = error
        if problem is not None and not sockets:
            raise problem
    except (OSError, OverflowError, UnicodeError) as error:
        for one in sockets:
            one.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotServe(f"cannot listen on {place}: {reason}") from None
    return sockets


def port_of(sockets: Sequence[socket.socket]) -> int:
    """The port of bound sockets."""
    port: int = sockets[0].getsockname()[1]
    return port


def host_header(host: str, port: int) -> str:
    """Host and port as they stand in a URL."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def on_loopback(host: str) -> bool:
    """Whether only this machine can call a site on that address."""
    return host in _LOOPBACK or host.startswith("127.")


def rest_hosts(host: str, port: int, extra: Sequence[str]) -> tuple[str, ...] | None:
    """The names by which a REST site may be called; None for any.

    One that other machines reach has names that only the operator knows. A site on
    loopback has no others: there, a name of a foreign page is an attack.
    """
    if not extra and not on_loopback(host):
        return None
    return allowed_hosts(host, port, extra)


def allowed_hosts(host: str, port: int, extra: Sequence[str]) -> tuple[str, ...]:
    """The Host headers that a site takes: its own names, and what was added.

    A site on loopback, or on all addresses, is called by the names of loopback. An
    added name without a port is good for any port, since a proxy passes its own.
    """
    own = _LOOPBACK if host in (*_LOOPBACK, *_EVERYWHERE) else (host,)
    names = [host_header(name, port) for name in own]
    if port == 80:
        names += [f"[{name}]" if ":" in name else name for name in own]
    for name in extra:
        bare = name != "*" and ":" not in name.rpartition("]")[2]
        names += [name, f"{name}:*"] if bare else [name]
    return tuple(dict.fromkeys(names))


def allowed_origins(hosts: Sequence[str], extra: Sequence[str]) -> tuple[str, ...]:
    """The Origin headers that a site takes: pages of its hosts, and what was added."""
    named = [host for host in hosts if host != "*"]
    own = [f"{scheme}://{host}" for host in named for scheme in ("http", "https")]
    return tuple(dict.fromkeys((*own, *extra)))


def _bound(
    family: int, address: tuple[object, ...], port: int, reuse_port: bool
) -> socket.socket:
    one = socket.socket(family, socket.SOCK_STREAM)
    try:
        one.setblocking(False)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if reuse_port:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind((address[0], port, *address[2:]))
    except BaseException:
        one.close()
        raise
    return one
