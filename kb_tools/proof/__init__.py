"""Why it can be trusted: everything that must hold before the knowledge base is published."""
