"""What stands in the world of the page's tests: a dozen invented articles, and who and what each is about."""

from collections.abc import Sequence
from dataclasses import dataclass

SCRIPT_TITLE = "<script>alert(1)</script> : le titre d'un farceur"
IMAGE_TITLE = '"><img src=x onerror=alert(2)> dans un titre'
TURNED_TITLE = "Un titre \u202eésrevni\u202c et la suite"
"""What an index of an earlier release may hold: today's extraction drops such characters."""
HOSTILE_PUBLISHER = "<b onmouseover=alert(3)>Le Piège</b>"
HOSTILE_LABEL = "</h3><script>alert(4)</script> : un sujet"

MACRON = ("Q3052772", "Emmanuel Macron", "hos", "FR")
ZELENSKY = ("Q3874799", "Volodymyr Zelensky", "hos", "UA")
MERZ = ("Q566257", "Friedrich Merz", "hog", "DE")
Person = tuple[str, str, str, str]

POLITICS = ("medtop:11000000", "Politique")
DIPLOMACY = ("medtop:20000638", "Relations internationales")
WATER = ("medtop:20000429", "Pollution de l'eau")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article. `people` are (what the text calls them, who), `quotes` (the words, who says them).

    `path` is that of its page on the newsroom; without one it is imported. `hours` is how long ago it was published,
    None for never dated. The first of the people is its subject where `subject`.
    """

    feed: str
    title: str
    text: Sequence[str]
    hours: float | None
    path: str | None = None
    edited: Sequence[str] = ()
    publisher: str | None = None
    people: Sequence[tuple[str, Person]] = ()
    quotes: Sequence[tuple[str, Person | None]] = ()
    topics: Sequence[tuple[str, str]] = ()
    places: Sequence[str] = ()
    keyphrases: Sequence[str] = ()
    subject: bool = False
    language: str = "fr"


_VISIT = (
    "Emmanuel Macron a reçu ce matin Volodymyr Zelensky à Paris, pour une rencontre qui a duré deux heures.",
    "« La France tiendra ses engagements », a déclaré Emmanuel Macron à l'issue de l'entretien.",
    "Le président ukrainien a remercié le chef de l'État et demandé des livraisons plus rapides.",
)
_SPRING = (
    "À Brévanoux, une source est polluée au cobalt depuis dimanche, et l'eau du robinet ne peut plus être bue.",
    "« Nous distribuons des bouteilles à tous les foyers », explique la mairie, qui attend les résultats d'analyses.",
    "Des citernes doivent arriver dans la soirée ; l'école restera fermée jusqu'à jeudi.",
)
_CISTERNS = (
    "L'État a promis mardi six citernes d'eau potable à Brévanoux, où une source est polluée au cobalt.",
    "La préfecture assure que les premières seront en place avant la nuit et que les écoles seront servies d'abord.",
    "Une enquête doit dire d'où vient le cobalt ; une ancienne carrière est citée par plusieurs habitants.",
)
_ORDINARY = (
    "La récolte de pommes sera bonne cette année, disent les arboriculteurs réunis en congrès à Rouen.",
    "Un été doux et des pluies régulières ont profité aux vergers, et les prix devraient rester stables.",
)

PIECES = (
    Piece(
        feed="le-matin",
        path="/matin/visite.html",
        title="Emmanuel Macron reçoit Volodymyr Zelensky à Paris",
        text=_VISIT,
        edited=(*_VISIT, "Mise à jour : un accord sur l'énergie sera signé au printemps."),
        hours=3,
        people=(
            ("Emmanuel Macron", MACRON),
            ("Volodymyr Zelensky", ZELENSKY),
            ("Le président ukrainien", ZELENSKY),
            ("le chef de l'État", MACRON),
        ),
        quotes=(("La France tiendra ses engagements", MACRON),),
        topics=(POLITICS, DIPLOMACY),
        places=("Paris",),
        keyphrases=("livraisons plus rapides",),
        subject=True,
    ),
    Piece(
        feed="le-matin",
        path="/matin/source.html",
        title="L'eau de Brévanoux polluée au cobalt",
        text=_SPRING,
        hours=2,
        quotes=(("Nous distribuons des bouteilles à tous les foyers", None),),
        topics=(WATER,),
        places=("Brévanoux",),
        keyphrases=("source polluée", "cobalt"),
    ),
    Piece(
        feed="le-soir",
        path="/soir/aide.html",
        title="Brévanoux : le maire demande de l'aide",
        text=("Le cobalt dans l'eau de Brévanoux inquiète les habitants, et le maire écrit au préfet.", *_SPRING[1:]),
        hours=1.5,
        topics=(WATER,),
        places=("Brévanoux",),
        keyphrases=("cobalt",),
    ),
    Piece(
        feed="elysee",
        path="/palais/communique.html",
        title="Entretien du Président de la République avec M. Volodymyr Zelensky",
        text=(
            "Le Président de la République s'est entretenu ce matin avec M. Volodymyr Zelensky, président de l'Ukraine.",
            "Emmanuel Macron a redit le soutien de la France et annoncé une conférence à Paris au mois de janvier.",
        ),
        hours=2.5,
        people=(
            ("Le Président de la République", MACRON),
            ("Volodymyr Zelensky", ZELENSKY),
            ("Emmanuel Macron", MACRON),
        ),
        topics=(POLITICS, DIPLOMACY),
        places=("Paris", "Ukraine"),
        subject=True,
    ),
    Piece(
        feed="le-soir",
        title="Cobalt à Brévanoux : l'État promet des citernes",
        text=_CISTERNS,
        hours=1.2,
        topics=(WATER, POLITICS),
        places=("Brévanoux",),
        keyphrases=("cobalt", "citernes"),
    ),
    Piece(
        feed="depeche-des-vallees",
        publisher="La Dépêche des Vallées",
        title="Cobalt à Brévanoux : l'État promet des citernes",
        text=_CISTERNS,
        hours=1,
        topics=(WATER, POLITICS),
        places=("Brévanoux",),
        keyphrases=("cobalt", "citernes"),
    ),
    Piece(
        feed="le-soir",
        title="Le musée de Lille rouvre ses portes",
        text=("Les salles de peinture flamande ont été rénovées, après quatre ans de travaux.", _ORDINARY[1]),
        hours=None,
        places=("Lille",),
    ),
    Piece(
        feed="le-piege", publisher=HOSTILE_PUBLISHER, title=SCRIPT_TITLE, hours=4,
        text=("Le texte dit <script>alert(5)</script> & rien d'autre, pour voir ce qu'il en advient.", *_ORDINARY),
        quotes=(("<script>alert(5)</script>", None),),
        keyphrases=("<i>farceur</i>",),
    ),
    Piece(
        feed="le-piege", publisher=HOSTILE_PUBLISHER, title=IMAGE_TITLE, hours=5,
        text=("Un second texte, avec Emmanuel Macron dedans et des \"guillemets\" droits.", *reversed(_ORDINARY)),
        people=(("Emmanuel Macron", MACRON),),
    ),
    Piece(
        feed="le-matin", title=TURNED_TITLE, hours=6,
        text=("Un troisième texte, dont le titre est écrit à l'envers par un plaisant.", _ORDINARY[1], _ORDINARY[0]),
    ),
    Piece(
        feed="le-matin",
        title="Emmanuel Macron et Friedrich Merz parlent d'énergie à Berlin",
        text=(
            "Emmanuel Macron et Friedrich Merz ont parlé mercredi d'énergie et d'industrie à Berlin.",
            "« L'Europe doit produire plus », a dit Friedrich Merz devant la presse.",
        ),
        hours=24 * 10,
        people=(("Emmanuel Macron", MACRON), ("Friedrich Merz", MERZ)),
        quotes=(("L'Europe doit produire plus", MERZ),),
        topics=(POLITICS, DIPLOMACY),
        places=("Berlin",),
    ),
    Piece(feed="le-soir", title="La récolte de pommes sera bonne", text=_ORDINARY, hours=24 * 20, places=("Rouen",)),
    Piece(
        feed="the-mirror",
        publisher="The Mirror of Paris",
        title="Macron hosts Zelensky in Paris",
        text=(
            "Emmanuel Macron hosted Volodymyr Zelensky in Paris on Monday morning.",
            "Both presidents spoke about energy, and of a conference to be held in January.",
        ),
        hours=2,
        people=(("Emmanuel Macron", MACRON), ("Volodymyr Zelensky", ZELENSKY)),
        topics=(POLITICS, DIPLOMACY),
        places=("Paris",),
        language="en",
    ),
)  # fmt: skip
