"""A workshop as a file: its codec with versions, and the safe file. No Qt."""
