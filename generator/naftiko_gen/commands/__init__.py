"""What the commands do, once the command line is parsed; each module is imported when it is needed."""
