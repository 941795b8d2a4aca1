"""Runs every check over the whole folder; each check lives with the thing it checks."""
