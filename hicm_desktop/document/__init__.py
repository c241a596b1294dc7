"""The open workshop: undo, saving, and what is being shown. QtCore and QtGui, no widgets."""
