"""Mail to what is asked in it: without quoted history, signature, small print and what an answering
machine writes. The widget's `mail.mjs` mirrors it.

Libraries that take replies out of mail exist for Python or for JavaScript, each with rules of its
own; here both must decide alike, so the rules are patterns that both read.
"""

from __future__ import annotations

import re

PATTERNS = {
    # a line of an earlier mail
    "quoted": (r"^[ \t\u3000]*(?:[>＞|]|&gt;)"),
    # a line after which everything is an earlier mail
    "history": (
        r"^[-=*_<>\[\]()【】「」~+. \t\u3000]*"
        r"(?:original message|message d.origine|message transf[ée]r[ée]|forwarded message"
        r"|begin forwarded message|urspr[üu]ngliche nachricht|mensaje original"
        r"|messaggio originale|oorspronkelijk bericht|mensagem original|元のメッセージ"
        r"|転送メッセージ|引用|以下引用"
        r"|原始邮件|原始郵件|转发的邮件|轉寄的郵件|原邮件"
        r"|원본 메시지)[-=*_<>\[\]()【】「」~+. \t\u3000]*$"
        r"|^(?:on|le|am|el|il|op|em)\b.{4,160}[ \xa0](?:wrote"
        r"|[ée]crit|schrieb|escribi[óo]|ha scritto|schreef"
        r"|escreveu)[ \t\u3000]*[:：]?[ \t\u3000]*$|^.{0,160}(?:さん(?:は|が)?(?:書きました"
        r"|のメール|からのメール)"
        r"|のメッセージ|写道|寫道|님이 작성)[ \t\u3000]*[:：][ \t\u3000]*$"
        r"|^(?:am|op)\b.{4,80} (?:schrieb|schreef) .{1,80}[:：]$|^_{8,}[ \t\u3000]*$"
    ),
    # the first line of the head of a forwarded mail
    "header": (
        r"^[* ]*(?:from|de|von|van|da|差出人|发件人|寄件者|寄件人"
        r"|보낸 사람)[ \t\u3000]*[:：][ \t\u3000]*\S"
    ),
    # the line after it
    "next_header": (
        r"^[* ]*(?:sent|date|to|subject|envoy[ée]|[àa]|objet|gesendet|datum|an|betreff|enviado"
        r"|fecha|para|asunto|inviato|data|a|oggetto|verzonden|aan|onderwerp|assunto|送信日時"
        r"|日時|宛先"
        r"|件名|发送时间|时间|收件人|主题|寄件日期|收件者|主旨|보낸 날짜|받는 사람"
        r"|제목)[ \t\u3000]*[:：]"
    ),
    # a line from which on there is a signature
    "signature": (
        r"^--[ \t\u3000]*$|^(?:(?:kind|best|warm|many)[ \t\u3000]+regards|regards"
        r"|best(?: wishes)?|sincerely|yours[ \t\u3000]+\w+|cheers|thanks in advance"
        r"|sent from my\b.*|(?:bien[ \t\u3000]+)?cordialement|(?:meilleures"
        r"|sinc[èe]res)[ \t\u3000]+salutations|salutations.*|bien à vous"
        r"|(?:mit[ \t\u3000]+)?(?:freundlichen|besten|viele|liebe)[ \t\u3000]+gr[üu](?:ß|ss)en?"
        r"|mfg|(?:un[ \t\u3000]+)?saludos?(?:[ \t\u3000]+cordial(?:es)?)?|atentamente"
        r"|cordiali[ \t\u3000]+saluti|distinti[ \t\u3000]+saluti"
        r"|met[ \t\u3000]+vriendelijke[ \t\u3000]+groet(?:en)?|atenciosamente|cumprimentos"
        r"|以上|敬具"
        r"|此致|敬礼|敬禮|祝好|顺祝商祺|谢谢|감사합니다)[ \t\u3000]*[,.，。、!！]*[ \t\u3000]*$"
    ),
    # what tells a paragraph of small print
    "small_print": (
        r"intended recipient|may contain confidential|this e-?mail (?:and any|may|is)|disclaimer"
        r"|please consider the environment|ce (?:message|courriel)[^.]{0,60}confidentiel"
        r"|destinataire (?:pr[ée]vu|vis[ée])|vertrauliche informationen|este (?:mensaje"
        r"|correo)[^.]{0,60}confidencial|questo messaggio[^.]{0,60}riservat"
        r"|dit bericht[^.]{0,60}vertrouwelijk|esta mensagem[^.]{0,60}confidencia|本メール(?:に|は"
        r"|の)[^。]{0,40}(?:機密|秘密|誤送信)|本邮件[^。]{0,40}(?:保密|机密)"
        r"|本郵件[^。]{0,40}(?:保密|機密)"
    ),
    # what tells that an answering machine writes
    "automatic": (
        r"\bout of (?:the )?office\b|\bautomatic reply\b|\bauto-?reply\b"
        r"|mailbox is not monitored|limited access to (?:my )?e-?mail|\bon (?:annual|parental"
        r"|sick) leave (?:until|from)\b|absente? du bureau|r[ée]ponse automatique"
        r"|actuellement (?:absente?|en cong[ée])|je suis en cong[ée]|abwesenheitsnotiz"
        r"|automatische antwort|nicht im b[üu]ro|fuera de la oficina|respuesta autom[áa]tica"
        r"|fuori ufficio|risposta automatica|afwezigheids|automatisch antwoord"
        r"|fora do escrit[óo]rio|resposta autom[áa]tica|不在にして|不在のため|不在通知"
        r"|自動返信|自動応答|休暇をいただいて"
        r"|不在办公室|自动回复|自動回覆|正在休假|부재중|자동 회신|자동 응답"
    ),
}
"""What tells the parts of a mail, matched in lower case; the browser is given the same."""
LONGEST_QUESTION = 120
"""Characters of one line that are a question as they stand, if they are no quotation."""
_LINE_END = re.compile(r"\r\n?|\n")
_MATCH = {name: re.compile(pattern, re.ASCII) for name, pattern in PATTERNS.items()}


