"""Files as text with line numbers, whole-or-nothing writing, safe archives, and where the templates are."""
