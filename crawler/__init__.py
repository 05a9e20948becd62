"""The adapter to the web: polls feeds and fetches pages with Scrapy, turns bytes into entries and pages into text."""
