"""The pictures of the room view, each for a content of `hicm_desktop.workshop.room`."""
