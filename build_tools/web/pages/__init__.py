"""Which pages there are and what each needs; a page kind's values and its pieces of HTML live together."""
