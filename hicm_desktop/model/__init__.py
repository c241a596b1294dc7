"""The published model: frozen values, and the reader that makes them from YAML.

The bottom layer. Imports nothing of ours but `hicm_desktop.errors`, and no Qt.
"""
