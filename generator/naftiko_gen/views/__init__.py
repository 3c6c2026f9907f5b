"""What the templates print: one module for each emitted file, which turns IR into source text."""
