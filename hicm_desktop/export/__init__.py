"""The record as files for others: workbook and PDF. They render a report and decide nothing.

No Qt. May import `hicm_desktop.workshop`.
"""
