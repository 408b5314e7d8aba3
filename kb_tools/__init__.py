"""A multilingual knowledge base of policy facts: stored once, rendered in four languages, found
from any.
"""

__version__ = "0.1.0"
