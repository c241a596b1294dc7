"""A workshop as a file: its codec with versions, and the safe file. No Qt.

May import `hicm_desktop.workshop` and what lies below it. For `hicm_desktop.document` and the
command line.
"""
