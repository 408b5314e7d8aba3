"""What is stored: facts with their typed values, sources and subjects, read from YAML and
checked.
"""
