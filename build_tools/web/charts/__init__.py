"""Charts as values, and their tables and data in HTML."""
