"""From the plan of a package to its files: printed, looked at, in the shape that black gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from . import shipped
from .errors import InternalError
from .stages import Stages

if TYPE_CHECKING:
    from .diagnostics import Report
    from .overrides import Override
    from .plan import Item


def emit(
    items: Sequence[Item], stages: Stages
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The content of every item by path, and the templates of those that have one."""
    files: dict[str, bytes] = {}
    origins: dict[str, str] = {}
    with stages("render"):
        for item in items:
            if item.path in files:
                raise InternalError(f"two items of the plan make {item.path}")
            if item.template is not None:
                from . import render

                text = render.render(item.template, item.context)
                files[item.path] = text.encode("utf-8")
                origins[item.path] = item.template
            elif item.static is not None:
                files[item.path] = shipped.static(item.static)
            elif item.data is not None:
                files[item.path] = item.data
            else:
                raise InternalError(f"the plan does not say what {item.path} is")
    return files, origins


def emitted(
    items: Sequence[Item],
    known: Iterable[bytes],
    overrides: Mapping[str, Override],
    report: Report,
    stages: Stages,
) -> dict[str, bytes] | None:
    """Every file by path; None after an error of a template in ``overrides`` went to ``report``.

    ``known`` are the inputs of the build. Raises InternalError for what is wrong with anything of
    the generator itself.
    """
    ours = [item for item in items if item.template not in overrides]
    files, origins = emit(ours, stages)
    with stages("verify"):
        from . import verify

        verify.check(files, origins, known)
    with stages("black"):
        files = verify.shaped(files, origins)
    theirs = [item for item in items if item.template in overrides]
    if not theirs:
        return files
    with stages("templates"):
        printed = {
            item.path: _printed(item, overrides[item.template], report)
            for item in theirs
            if item.template is not None
        }
    contents = {path: text for path, text in printed.items() if text is not None}
    return {**files, **contents} if len(contents) == len(theirs) else None


def overrides_in(
    folder: str, report: Report, stages: Stages
) -> Mapping[str, Override] | None:
    """The templates of the project's own by name; None after an error went to ``report``."""
    if not folder:
        return {}
    with stages("templates"):
        from .overrides import load

        before = len(report.errors)
        found = load(folder, report)
    return found if len(report.errors) == before else None


def _printed(item: Item, override: Override, report: Report) -> bytes | None:
    """What an override makes of an item; None after E714 or E715."""
    from . import render_overrides, verify
    from .overrides import Faulty

    try:
        content = render_overrides.render(override, item.context).encode("utf-8")
        return verify.own(content) if item.path.endswith(".py") else content
    except verify.NotPython as error:
        message = (
            f"this template prints {item.path}, whose line {error.line} is not Python: "
            f"{error.problem}"
        )
        span = override.span(_line_of(override, error.text))
        hint = f"the line is `{error.text}`" if error.text else "see how it ends"
        report.add("E715", message, span, hint)
    except Faulty as error:
        error.tell(report)
    return None


def _line_of(override: Override, text: str) -> int:
    """The line of the template that stands in the output as it is; 1 when that is not certain."""
    found = [
        number for number, line in enumerate(override.lines, 1) if line.strip() == text
    ]
    return found[0] if text and len(found) == 1 else 1
