"""The action plan tab: the published table of actions, edited in place.

`page` is for `hicm_desktop.ui.console`; the other modules are for each other alone.
"""
