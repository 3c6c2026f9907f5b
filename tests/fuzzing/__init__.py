"""Documents that nobody would write, made of documents that somebody would."""
