"""Makes the folder that is handed out: freezes the program, looks into it, and packs it."""
