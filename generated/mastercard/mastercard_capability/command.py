"""The command line of an emitted package.

Exit status: 0 for success; 1 when a call failed, when something cannot be started or
when settings are missing; 64 for wrong usage (EX_USAGE of sysexits.h).
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NoReturn

from .environment import Environment, SettingsError
from .listening import CannotServe
from .package import Adapter, ContextT, Package, SettingsT, UsageError

if TYPE_CHECKING:
    from .sandbox import SandboxOptions

__all__ = ["Adapter", "Package", "main"]

FAILED: Final = 1
USAGE: Final = 64

_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class _Version(argparse.Action):
    """Prints what the package is and ends, like `--help`."""

    def __call__(self, parser: argparse.ArgumentParser, *others: object) -> NoReturn:
        from .provenance import version_text

        print(version_text(parser.prog, str(self.const)))
        parser.exit()


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}\n{self.format_usage().rstrip()}")


def main(
    package: Package[SettingsT, ContextT],
    argv: Sequence[str] | None = None,
    environ: Mapping[str, str] | None = None,
) -> int:
    """Run one command and give the exit status.

    `argv` and `environ` are those of the process when they are None.
    """
    environ = os.environ if environ is None else environ
    # Imports allocate a lot and free nothing, so collections are wasted on them;
    # serving turns them on again when all is loaded.
    gc.disable()
    try:
        arguments = _arguments(_parser(package), argv)
        _set_up_logging(environ, arguments.command == "serve" and arguments.access_log)
        return _run(package, arguments, argv, environ)
    except UsageError as error:
        _tell(f"{package.program}: {error}")
        return USAGE
    except SettingsError as error:
        _tell(f"{package.program}: cannot start, because")
        for problem in error.problems:
            _tell(f"  {problem}")
        return FAILED
    except CannotServe as error:
        _tell(f"{package.program}: {error}")
        return FAILED
    except KeyboardInterrupt:
        return 128 + 2
    finally:
        gc.enable()


def _run(
    package: Package[SettingsT, ContextT],
    arguments: argparse.Namespace,
    argv: Sequence[str] | None,
    environ: Mapping[str, str],
) -> int:
    sandbox = _sandbox_options(package, arguments, environ)
    environ = {**environ, **_told(package, arguments)}
    if arguments.command == "serve":
        from .command_serve import Wish, select, serve

        only = arguments.only
        if package.metered is not None and environ.get(_metrics_port(package)):
            package = package.metered(package, environ)
            only = only and [*only, package.adapters[-1].namespace]
        elif package.metered is not None and arguments.metrics_host is not None:
            raise UsageError("--metrics-host needs --metrics")
        sites = select(package.adapters, only, dict(arguments.port), arguments.host)
        wish = Wish(sites, arguments.workers, arguments.access_log, sandbox)
        return serve(package, wish, argv, environ, _tell)
    if arguments.command == "stdio":
        from .command_stdio import stdio

        return stdio(package, arguments.only, environ, sandbox, _tell)
    from .command_call import call

    operation = arguments.operation
    text = "{}" if arguments.input is None else arguments.input
    return call(package, operation, text, environ, sandbox, _tell)


def _told(
    package: Package[SettingsT, ContextT], arguments: argparse.Namespace
) -> dict[str, str]:
    """The settings that were given as options."""
    found: dict[str, str] = {}
    for name in ("read_only", "require_bearer", "require_basic"):
        if getattr(arguments, name, False):
            found[f"{package.prefix}_{name.upper()}"] = "true"
    for name in ("metrics_port", "metrics_host"):
        given = getattr(arguments, name, None)
        if given is not None:
            found[f"{package.prefix}_{name.upper()}"] = given
    return found


def _metrics_port(package: Package[SettingsT, ContextT]) -> str:
    return f"{package.prefix}_METRICS_PORT"


def _arguments(
    parser: argparse.ArgumentParser, argv: Sequence[str] | None
) -> argparse.Namespace:
    """What was given; `call OPERATION --option JSON` means the same as JSON first.

    argparse before Python 3.13 ends the operands at the first option, so that an
    input after it is left over.
    """
    arguments, others = parser.parse_known_args(argv)
    awaited = arguments.command == "call" and arguments.input is None
    if awaited and len(others) == 1 and (others[0] == "-" or others[0][:1] != "-"):
        arguments.input = others.pop()
    if others:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    return arguments


def _parser(package: Package[SettingsT, ContextT]) -> argparse.ArgumentParser:
    parser = _Parser(prog=package.program)
    parser.add_argument(
        "--version",
        action=_Version,
        nargs=0,
        const=package.version,
        help="print the version, the generator's and the capability's digest",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    namespaces = ", ".join(adapter.namespace for adapter in package.adapters)

    serve = commands.add_parser("serve", help="serve REST and MCP over HTTP")
    serve.add_argument("--host", metavar="H", help="the address to listen on")
    serve.add_argument(
        "--port",
        metavar="NS=PORT",
        action="append",
        default=[],
        type=_port,
        help=f"the port of an adapter ({namespaces}); 0 takes a free one",
    )
    serve.add_argument(
        "--only", metavar="NS", action="append", help="serve only this adapter"
    )
    serve.add_argument(
        "--workers", metavar="N", type=_count, default=1, help="processes (default 1)"
    )
    serve.add_argument(
        "--access-log", action="store_true", help="log one line for each call"
    )

    for name, what in (("bearer", "a bearer token"), ("basic", "user and password")):
        serve.add_argument(
            f"--require-{name}",
            action="store_true",
            help=f"ask callers of adapters that ask nobody for {what}",
        )

    if package.metered is not None:
        serve.add_argument(
            "--metrics",
            metavar="PORT",
            dest="metrics_port",
            type=_port_text,
            help="count calls, and tell Prometheus on this port (GET /metrics)",
        )
        serve.add_argument(
            "--metrics-host", metavar="H", help="its address (default 127.0.0.1)"
        )

    stdio = commands.add_parser("stdio", help="serve MCP over stdin and stdout")
    stdio.add_argument("--only", metavar="NS", help="the MCP adapter to serve")

    for command in (serve, stdio):
        command.add_argument(
            "--read-only",
            action="store_true",
            help="serve only what changes nothing",
        )

    call = commands.add_parser("call", help="make one call and print the answer")
    call.add_argument("operation", metavar="OPERATION")
    call.add_argument(
        "input",
        metavar="JSON",
        nargs="?",
        help="the input, an object of JSON; - reads it from stdin",
    )
    for command in (serve, stdio, call) if package.sandbox is not None else ():
        _add_sandbox(command)
    return parser


def _add_sandbox(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("sandbox")
    group.add_argument(
        "--sandbox",
        action="store_true",
        help="call a stand-in for the provider on this machine; needs no account",
    )
    group.add_argument("--sandbox-delay", metavar="S", type=float, default=0.0)
    group.add_argument("--sandbox-jitter", metavar="S", type=float, default=0.0)
    group.add_argument("--sandbox-error", metavar="TEXT", action="append", default=[])
    group.add_argument("--sandbox-error-rate", metavar="R", type=float, default=0.0)


def _sandbox_options(
    package: Package[SettingsT, ContextT],
    arguments: argparse.Namespace,
    environ: Mapping[str, str],
) -> SandboxOptions | None:
    if package.sandbox is None:
        return None
    delay, jitter = arguments.sandbox_delay, arguments.sandbox_jitter
    errors, rate = tuple(arguments.sandbox_error), arguments.sandbox_error_rate
    if not arguments.sandbox:
        if delay or jitter or errors or rate:
            raise UsageError("the --sandbox-... options need --sandbox")
        return None
    from .sandbox import SandboxOptions

    # The sandbox's key is configured as the operator says that the real one is.
    window = environ.get(package.nonce_window_variable, "").strip()
    try:
        return SandboxOptions(
            delay=delay,
            jitter=jitter,
            errors=errors,
            error_rate=rate,
            nonce_window=int(window) if window.isdecimal() else 0,
        )
    except ValueError as error:
        raise UsageError(f"--sandbox: {error}") from None


def _port(text: str) -> tuple[str, int]:
    namespace, _, port = text.rpartition("=")
    if not namespace or not port.isdecimal() or int(port) > 65535:
        message = f"{text!r} is not NAMESPACE=PORT with a port of 0 to 65535"
        raise argparse.ArgumentTypeError(message)
    return namespace, int(port)


def _port_text(text: str) -> str:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port of 0 to 65535")
    return text


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 256")
    return int(text)


def _set_up_logging(environ: Mapping[str, str], access_log: bool) -> None:
    settings = Environment(environ)
    level = settings.choice("LOG_LEVEL", _LEVELS) or "WARNING"
    settings.finish()
    line = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(stream=sys.stderr, level=level, format=line)
    if access_log:
        logging.getLogger("access").setLevel(logging.INFO)


def _tell(line: str) -> None:
    # In one write, so that the lines of two workers never mix.
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
