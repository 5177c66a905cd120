"""Texts that are alike, written for these tests: what is a copy, and what only looks like one."""

AGENCY = """\
Le gouvernement a présenté mercredi en Conseil des ministres un projet de loi qui réforme le financement des transports du quotidien dans les villes moyennes, avec l'objectif de doubler la fréquence des autocars express d'ici à 2031.
Le texte, porté par la ministre déléguée Solène Arquetin, prévoit une dotation de 420 millions d'euros par an, répartie entre les agglomérations de moins de 100 000 habitants selon leur population et l'état de leur réseau.
« Trop de Français n'ont pas le choix et prennent leur voiture faute de mieux », a expliqué la ministre à la sortie du Conseil. Elle a promis que les premières lignes ouvriraient avant l'été prochain dans la vallée de l'Orvane et autour de Brisemont.
Les associations d'élus ont accueilli le projet avec prudence. L'Union des communes moyennes regrette que la dotation ne soit pas indexée sur l'inflation. Son président, Hadrien Lopart, demande une clause de revoyure en 2028.
La majorité espère une adoption en première lecture avant la fin du mois de mars. L'opposition a déjà déposé plus de trois cents amendements, dont une trentaine visent à supprimer l'article qui crée une redevance sur le stationnement des bureaux.
Selon l'étude d'impact, la réforme éviterait chaque année l'émission de 210 000 tonnes de dioxyde de carbone. La Cour des comptes avait jugé en novembre que l'offre actuelle ne répondait « ni aux besoins des salariés ni à ceux des étudiants »."""

EDITED_COPIES = {
    "a byline and a source": "Par la rédaction avec l'agence Dépêches réunies\n" + AGENCY + "\nSource : Dépêches réunies",
    "the last paragraph dropped": AGENCY.rsplit("\n", 1)[0],
    "a few words changed": AGENCY.replace("a présenté mercredi", "a dévoilé ce mercredi")
    .replace("avec l'objectif de doubler", "et compte doubler")
    .replace("ont accueilli le projet avec prudence", "restent prudentes")
    .replace("La majorité espère", "Les députés de la majorité espèrent"),
    "two paragraphs dropped, a lead of its own": "C'était une promesse de campagne : la réforme des autocars est sur les rails.\n"
    + "\n".join(AGENCY.split("\n")[:4]),
    "quotation marks and dashes of its own": AGENCY.replace("« ", '"').replace(" »", '"').replace("'", "’").upper().capitalize(),
    "a word in each sentence, one paragraph less": AGENCY.rsplit("\n", 1)[0]
    .replace("le financement des transports", "tout le financement des transports")
    .replace("prévoit une dotation", "prévoirait une dotation")
    .replace("faute de mieux", "par défaut")
    .replace("Elle a promis", "Elle a aussi promis")
    .replace("regrette que", "déplore que")
    .replace("demande une clause", "réclame une clause"),
    "the last paragraph dropped, a lead with names of its own": "À Lourgnac, où la ligne 14 du département roule presque vide, Mme Odette Karl attendait cela depuis 2019.\n"
    + AGENCY.rsplit("\n", 1)[0],
    "between two paragraphs of its own": "Dans notre région, vingt lignes sont concernées, et les habitants attendent.\n"
    + AGENCY
    + "\nÀ Lourgnac, le maire dit attendre le détail des lignes avant de se prononcer. Une réunion est prévue lundi.",
}  # fmt: skip

INDEPENDENT = """\
Doubler le nombre d'autocars express autour des villes moyennes en cinq ans : c'est l'ambition du projet de loi que Solène Arquetin a défendu mercredi devant le Conseil des ministres.
La ministre déléguée aux Transports dispose pour cela de 420 millions d'euros par an. La somme ira aux agglomérations de moins de 100 000 habitants. Les premières lignes doivent rouler avant l'été dans la vallée de l'Orvane et près de Brisemont.
Du côté des maires, on attend de voir. Hadrien Lopart, qui préside l'Union des communes moyennes, voudrait une clause de revoyure dès 2028 et une indexation sur l'inflation, que le texte ne prévoit pas.
À l'Assemblée, la bataille s'annonce longue : trois cents amendements sont sur la table. La redevance sur le stationnement des bureaux cristallise les critiques de l'opposition, qui y voit un impôt de plus.
Le ministère met en avant un gain pour le climat de 210 000 tonnes de dioxyde de carbone par an. En novembre, la Cour des comptes avait étrillé l'offre actuelle."""


