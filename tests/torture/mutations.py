"""Translations changed so that they say something else: `kb check` must tell each.

The words here were chosen without the tables of the readers, as a careless or a hostile hand would
choose them.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from kb_tools.content.values import PLACEHOLDER
from kb_tools.language import catalog as catalogs
from kb_tools.language.proofreading import message_problems
from kb_tools.locales import Locale
from kb_tools.project import Project
from kb_tools.proof import reader, wording

MOST = 25
"""Mutations of one kind in one language."""
_P = r"(?P<value>%\(\w+\)s)"
Rules = Sequence[tuple[str, str]]
RULES: dict[str, dict[str, Rules]] = {
    "fr": {
        "a bound in other words": [
            (_P, r"plus de \g<value>"),
            (_P, r"moins de \g<value>"),
            (_P, r"au moins \g<value>"),
            (_P, r"\g<value> au maximum"),
            (_P, r"jusqu’à \g<value>"),
            (_P, r"au-delà de \g<value>"),
        ],
        "since and until": [
            (r"à compter du|à partir du|depuis le|depuis", "jusqu’au"),
            (r"jusqu’au", "depuis le"),
            (r"avant le", "après le"),
            (r"\bavant\b", "après"),
            (r"\baprès\b", "avant"),
        ],
        "a denial lost": [
            (r"\bn’(est|a|ont|entraîne|y) pas\b", r"\1"),
            (r"\bne (\w+) pas\b", r"\1"),
            (r"\bne sont pas\b", "sont"),
            (r"\b[Aa]ucune? ", "Une "),
            (r"\bsans\b", "avec"),
            (r"\bnon ", ""),
        ],
        "a denial added": [
            (r"\best\b", "n’est pas"),
            (r"\bsont\b", "ne sont pas"),
            (r"\bpeut\b", "ne peut pas"),
            (r"\bpeuvent\b", "ne peuvent jamais"),
            (r"\.$", ", sans exception ni non plus de limite."),
        ],
        "denied without a negation": [
            (r"\bcouvre\b", "exclut"),
            (r"\bs’applique à\b", "exclut"),
            (r"\bs’applique aux\b", "exclut les"),
            (r"\best éligible\b", "est exclu"),
            (r"\bsont éligibles\b", "sont exclus"),
            (r"\bpermet\b", "interdit"),
        ],
        "on and off": [
            (r"\bdésactivé", "activé"),
            (r"(?<!dés)\bactivé", "désactivé"),
            (r"\bdésactiver\b", "activer"),
            (r"(?<!dés)\bactiver\b", "désactiver"),
        ],
        "a number in words": [
            (r"\.$", ", pendant trente jours."),
            (_P, r"\g<value>, soit quatre-vingt-dix jours"),
        ],
        "working days": [(_P, r"\g<value> ouvrés")],
        "a title or label denied": [(r"^(?=[A-ZÉÀ][^.]{3,70}$)", "Jamais ")],
    },
    "ja": {
        "a bound in other words": [
            (_P, r"\g<value>を超えて"),
            (_P, r"\g<value>以内"),
            (_P, r"\g<value>未満"),
            (_P, r"少なくとも\g<value>"),
            (_P, r"最大\g<value>"),
            (_P, r"\g<value>以上"),
        ],
        "since and until": [
            (r"以降", "まで"),
            (r"まで(?!も)", "以降"),
            (r"より前", "以降"),
            (r"(?<=の)前に", "後に"),
            (r"後(?=に|は|も|、)", "前"),
        ],
        "a denial lost": [
            (r"されません", "されます"),
            (r"しません", "します"),
            (r"ありません", "あります"),
            (r"対象外", "対象"),
            (r"できません", "できます"),
            (r"(?<=れ)ない", "る"),
        ],
        "a denial added": [
            (r"されます", "されません"),
            (r"します", "しません"),
            (r"できます", "できません"),
            (r"です。", "ではありません。"),
            (r"あります", "ありません"),
        ],
        "denied without a negation": [
            (r"対象です", "除外されます"),
            (r"適用されます", "排除されます"),
            (r"できます", "禁止されています"),
            (r"含まれます", "除かれます"),
        ],
        "on and off": [
            (r"オン(?![ラプデ])", "オフ"),
            (r"オフ(?![ラ])", "オン"),
            (r"有効に", "無効に"),
            (r"無効に", "有効に"),
        ],
        "a number in words": [
            (r"。$", "（三十日間）。"),
            (_P, r"\g<value>（九十日間）"),
        ],
        "working days": [(_P, r"\g<value>（営業日）")],
        "a title or label denied": [(r"(?<![。])$", "ではない")],
    },
    "zh": {
        "a bound in other words": [
            (_P, r"超过 \g<value>"),
            (_P, r"不到 \g<value>"),
            (_P, r"至少\g<value>"),
            (_P, r"最多 \g<value>"),
            (_P, r"不超过 \g<value>"),
            (_P, r"\g<value>以内"),
        ],
        "since and until": [
            (r"起(?=，|。|、|生|适|施|$)", "前"),
            (r"之前", "之后"),
            (r"之后", "之前"),
            (r"(?<=[^之])后(?=，|会|即|将|仍)", "前"),
            (r"直到|直至", "自从"),
        ],
        "a denial lost": [
            (r"不会", "会"),
            (r"不(?=符合|适用|涵盖|支持|保留|存储|记录|包括|属于|受)", ""),
            (r"没有", "有"),
            (r"未(?=经|被|说|获)", "已"),
            (r"无法", "可以"),
        ],
        "a denial added": [
            (r"(?<!不)会(?!话|议)", "不会"),
            (r"(?<!不)可以", "不可以"),
            (r"(?<!不)符合", "不符合"),
            (r"(?<!不)适用", "不适用"),
            (r"。$", "，但并非如此。"),
        ],
        "denied without a negation": [
            (r"(?<!不)涵盖", "排除"),
            (r"(?<!不)适用于", "除外于"),
            (r"(?<!不)支持", "拒绝"),
            (r"(?<!不)允许", "禁止"),
            (r"(?<!不)包括", "排除"),
        ],
        "on and off": [
            (r"开启", "关闭"),
            (r"关闭", "开启"),
            (r"启用", "停用"),
            (r"停用|禁用", "启用"),
        ],
        "a number in words": [
            (r"。$", "（三十天）。"),
            (_P, r"\g<value>（九十天）"),
        ],
        "working days": [(_P, r"\g<value>（工作日）")],
        "a title or label denied": [(r"^(?=[^。]{2,40}$)", "并非")],
    },
}
PAIRS: dict[str, dict[str, Sequence[tuple[str, str]]]] = {
    "fr": {
        "primary and secondary": [("primaire", "secondaire")],
        "in transit and at rest": [("en transit", "au repos")],
    },
    "ja": {
        "primary and secondary": [("一次", "二次")],
        "in transit and at rest": [
            ("転送中", "保存時"),
            ("転送時", "保存時"),
            ("通信中", "保存時"),
        ],
    },
    "zh": {
        "primary and secondary": [("一手", "二手"), ("主要来源", "次要来源")],
        "in transit and at rest": [
            ("传输中", "静态"),
            ("传输过程中", "静态"),
            ("传输时", "存储时"),
        ],
    },
}
NAMES = ("Free", "Pro", "Max", "Team", "Enterprise", "Bedrock", "Vertex", "Console", "API", "Files")


@dataclass(frozen=True)
class Mutation:
    """A translation that says something else: its catalog, its message, and the changed text."""

    kind: str
    catalog: Catalog
    message: Message
    text: str


def of_a_language(project: Project, locale: Locale) -> Iterator[Mutation]:
    """The mutations of all translations of a language, a kind after the other."""
    content = project.catalogs.read(locale, catalogs.FACTS)
    found = [each for each in (content, catalogs.packaged(locale)) if each is not None]
    messages = [
        (catalog, message)
        for catalog in found
        for message in catalog
        if message.id and isinstance(message.string, str) and message.string
    ]
    for kind in _kinds(locale.code):
        made = [
            Mutation(kind, catalog, message, text)
            for catalog, message in messages
            for text in _changed(kind, str(message.string), locale.code)
        ]
        yield from made[:: max(1, -(-len(made) // MOST))]


def _kinds(code: str) -> list[str]:
    return ["values exchanged", "names exchanged", *RULES[code], *PAIRS[code]]


def _changed(kind: str, text: str, code: str) -> Iterator[str]:
    """A text with something of a kind changed; a rule each."""
    if kind == "values exchanged":
        names = list(dict.fromkeys(match[0] for match in PLACEHOLDER.finditer(text)))
        made = [_exchanged(text, names[0], names[1])] if len(names) > 1 else []
    elif kind == "names exchanged":
        there = [name for name in NAMES if re.search(rf"(?<![A-Za-z]){name}(?![A-Za-z])", text)]
        made = [_exchanged(text, there[0], there[1])] if len(there) > 1 else []
    elif kind in PAIRS[code]:
        made = [_exchanged(text, one, other) for one, other in PAIRS[code][kind]]
    else:
        made = [re.sub(rule, new, text, count=1) for rule, new in RULES[code][kind]]
    yield from dict.fromkeys(each for each in made if each != text)


def _exchanged(text: str, one: str, other: str) -> str:
    parts = re.split(f"({re.escape(one)}|{re.escape(other)})", text)
    return "".join(other if part == one else one if part == other else part for part in parts)


@dataclass(frozen=True)
class Proof:
    """What `kb check` holds the translations of a language against."""

    project: Project
    locale: Locale

    def tells(self, mutation: Mutation) -> bool:
        """Whether a mutation is told."""
        message = copy.copy(mutation.message)
        message.string = mutation.text
        english = reader.load(self.project.root, self.project.locales[0])
        own = reader.load(self.project.root, self.locale)
        assert english
        assert own
        if wording.difference(message, english, own, self._names()) != wording.declared(message):
            return True
        changed = Catalog(locale=self.locale.catalog)
        changed[message.id] = message
        wanted = Message(message.id, context=message.context)
        return bool(message_problems("x", wanted, changed, partial=False))

    def _names(self) -> list[str]:
        own = self.project.catalogs.translations(self.locale)
        subjects = self.project.knowledge.subjects.values()
        said = ((s.name, own.text(f"subject/{s.id}", s.name) or "") for s in subjects)
        return wording.names_of(said)


def measured(root: Path, code: str) -> tuple[int, list[str], dict[str, tuple[int, int]]]:
    """How many mutations of a language there are, those that are not told, and for each kind how
    many are told of how many.
    """
    project = Project(root)
    locale = project.locale(code)
    proof, kinds, missed, number = Proof(project, locale), {}, [], 0
    for mutation in of_a_language(project, locale):
        number += 1
        told = proof.tells(mutation)
        caught, all_ = kinds.get(mutation.kind, (0, 0))
        kinds[mutation.kind] = (caught + told, all_ + 1)
        if not told:
            before = str(mutation.message.string)
            missed.append(f"{mutation.kind}: {before[:70]} -> {mutation.text[:80]}")
    return number, missed, kinds
