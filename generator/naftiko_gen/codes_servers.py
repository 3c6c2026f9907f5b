"""What the codes of skills, of management and of files beside a spec mean."""

from __future__ import annotations

SERVER_ERRORS = """
E241 a file beside the capability that cannot be used
    What a capability names is made a part of its package when it is built. It lies in the
    folder of the capability or below it ('file:///skills/x' is 'skills/x' there), is no
    link to another place, and is small. The message says what is wrong with it.
E271 a skill is declared twice
    The name of a skill, or of a tool in a skill, is its address, so that it stands once.
    Rename one of them.
E272 a skill's tool stands for nothing
    'from' names the namespace of a REST or MCP adapter of this capability, and an operation
    or a tool of it. An agent that is sent there must find something. Correct the name.
E273 a skill's instruction is not among its files
    'instruction' is the path of a file in the folder that 'location' names. Add the file, or
    correct the path.
"""
