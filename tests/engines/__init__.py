"""The site in engines besides Chromium's: what is checked is written once, and each engine has a
driver of its own.
"""
