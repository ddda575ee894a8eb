"""The check certificate of a disclosure: every identity with both sides, as values, HTML and CSV."""
