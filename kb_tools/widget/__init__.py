"""The search box `<policy-kb>`: the same search in the browser."""
