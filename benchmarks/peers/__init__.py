"""Hand-written servers that make the same signed call as the generated one."""
