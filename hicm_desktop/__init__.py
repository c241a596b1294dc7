"""HICM Workshop: take a group through the High Impact Change Model and send out the record."""

__version__ = "0.1.0"
