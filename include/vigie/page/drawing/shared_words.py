"""Words of Vigie's pure rooms that the page shows too, named once more for the catalogue of translations.

What a template gives to `tell.word` stands here: `tests/page/test_article.py` fails for a word that does not.
"""


def _(text: str) -> str:
    """Marks a word for the catalogue; the screen's language is not known here."""
    return text


ARTICLES = (  # vigie.articles.wording
    *(_("chef d'État"), _("chef de gouvernement"), _("affaires étrangères"), _("défense"), _("ministre")),
    *(_("organisation internationale"), _("élu"), _("ancien dirigeant"), _("parlement"), _("parti")),
    *(_("région"), _("famille régnante"), _("pape")),
    *(_("par son nom"), _("par son titre"), _("par périphrase"), _("comme homologue d'un autre")),
    *(_("titre"), _("texte"), _("date"), _("auteurs")),
    *(_("lien du flux"), _("redirection"), _("adresse canonique de la page"), _("import")),
    _("adresse canonique que plusieurs articles se disputent"),
    *(_("lue"), _("inchangée"), _("disparue"), _("non conservée"), _("échec")),
    *(_("lue sur la page"), _("d'après le résumé du flux"), _("importée")),
    _("la page remplace le résumé du flux"),
    *(_("JSON-LD"), _("balise meta"), _("balise <time>"), _("texte de la page"), _("flux"), _("adresse")),
    *(_("à la seconde"), _("à la minute"), _("au jour"), _("au mois"), _("à l'année")),
    _("qui parle n’est pas dit"),
)
DATES = (  # vigie.dates.choosing and explaining: why one, and why not the others
    *(_("retenue"), _("gardée d'une version antérieure"), _("d'une version plus récente")),
    *(_("date de modification"), _("avant 1990"), _("dans le futur de sa première apparition")),
    _("l'heure de notre demande : une horloge, non une date"),
    *(_("d'une source moins sûre"), _("moins précise"), _("dit la même chose"), _("plus tardive")),
    _("contredite par une source plus sûre"),
    _("la page et le flux diffèrent : la plus ancienne des deux"),
    *(_("rien d'autre que le jour dans l'adresse"), _("aucune date digne de foi")),
    *(_("ce que dit le JSON-LD de la page"), _("ce que disent les balises meta de la page")),
    *(_("ce que dit la balise <time> de la page"), _("ce que dit le texte de la page")),
    *(_("ce que dit le flux"), _("ce que dit l'import")),
    _("le JSON-LD de la page et le flux s'accordent"),
    _("le JSON-LD de la page et le flux s'accordent ; celui-ci est plus précis"),
    _("le JSON-LD de la page et l'import s'accordent"),
    _("le JSON-LD de la page et l'import s'accordent ; celui-ci est plus précis"),
    _("les balises meta de la page et le flux s'accordent"),
    _("les balises meta de la page et le flux s'accordent ; celui-ci est plus précis"),
    _("les balises meta de la page et l'import s'accordent"),
    _("les balises meta de la page et l'import s'accordent ; celui-ci est plus précis"),
    _("la balise <time> de la page et le flux s'accordent"),
    _("la balise <time> de la page et le flux s'accordent ; celui-ci est plus précis"),
    _("la balise <time> de la page et l'import s'accordent"),
    _("la balise <time> de la page et l'import s'accordent ; celui-ci est plus précis"),
    _("le texte de la page et le flux s'accordent"),
    _("le texte de la page et le flux s'accordent ; celui-ci est plus précis"),
    _("le texte de la page et l'import s'accordent"),
    _("le texte de la page et l'import s'accordent ; celui-ci est plus précis"),
)
EVENTS = (  # include/events/kinds.yml; a kind of the desk's own is shown as the desk wrote it
    *(_("entretien téléphonique"), _("sommet"), _("rencontre"), _("visite"), _("vote, élection")),
    *(_("nomination, démission"), _("grève, manifestation"), _("attaque, attentat")),
    *(_("discours, conférence de presse"), _("commémoration"), _("signature"), _("procès")),
    _("décès, hommage"),
)
