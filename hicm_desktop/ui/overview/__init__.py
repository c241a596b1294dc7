"""The Overview tab: the profile, who met, and the model to read. For `hicm_desktop.ui.console`."""
