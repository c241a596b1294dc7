"""The room view: what the people see on the projector.

Only `director` knows the document and the console. Everything else here is given the values of
`hicm_desktop.workshop.room`, which can hold nothing private, and nothing more.
"""
