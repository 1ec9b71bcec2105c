"""The texts of letters: their placeholders, what is wrong with them, and how they end."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey_app.translations import gettext as _

PLACEHOLDERS = ("name", "link", "study")
MOST_LETTERS = {"subject": 150, "body": 10_000}

_BRACED = re.compile(r"\{([^{}]*)\}")

_ENDINGS = {
    "en": (
        "Taking part is up to you. If you would rather not be written to again about this study, "
        "answer this letter with one word, “stop”."
    ),
    "fr": (
        "Vous êtes libre de participer ou non. Si vous préférez ne plus recevoir de message au "
        "sujet de cette étude, répondez simplement « stop »."
    ),
}
_SUBJECTS = {
    ("invitation", "en"): "Invitation: {study}",
    ("reminder", "en"): "A reminder: {study}",
    ("invitation", "fr"): "Invitation : {study}",
    ("reminder", "fr"): "Rappel : {study}",
}
_AROUND = {"en": ("Dear {name},", "Thank you!"), "fr": ("Bonjour {name},", "Merci !")}
_OWN = {
    ("invitation", "en"): (
        "You are invited to take part in {study}. This is your own link; please do not pass it on:"
    ),
    ("reminder", "en"): (
        "You can still take part in {study}. This link takes the place of the one in my earlier "
        "letter:"
    ),
    ("invitation", "fr"): (
        "Vous êtes invité·e à participer à {study}. Ce lien est le vôtre ; merci de ne pas le "
        "transmettre :"
    ),
    ("reminder", "fr"): (
        "Vous pouvez encore participer à {study}. Ce lien remplace celui de mon message précédent :"
    ),
}
_SHARED = {
    ("invitation", "en"): (
        "You are invited to take part in {study}. Nobody can tell from the answers who gave them. "
        "This is the link:"
    ),
    ("reminder", "en"): (
        "This letter goes to everybody, as nobody can tell who has taken part in {study}. If you "
        "have, thank you, and please leave this out. If not, this is the link:"
    ),
    ("invitation", "fr"): (
        "Vous êtes invité·e à participer à {study}. Personne ne peut savoir de qui viennent les "
        "réponses. Voici le lien :"
    ),
    ("reminder", "fr"): (
        "Ce message s’adresse à tout le monde, car personne ne peut savoir qui a participé à "
        "{study}. Si c’est fait, merci, et ignorez ce message. Sinon, voici le lien :"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Text:
    """A letter's subject and body, with placeholders or filled."""

    subject: str
    body: str


def suggest(kind: str, language: str, *, shared: bool) -> Text:
    """Return a text to begin with; a `shared` link is the same for everybody."""
    spoken = language if language in _ENDINGS else "en"
    greeting, thanks = _AROUND[spoken]
    words = (_SHARED if shared else _OWN)[kind, spoken]
    body = f"{greeting}\n\n{words}\n\n{{link}}\n\n{thanks}"
    return Text(subject=_SUBJECTS[kind, spoken], body=body)


def check(text: Text) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a letter, as the field and a sentence that says what to do."""
    if not text.subject.strip():
        yield "subject", _("Write a subject, such as “Invitation: {study}”.")
    elif not text.subject.isprintable():
        yield "subject", _("A subject stands on one line. Take the line ends out.")
    for name, words in (("subject", text.subject), ("body", text.body)):
        if len(words) > MOST_LETTERS[name]:
            sentence = _("This is {count} characters long, and there is room for {most}.")
            yield name, sentence.format(count=len(words), most=MOST_LETTERS[name])
        for unknown in sorted(set(_BRACED.findall(words)) - set(PLACEHOLDERS)):
            sentence = _(
                "There is no placeholder {unknown}. There are {known}; write others without braces."
            )
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            yield name, sentence.format(unknown=f"{{{unknown}}}", known=known)
    if "{link}" in text.subject:
        yield "subject", _("A link does not belong in the subject. Write {link} in the letter.")
    if "{link}" not in text.body:
        yield "body", _("Write {link} where the link is to stand; without it nobody can begin.")


def fill(text: Text, values: Mapping[str, str], language: str) -> Text:
    """Return a letter as it is sent, with the sentence at its end that says how to be left alone.

    What a placeholder brings is not looked at again, so a name with braces stays that name.
    """

    def replace(found: re.Match[str]) -> str:
        return values.get(found[1], found[0])

    ending = _ENDINGS.get(language, _ENDINGS["en"])
    body = _BRACED.sub(replace, text.body).rstrip()
    return Text(
        subject=" ".join(_BRACED.sub(replace, text.subject).split()),
        body=f"{body}\n\n-- \n{ending}\n",
    )
