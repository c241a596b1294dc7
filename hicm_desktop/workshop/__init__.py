"""What a room records: frozen values, every edit as a pure function, and the neutral report.

No I/O and no Qt. May import `hicm_desktop.model` only.
"""
