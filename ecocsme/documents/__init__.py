"""Documents: what goes into each kind, Jinja to Markdown, Markdown to Word."""