def asked_in(text: str) -> str:
    """The part of a text that somebody asks; empty where it is quoted, signed or sent by a machine
    throughout.

    >>> asked_in("How long?\\n\\nKind regards\\nJane\\n\\n> Files are kept.")
    'How long?'
    """
    if _tells("automatic", text):
        return ""
    lines = _LINE_END.split(text)
    if len(lines) == 1 and len(text) <= LONGEST_QUESTION and text.lstrip()[:1] not in (">", "＞"):
        return text
    kept: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        forwarded = _tells("header", line) and _tells("next_header", following)
        if forwarded or _tells("history", line):
            break
        if not _tells("quoted", line):
            kept.append(line)
    if len(lines) == 1:
        return "".join(kept)
    paragraphs = [part for part in _paragraphs(kept) if not _tells("small_print", " ".join(part))]
    return "\n\n".join("\n".join(part) for part in _unsigned(paragraphs)).strip()


def _tells(name: str, text: str) -> bool:
    return bool(_MATCH[name].search(text.lower()))


def _paragraphs(lines: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [part for part in found if part]


def _unsigned(paragraphs: list[list[str]]) -> list[list[str]]:
    """Paragraphs without the signature: from its line on to the end of the paragraph, and the next
    paragraph where that line stands alone. Later ones are kept: some write below.
    """
    found, skip = [], False
    for part in paragraphs:
        if skip:
            skip = False
            continue
        sign = next((at for at, line in enumerate(part) if _tells("signature", line.strip())), None)
        if sign is None:
            found.append(part)
            continue
        skip = sign == len(part) - 1 and part[sign].strip() != "--"
        if part[:sign]:
            found.append(part[:sign])
    return found
