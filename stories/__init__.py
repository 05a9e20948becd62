"""Rules: which reports tell the same news, and which news belong to the same deal."""
