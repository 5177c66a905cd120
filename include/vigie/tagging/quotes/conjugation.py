"""The forms of French verbs in the third person, from their infinitive: what a text has beside a quotation.

Folded as `words.fold` does, so that "dénonce" and "dénoncé" are one form: `Forms` says of each what it may be. The
first person is left out ("dis-je" is rare in the press), and so are forms that nobody reads there (imperfect
subjunctive). A verb that no rule fits is conjugated as a regular one in -er, -ir or -re.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vigie.tagging.words import fold

Mood = Literal["finite", "past", "present", "infinitive"]
"""A finite form, or a participle, past or present, or the infinitive."""


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One form of a verb."""

    form: str
    mood: Mood


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


def conjugate(infinitive: str) -> Iterator[VerbForm]:
    """The forms of a verb. Several words are conjugated by their first: "mettre en garde"."""
    verb, _, rest = fold(infinitive).partition(" ")
    model = next((model for model in _BY_LENGTH if verb.endswith(model.ending)), None)
    if model is None:
        return
    stem = verb.removesuffix(model.ending)
    tail = f" {rest}" if rest else ""
    yield VerbForm(verb + tail, "infinitive")
    for form in _finite(stem, model, verb):
        yield VerbForm(form + tail, "finite")
    for ending in ("", "e", "s", "es"):
        yield VerbForm(stem + model.past + ending + tail, "past")
    yield VerbForm(stem + model.imperfect + "ant" + tail, "present")


def _finite(stem: str, model: _Model, verb: str) -> Iterator[str]:
    yield from (stem + form for form in (model.one, model.many, *model.simple))
    yield from (stem + model.imperfect + ending for ending in ("ait", "aient"))
    yield from (stem + model.future + ending for ending in ("a", "ont", "ait", "aient"))
    if verb in _DOUBLED:
        doubled = stem + stem[-1]
        yield from (doubled + ending for ending in ("e", "ent", "era", "eront", "erait", "eraient"))
