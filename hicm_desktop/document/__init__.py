"""The open workshop: undo, saving without being asked, and the state of its file.

QtCore and QtGui only, no widgets. May import `hicm_desktop.storage` and what lies below it.
"""
