"""How it is said: catalogs, labels, questions; a fact and a locale make an Entry."""
