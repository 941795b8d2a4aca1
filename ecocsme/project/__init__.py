"""The project: its folder, its partners, its practices, its programme profile."""
