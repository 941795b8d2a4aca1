"""Texts per language, letters, dates and numbers, and the words of documents."""
