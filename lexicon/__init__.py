"""Shared knowledge and text: folding, sentences, boilerplate, ontology, company names; bundled read-only data."""
