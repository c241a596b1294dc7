"""Runs the command line as `python -m hicm_desktop`. Nothing imports it."""

import sys

from hicm_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