def condolences(name: str, craft: str, place: str, work: str) -> str:
    """A communiqué of sympathy: most of it is formulas."""
    return (
        f"Le Président de la République et son épouse ont appris avec une profonde tristesse la disparition de {name}, "
        f"{craft}, survenue à {place}.\n{work}\n"
        "Le Président de la République et son épouse saluent la mémoire d'une grande figure de la vie culturelle "
        "française. Ils adressent à sa famille, à ses proches et à tous ceux qui l'ont aimée leurs condoléances émues."
    )


def phone_call(name: str, country: str, subject: str) -> str:
    """A communiqué of a call: a formula with three holes."""
    return (
        f"Le Président de la République s'est entretenu ce jour au téléphone avec M. {name}, Président de {country}.\n"
        f"Les deux chefs d'État ont fait le point sur {subject}. Le Président de la République a rappelé l'attachement "
        "de la France au dialogue et au respect du droit international. Ils ont souligné la qualité de la relation "
        "entre leurs deux pays et sont convenus de rester en contact étroit dans les prochaines semaines."
    )


def agenda(day: str, hour: str, guest: str) -> str:
    """The president's diary of a day."""
    return (
        f"Agenda prévisionnel du Président de la République, {day}.\n"
        f"{hour} : Réunion de travail au palais de l'Élysée. Salon vert. Ouvert à la presse image.\n"
        f"15 h 00 : Entretien avec {guest}. Palais de l'Élysée. Tour d'images en début d'entretien.\n"
        "Les journalistes qui souhaitent couvrir ces rendez-vous doivent s'accréditer la veille avant midi auprès du "
        "service de presse. L'entrée se fait par la grille, une heure avant, sur présentation d'une carte de presse."
    )


def weather(day: str, sky: str, low: int, high: int) -> str:
    """A weather report that a service writes every morning."""
    return (
        f"Prévisions pour {day}. Le temps sera {sky} sur la moitié nord du pays, avec quelques éclaircies l'après-midi "
        "près des côtes. Au sud, le soleil dominera malgré un vent soutenu dans la vallée du Rhône. "
        f"Les températures minimales iront de {low} à {low + 4} degrés et les maximales de {high} à {high + 5} degrés. "
        "Soyez prudents sur les routes et consultez la carte de vigilance avant de partir. Le prochain bulletin "
        "paraîtra à la même heure."
    )


def toll(dead: int, hurt: int) -> str:
    """A dispatch whose figures change from hour to hour."""
    return (
        f"Au moins {dead} personnes sont mortes et {hurt} autres ont été blessées dans l'effondrement d'une tribune, "
        "dimanche après-midi, pendant la fête patronale de Valmirande, ont annoncé les secours. Les recherches se "
        f"poursuivent sous les décombres. Le plan blanc a été déclenché dans les hôpitaux voisins, où {hurt} blessés "
        "étaient soignés. Le maire a décrété trois jours de deuil. Une enquête pour homicides involontaires est ouverte."
    )


SERIES = {
    "condolences": (
        condolences("Mirabelle Costes", "comédienne et metteuse en scène", "Avignon",
            "De ses débuts au conservatoire de Lille à ses mises en scène de Molière, elle aura servi le théâtre public pendant un demi-siècle."),
        condolences("Honoré Vasselin", "peintre et graveur", "Concarneau",
            "Ses estampes du port, exposées de Rennes à Kyoto, disaient la mer mieux que bien des poèmes."),
    ),
    "phone calls": (
        phone_call("Radu Ionel", "la République de Moldavie", "la sécurité des livraisons de gaz"),
        phone_call("Kwame Asante", "la République du Ghana", "la transition au Sahel"),
    ),
    "diaries": (
        agenda("lundi 3 mars 2025", "9 h 30", "Mme Ana Bril"),
        agenda("mardi 4 mars 2025", "10 h 00", "M. Paul Oster"),
    ),
    "diaries that differ by the date alone": (
        agenda("lundi 3 mars 2025", "9 h 30", "le Premier ministre"),
        agenda("lundi 10 mars 2025", "9 h 30", "le Premier ministre"),
    ),
    "weather": (weather("samedi 8 février", "gris", 2, 9), weather("dimanche 9 février", "couvert", 1, 8)),
    "the same sky on another day": (weather("samedi 8 février", "gris", 2, 9), weather("mardi 11 février", "gris", 2, 9)),
    "a toll and its update": (toll(4, 17), toll(9, 43)),
    "a long dispatch and its correction": (AGENCY, AGENCY.replace("420 millions", "380 millions").replace("210 000", "190 000")),
}  # fmt: skip
"""Pairs of texts that share their formulas, and are not copies."""
