"""From a workshop's event file to an action plan: one unbroken, provable chain of plain files."""

__version__ = "0.1.0"
