"""The adapter to people: composes a digest into message bytes and hands them to an SMTP server or a file."""
