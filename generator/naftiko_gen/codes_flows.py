"""The codes of steps and mappings, in the form of the tables in ``codes``."""

__all__ = ["FLOWS"]

FLOWS = """
E281 an unknown step
    A mapping, a lookup or a value refers to the result of a step by the step's name, and
    no step of this list has the name. Correct the spelling; upper and lower case count.
E282 a step name is used twice
    The results of steps are known by the names of the steps, so that two steps of one
    list cannot share a name: the result of one would be lost. Rename one of them.
E283 a step is used before it has run
    Steps run in the order in which they are written, so that a step sees the results of
    those above it only. Move the step that is used further up.
E284 a path that is not plain
    The results of steps are found member by member: '$.step', '$.step.member.member'.
    Lists, filters and functions are not known there, and no name may be empty. Take what
    else is needed out of the answer with 'outputParameters' of the consumed operation.
E285 two mappings of one place
    Two mappings write to the same member of the answer, or one writes into a value that
    the other one writes. Only one of the two could be seen: rename a target.
"""
