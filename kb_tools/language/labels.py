"""Every word of the interface that is not content: the msgids of the catalog `interface`, by the
key that code and templates use.
"""

from __future__ import annotations

LABELS: dict[str, str | tuple[str, str]] = {
    # the kinds of value, as readers see them before a value
    "duration": "Retention period",
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
    "dismiss": "dismiss",
    "encrypted": "encrypted, method not stated",
    "not-encrypted": "not encrypted",
    "cipher": "%(bits)s-bit %(cipher)s",
    "at-most": "up to %(duration)s",
    "at-least": "at least %(duration)s",
    "until-deleted": "until explicitly deleted",
    "unspecified": "not stated",
    "inclusive": "%(date)s, this day included",
    "exclusive": "before %(date)s",
    # around a statement
    "colon": ": ",
    "comma": ", ",
    "named": "%(title)s (%(values)s)",
    "cited": "%(title)s, %(sections)s (%(kind)s, %(received)s)",
    "sources": "Sources",
    "source": "Source",
    "conditions": "Please note",
    "valid": "Validity",
    "valid-from": "since %(start)s",
    "valid-until": "until %(end)s, this day included",
    "valid-between": "from %(start)s to %(end)s, both days included",
    "past": "Past: this ended on %(end)s.",
    "future": "Not yet in force: this begins on %(start)s.",
    "in-force-on": "As of %(date)s",
    "not-in-force": "Not in force on %(date)s:",
    "conflict": "Contradicted by another claim",
    "conflict-short": "The sources contradict each other here",
    "twins": "Not to be confused with",
    "see-also": "See also",
    "about": "Subjects",
    "primary": "primary: Anthropic",
    "secondary": "secondary: reported by a third party",
    "reported": "Reported by a third party, %(publisher)s; not a statement by Anthropic.",
    "received": "received %(date)s",
    "untranslated": "This text is not available in your language; it is shown in English.",
    "address": "Link",
    # answers
    "no-answer": "No answer found: the knowledge base does not seem to cover this question.",
    "nearest": "Nearest topics",
    "where-to-ask": (
        "For anything not covered here, ask your Anthropic account representative or see"
        " Anthropic's own documentation."
    ),
    "searched-for": "Searched for: %(words)s",
    # pages
    "home-title": "Data policies of Claude: facts with sources",
    "home-intro": (
        "How long data is kept, what Zero Data Retention covers, who chooses about training, what"
        " is sent and where it is processed: short answers, each with its source, date and"
        " conditions."
    ),
    "home-ask": "Ask a question",
    "home-ask-hint": "For example: %(question)s",
    "home-topics": "Pick a topic",
    "search": "Search",
    "all-topics": "All topics",
    "from-file": (
        "The search does not work in a page opened from a file, because browsers load no scripts"
        " there. Run kb serve and open its address."
    ),
    "needs-script": "The search needs JavaScript; the topic pages do not.",
    "home-often": "Often asked",
    "home-facts": ("%(n)s fact", "%(n)s facts"),
    "home-private": (
        "Your question never leaves your device: everything is searched in your browser."
    ),
    "matrix": "Overview: features, endpoints and ZDR",
    "feature": "Feature",
    "eligible": "Eligible for ZDR",
    "kept": "How long data is kept",
    "why": "Why",
    "special-case": "special case",
    "picture": "The periods compared",
    "picture-intro": (
        "Each bar is one period, on a logarithmic scale; the same figures are in the table below."
    ),
    "fact": "Fact",
    "telemetry-matrix": "Overview: what is on by default",
    "service": "Service",
    "provider": "Provider",
    "default": "Default",
    "setting": "Setting",
    "turns-off": "off with %(variable)s",
    "applies-when": "when %(variable)s",
    "conflicts": "Where the article contradicts itself",
    "conflicts-intro": (
        "These claims cannot both be true. Both are kept, each with its place in the source; ask"
        " Anthropic before you rely on either."
    ),
    "claim": "Claim",
    "kind-of-source": "Kind of source",
    "page-secondary": (
        "Everything on this page is reported by a third party, %(publisher)s, and is not a"
        " statement by Anthropic. The report contradicts itself in places, which are marked."
    ),
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
    "authority-documents": (
        "Between a document by Anthropic (primary) and a report by a third party (secondary), the"
        " document by Anthropic prevails. Above both stand the customer's contract and Anthropic's"
        " current terms."
    ),
    "authority-languages": (
        "The English statement is the reference of this knowledge base; the other languages are"
        " translations of it, checked for the same figures. Where a translation and the English"
        " text differ, the English text prevails."
    ),
    "authority-advice": (
        "This knowledge base reports what documents say; it is not legal advice and not a"
        " publication of Anthropic."
    ),
    "home": "Home",
    "site-name": "Claude data policies",
    # the theme
    "permalink": "Link to this section",
    "not-found": "There is no such page",
    "not-found-hint": "Its address may be misspelt or may have changed.",
    "palette-auto": "Use the colours of the system",
    "palette-dark": "Use dark colours",
    "palette-light": "Use light colours",
    # the search box; what it says before an index is loaded is also in kb_tools/widget/view.mjs
    "widget-placeholder": "Ask a question",
    "widget-loading": "Loading the answers…",
    "widget-missing": "The answers could not be loaded.",
    "widget-version": "The answers are for another version: reload the page.",
    "widget-truncated": "The answers are incomplete: reload the page.",
    "widget-not-json": "The answers cannot be read: reload the page.",
    "widget-slow": "The answers are slow to load.",
    "widget-answers": "Answers",
    "widget-results": "Answers found: %(n)s.",
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
