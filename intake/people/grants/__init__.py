"""Roles that wait for a second person: who may be that, and in which words."""
