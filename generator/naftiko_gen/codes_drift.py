"""The codes of packages that are not what their specs give, in the form of ``codes``."""

__all__ = ["DRIFT"]

DRIFT = """
E801 a spec changed since its package was built
    'check' builds in memory and compares: the lines shown are not those that the package
    was built from, or a file that the spec names, or a template of the project's own,
    changed. Run 'naftiko-gen build' and commit what it writes together with the change.
E802 a file of a package was edited
    The file differs from what was written, though nothing that it is made of changed. The
    next build would lose the edit. Change the spec, an overlay or a template instead; what
    is not generated belongs in a file of its own, or in the hooks of the package.
E803 a file of a package is missing or left over
    The lock lists a file that is not there, or one that the spec no longer gives. Run
    'naftiko-gen build', which writes the one and removes the other.
E804 the generator or an option changed
    The package was built by another version of the generator or with other options, and
    this one gives something else. Pin the version that CI uses, or build again and review
    the difference.
E805 a package whose spec is gone
    The folder holds a package of ours, and no spec of the project is built as it: the spec
    was renamed or deleted. 'naftiko-gen build --prune' removes the files that were written
    for it, and nothing else.
"""
