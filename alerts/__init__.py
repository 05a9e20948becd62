"""Rules: saved searches, what matches them, who is told what, and which windows are due."""
