"""HICM Workshop: take a group through the High Impact Change Model and send out the record."""

PRODUCT = "HICM Workshop"
"""The program's name, as people read it."""

__version__ = "0.1.0"
