"""Which reader reads: known without loading it, which takes a second."""

READER_VERSION = "3"
"""Goes up with every change of the rules or weights that can change a reading."""
