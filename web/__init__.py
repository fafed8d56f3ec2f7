"""The public web process: limits, masks, signs, asks Rasa, falls back to search, records, shows."""
