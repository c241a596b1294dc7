"""The parts of the workshop details dialog: who is in the room, and what is on the agenda.

For `hicm_desktop.ui.details_dialog` alone.
"""
