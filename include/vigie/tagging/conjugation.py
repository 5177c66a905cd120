"""The forms of French verbs that news is told in: the third person, "je" and "nous" to come, participles, infinitive.

From an infinitive by its ending, or from the principal parts that a desk gives of an irregular verb. Folded as
`words.fold` does, so that "dénonce" and "dénoncé" are one form, which may be two things. The first person is left out
otherwise ("dis-je" is rare in the press), and so is what nobody reads there (the imperfect subjunctive). A verb that no
ending fits has no forms.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vigie.knowledge.types.events import IrregularVerb
from vigie.tagging.words import fold

Form = Literal[
    "present", "imperfect", "simple", "future", "conditional", "participle", "gerund", "infinitive"
]
Mood = Literal["finite", "past", "present", "infinitive"]
"""A finite form, or a participle, past or present, or the infinitive."""
Forms = Iterator[tuple[str, Form]]


def mood_of(form: Form) -> Mood:
    """What a form is in a clause."""
    if form == "participle":
        return "past"
    if form == "gerund":
        return "present"
    return "infinitive" if form == "infinitive" else "finite"


@dataclass(frozen=True, slots=True)
class _Model:
    """Stems, as what replaces the infinitive's last letters: of the present (singular, plural), imperfect, simple
    past (singular, plural), future, past participle."""

    ending: str
    one: str
    many: str
    imperfect: str
    simple: tuple[str, str]
    future: str
    past: str


_MODELS = (
    _Model("dire", "dit", "disent", "dis", ("dit", "dirent"), "dir", "dit"),
    _Model("ecrire", "ecrit", "ecrivent", "ecriv", ("ecrivit", "ecrivirent"), "ecrir", "ecrit"),
    _Model("crire", "crit", "crivent", "criv", ("crivit", "crivirent"), "crir", "crit"),
    _Model("lire", "lit", "lisent", "lis", ("lut", "lurent"), "lir", "lu"),
    _Model("sourire", "sourit", "sourient", "souri", ("sourit", "sourirent"), "sourir", "souri"),
    _Model("rire", "rit", "rient", "ri", ("rit", "rirent"), "rir", "ri"),
    _Model("mettre", "met", "mettent", "mett", ("mit", "mirent"), "mettr", "mis"),
    _Model("battre", "bat", "battent", "batt", ("battit", "battirent"), "battr", "battu"),
    _Model("suivre", "suit", "suivent", "suiv", ("suivit", "suivirent"), "suivr", "suivi"),
    _Model("vivre", "vit", "vivent", "viv", ("vecut", "vecurent"), "vivr", "vecu"),
    _Model("clure", "clut", "cluent", "clu", ("clut", "clurent"), "clur", "clu"),
    _Model("naitre", "nait", "naissent", "naiss", ("nut", "nurent"), "naitr", "nu"),
    _Model("venir", "vient", "viennent", "ven", ("vint", "vinrent"), "viendr", "venu"),
    _Model("tenir", "tient", "tiennent", "ten", ("tint", "tinrent"), "tiendr", "tenu"),
    _Model("indre", "int", "ignent", "ign", ("ignit", "ignirent"), "indr", "int"),
    _Model("rompre", "rompt", "rompent", "romp", ("rompit", "rompirent"), "rompr", "rompu"),
    _Model("prendre", "prend", "prennent", "pren", ("prit", "prirent"), "prendr", "pris"),
    _Model("querir", "quiert", "quierent", "quer", ("quit", "quirent"), "querr", "quis"),
    _Model("faire", "fait", "font", "fais", ("fit", "firent"), "fer", "fait"),
    _Model("croire", "croit", "croient", "croy", ("crut", "crurent"), "croir", "cru"),
    _Model("vouloir", "veut", "veulent", "voul", ("voulut", "voulurent"), "voudr", "voulu"),
    _Model("prevoir", "prevoit", "prevoient", "prevoy", ("previt", "previrent"), "prevoir", "prevu"),
    _Model("cevoir", "coit", "coivent", "cev", ("cut", "curent"), "cevr", "cu"),
    _Model("voir", "voit", "voient", "voy", ("vit", "virent"), "verr", "vu"),
    _Model("mentir", "ment", "mentent", "ment", ("mentit", "mentirent"), "mentir", "menti"),
    _Model("dementir", "dement", "dementent", "dement", ("dementit", "dementirent"), "dementir", "dementi"),
    _Model("offrir", "offre", "offrent", "offr", ("offrit", "offrirent"), "offrir", "offert"),
    _Model("couvrir", "couvre", "couvrent", "couvr", ("couvrit", "couvrirent"), "couvrir", "couvert"),
    _Model("mouvoir", "meut", "meuvent", "mouv", ("mut", "murent"), "mouvr", "mu"),
    _Model("oyer", "oie", "oient", "oy", ("oya", "oyerent"), "oier", "oye"),
    _Model("uyer", "uie", "uient", "uy", ("uya", "uyerent"), "uier", "uye"),
    _Model("ger", "ge", "gent", "ge", ("gea", "gerent"), "ger", "ge"),
    _Model("er", "e", "ent", "", ("a", "erent"), "er", "e"),
    _Model("ir", "it", "issent", "iss", ("it", "irent"), "ir", "i"),
    _Model("re", "", "ent", "", ("it", "irent"), "r", "u"),
)
_BY_LENGTH = sorted(_MODELS, key=lambda model: -len(model.ending))
_DOUBLED = ("appeler", "rappeler", "interpeller", "jeter", "rejeter", "projeter")


def conjugate(infinitive: str, irregular: IrregularVerb | None = None) -> Forms:
    """Each form with what it is. Several words are conjugated by their first: "mettre en garde"."""
    verb, _, rest = fold(infinitive).partition(" ")
    if irregular:
        yield fold(infinitive), "infinitive"
        yield from _irregular(irregular)
        return
    tail = f" {rest}" if rest else ""
    model = next((model for model in _BY_LENGTH if verb.endswith(model.ending)), None)
    if model:
        yield from ((form + tail, what) for form, what in _by_model(verb, model))


def _by_model(verb: str, model: _Model) -> Forms:
    stem = verb.removesuffix(model.ending)
    yield verb, "infinitive"
    yield from _told(stem, "present", model.one, model.many)
    yield from _told(stem, "simple", *model.simple)
    yield from _told_from(stem + model.imperfect)
    yield from _told_ahead(stem + model.future)
    yield from _agreeing(stem + model.past)
    if verb in _DOUBLED:
        doubled = stem + stem[-1]
        yield from _told(doubled, "present", "e", "ent")
        yield from _told_ahead(doubled + "er")


def _irregular(parts: IrregularVerb) -> Forms:
    yield from ((fold(form), "present") for form in parts.present)
    yield from _agreeing(fold(parts.participle))
    yield from ((fold(form), "simple") for form in parts.simple)
    yield from _told_from(fold(parts.imperfect))
    yield from _told_ahead(fold(parts.future))


def _agreeing(participle: str) -> Forms:
    plural = participle.removesuffix("s") + "s"
    yield from _told("", "participle", participle, participle + "e", plural, participle + "es")


def _told_from(stem: str) -> Forms:
    yield from _told(stem, "imperfect", "ait", "aient")
    yield from _told(stem, "gerund", "ant")


def _told_ahead(stem: str) -> Forms:
    yield from _told(stem, "future", "a", "ont", "ai", "ons")
    yield from _told(stem, "conditional", "ait", "aient")


def _told(stem: str, form: Form, *endings: str) -> Forms:
    for ending in endings:
        yield stem + ending, form
