"""Themes: the codebook, the decisions of people, and which note belongs to which theme."""
