"""The assistant's logic in plain Python: knowledge, understanding, answering, privacy.

Nothing in this package imports Rasa or the web framework, so actions, web and tools share it.
"""
