"""How it is found: text to terms, entries to indexes, a question to answers."""
