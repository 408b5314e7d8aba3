"""Every word of the interface that is not content: the msgids of the catalog `interface`, by the
key that code and templates use.
"""

from __future__ import annotations

LABELS: dict[str, str | tuple[str, str]] = {
    # the kinds of value, as readers see them before a value
    "duration": "Period",
    "date": "Date",
    "endpoint": "Endpoint",
    "variable": "Environment variable",
    "command": "Command",
    "parameter": "Parameter",
    "file": "File",
    "email": "E-mail address",
    "url": "Address",
    "in-transit": "Encryption in transit",
    "at-rest": "Encryption at rest",
    "switch": "Default with %(provider)s",
    "choices": "Possible answers",
    # values that are words
    "yes": "yes",
    "no": "no",
    "partly": "partly",
    "on": "on",
    "off": "off",
    "encrypted": "encrypted, method not stated",
    "not-encrypted": "not encrypted",
    "cipher": "%(bits)s-bit %(cipher)s",
    "at-most": "up to %(duration)s",
    "at-least": "at least %(duration)s",
    "until-deleted": "until explicitly deleted",
    "unspecified": "not stated",
    "inclusive": "%(date)s, inclusive",
    "exclusive": "before %(date)s",
    # around a statement
    "colon": ": ",
    "comma": ", ",
    "semicolon": "; ",
    "dash": " – ",
    "named": "%(title)s (%(values)s)",
    "cited": "%(title)s, %(sections)s (%(kind)s, %(received)s)",
    "cited-document": "%(title)s (%(kind)s, %(received)s)",
    "sources": "Sources",
    "references": "Sources of this page",
    "source": "Source",
    "conditions": "Please note",
    "valid": "Validity",
    "valid-from": "since %(start)s",
    "valid-until": "through %(end)s",
    "valid-between": "from %(start)s through %(end)s",
    "valid-from-disputed": "since %(first)s or %(last)s (the sources differ)",
    "valid-until-disputed": "through %(first)s or %(last)s (the sources differ)",
    "past": "Past: this ended on %(end)s.",
    "past-disputed": "Past: this ended on %(end)s at the latest; the sources differ on the date.",
    "future": "Not yet in force: this begins on %(start)s.",
    "future-disputed": (
        "Not yet in force: this begins on %(start)s at the earliest; the sources differ on the"
        " date."
    ),
    "disputed": "Disputed: in force by one date in the sources, not by the other.",
    "in-force-on": "As of %(date)s",
    "not-in-force": "Not in force on %(date)s:",
    "conflict": "Contradicted by another claim",
    "twins": "Not to be confused with",
    "see-also": "See also",
    "about": "Subjects",
    "primary": "primary: %(publisher)s",
    "secondary": "secondary: reported by a third party",
    "reported-title": "Reported by a third party",
    "reported": "Reported by a third party, %(publisher)s; not a statement by %(owner)s.",
    "received": "received %(date)s",
    "untranslated": "This text is not available in your language; it is shown in English.",
    "address": "Link",
    # answers
    "no-answer": "No answer found: the knowledge base does not seem to cover this question.",
    "closest": "No fact answers this for certain; these come closest.",
    "choice": "This depends on a condition, or sources differ on it:",
    "list": "Facts that match: %(n)s",
    "compare": "Side by side:",
    "topic": "Facts on this topic: %(n)s",
    "nearest": "Nearest topics",
    "searched-for": "Searched for: %(words)s",
    # pages
    "home-ask": "Ask a question",
    "home-topics": "Pick a topic",
    "home-figures": "Key figures",
    "documents": ("%(n)s document", "%(n)s documents"),
    "as-of": "As of",
    "as-of-note": "Shown as of %(date)s, not as of today.",
    "as-of-today": "Show what holds today",
    "fact-actions": "Copy or share this fact",
    "report": "Report a problem with this fact",
    "take-along": "Take this page along",
    "print": "Print",
    "table-copy": "Copy table",
    "table-csv": "Download as CSV",
    "table-filter": "Filter rows",
    "address-unknown": (
        "Public addresses of the documents are not known to this knowledge base; ask their"
        " publishers for them."
    ),
    "search": "Search",
    "search-submit": "Search",
    "all-topics": "All topics",
    "from-file": (
        "The search does not work in a page opened from a file, because browsers load no scripts"
        " there. Run kb serve and open its address."
    ),
    "needs-script": "The search needs JavaScript; the topic pages do not.",
    "home-facts": ("%(n)s fact", "%(n)s facts"),
    "home-private": (
        "Your question never leaves your device: everything is searched in your browser."
    ),
    "periods": "The periods compared",
    "periods-intro": (
        "The scale is logarithmic. A full bar is an exact period, a pale one the most that is"
        " stated, one with an arrow the least; a broken line has no stated end."
    ),
    "timeline": "Dates",
    "third-party": "third party",
    "fact": "Fact",
    "provider": "Provider",
    "turns-off": "off with %(variable)s",
    "applies-when": "when %(variable)s",
    "conflicts": "Claims that contradict each other",
    "conflicts-intro": (
        "The claims below each question cannot all be true. All are kept, each with its place in"
        " the source; ask %(owner)s before you rely on any."
    ),
    "kind-of-source": "Kind of source",
    "page-secondary": (
        "Everything on this page is reported by a third party, %(publisher)s, and is not a"
        " statement by %(owner)s."
    ),
    "page-contradicts": "The report contradicts itself in places, which are marked.",
    "sources-title": "Sources and authority",
    "sources-intro": (
        "Facts come from the documents below. Nothing is known of their own dates except what they"
        " say; each was received on the day given."
    ),
    "document": "Document",
    "publisher": "Publisher",
    "language": "Language",
    "note": "Note",
    "facts-from": ("%(n)s fact rests on it", "%(n)s facts rest on it"),
    "authority": "Which text is authoritative",
    "authority-statements": (
        "Statements restate the documents in our own words; where a statement differs from the"
        " document that it cites, the document prevails."
    ),
    "authority-languages": (
        "The English statement is the reference of this knowledge base; the texts in other"
        " languages are translations of it, checked for the same figures. Where a translation and"
        " the English text differ, the English text prevails."
    ),
    "moved": "This has moved: %(title)s",
    "withdrawn": "What stood here has been withdrawn.",
    "moved-title": "Moved or withdrawn",
    "home": "Home",
    # the page that shows the search box in a help desk
    "embed-title": "Embed the search box",
    "embed-intro": (
        "The search box answers in any page, such as that of a help desk. It searches in the"
        " reader's browser, and no question leaves that."
    ),
    "embed-try": "Try it with a ticket",
    "embed-samples": "Sample tickets",
    "embed-ticket": "Ticket",
    "embed-reply": "Reply",
    "embed-answers": "Language of the answers",
    "embed-snippet": "The lines for your page",
    "embed-copy": (
        "Copy the folder policy-kb of this site to your own server, and put these lines into a"
        " page."
    ),
    "embed-reference": "All attributes and events, in English",
    # the theme
    "permalink": "Link to this section",
    "not-found": "There is no such page",
    "not-found-hint": "Its address may be misspelled or may have changed.",
    "palette-auto": "Use the colors of the system",
    "palette-dark": "Use dark colors",
    "palette-light": "Use light colors",
    # the search box
    "widget-placeholder": "Ask a question",
    "widget-loading": "Loading the answers…",
    "widget-served": "Answered by %(host)s.",
    "widget-away": "%(host)s does not answer; this was searched in your browser.",
    "widget-missing": "The answers could not be loaded.",
    "widget-version": "The answers are for another version: reload the page.",
    "widget-truncated": "The answers are incomplete: reload the page.",
    "widget-not-json": "The answers cannot be read: reload the page.",
    "widget-slow": "The answers are slow to load.",
    "widget-answers": "Answers",
    "widget-results": "Answers found: %(n)s.",
    "widget-usual": "Usual questions",
    "widget-suggestions": "Suggested for this text",
    "widget-clear": "Clear",
    "widget-insert": "Insert",
    "widget-inserted": "Inserted",
    "widget-copy-text": "Copy as text",
    "widget-copy-link": "Copy link",
    "widget-copied": "Copied",
    "widget-not-copied": "Could not be copied",
    "widget-all": "All results",
}
"""Key to msgid; a pair is a msgid with its plural, counted by `n`."""

UNITS: dict[str, tuple[str, str]] = {
    "minute": ("%(n)s minute", "%(n)s minutes"),
    "hour": ("%(n)s hour", "%(n)s hours"),
    "day": ("%(n)s day", "%(n)s days"),
    "week": ("%(n)s week", "%(n)s weeks"),
    "month": ("%(n)s month", "%(n)s months"),
    "year": ("%(n)s year", "%(n)s years"),
}
"""Unit of a duration to msgid and plural, so that translators own the wording."""
