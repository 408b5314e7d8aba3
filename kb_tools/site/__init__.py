"""How it is read: entries to pages, pages to the site."""
