"""Requests and answers: access, error pages, language, templates, kept pages, limits."""
