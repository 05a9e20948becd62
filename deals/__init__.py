"""Rules: whether an article tells of a deal, and the deal's terms with the words behind each value."""
