"""Speed and memory of what naftiko-gen emits, measured against its peers."""
