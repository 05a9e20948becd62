"""The verbs of the command line: one module a verb, named like it, whose `command` is what click runs."""
