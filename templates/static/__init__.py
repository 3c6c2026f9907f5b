"""Modules that emitted packages carry unchanged.

They are real modules: linted, typed and tested here, then copied byte for byte
beside the generated ones. They import one another relatively and nothing else of
ours, because an emitted package shares no run-time library with the generator.
This file itself is not copied.
"""
