"""Rasa graph components and the knowledge importer: one class a file, named in config.yml."""
