"""What the codes of answers in other formats than JSON mean."""

from __future__ import annotations

FORMAT_ERRORS = """
E298 a schema of answers that cannot be used
    Answers in Avro and Protobuf are read with the schema that 'outputSchema' names, for
    HTML it is a CSS selector of tables, for Markdown the start of headings; other
    formats have none. Schemas are checked, and those of Protobuf compiled, when the
    package is built. The message says what is wrong; the file is looked for beside the
    capability, and what a schema of Protobuf imports beside that schema.
"""

# What lacks on the machine that builds.
FORMAT_TOOLS = """
E601 a tool for schemas is not installed
    Schemas of Avro and Protobuf and selectors for HTML are checked with libraries that
    the generator does not need otherwise. Install it with the extra 'formats', which
    brings all of them. The packages that are made declare what they need themselves.
"""

FORMAT_WARNINGS = """
W298 a schema that nothing reads
    'outputSchema' stands at an operation whose answers are read without one: only Avro
    and Protobuf have a schema, HTML a selector of tables and Markdown the start of
    headings. It has no effect. Remove it, or correct 'outputRawFormat'.
W299 outputs of a binary answer
    Nothing can be taken out of an answer whose 'outputRawFormat' is binary, so it is
    passed on as it comes and the outputs have no effect. Remove them.
"""
