"""The vocabulary: what every room of pactwatch talks about, and nothing that does anything.

Frozen dataclasses, errors, the identity of addresses. Standard library only. All times are aware and in UTC; all
amounts of money are in units (not millions) with an ISO 4217 code.
"""
