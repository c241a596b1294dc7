"""The closing tab: the read-back, the actions put first, and the sign-off."""
