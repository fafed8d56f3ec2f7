"""Custom actions: thin adapters from Rasa's tracker to the assistant, one concern a file."""
