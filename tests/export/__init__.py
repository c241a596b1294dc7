"""Tests of the exporters, mirroring `hicm_desktop.export`."""
