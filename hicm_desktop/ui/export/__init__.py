"""The export dialog: what goes out, what it will look like, where to, and what came of it."""
