"""Lines of a page's text that are the site's and not the article's: title again, byline, pointers, appeals. Pure.

Each rule wants a whole line of one shape; prose that only speaks of reading, subscribing or sharing stays.
"""

import re
import unicodedata

POINTER_CHARS = 250
"""A longer line is prose, whatever it begins with."""
TOP_LINES = 6
"""Title, byline and date stand again within so many lines of the top."""

_POINTER_RE = re.compile(
    # French
    r"(?:(?:à|a) )?(?:lire|voir|écouter|ecouter|regarder|relire|revoir)(?: (?:aussi|également|egalement|notre|nos)\b| ?:)"
    r"|(?:pour )?aller plus loin ?:?$|sur le même (?:sujet|thème)|dans la même rubrique|nos (?:autres )?articles sur"
    r"|(?:retrouvez|consultez) (?:ici |également |aussi )?(?:tous? )?(?:nos|notre|l['’]ensemble de nos|les autres) (?:articles?|dossiers?|vidéos?)"
    r"|les plus lus|le plus lu|articles? (?:liés?|similaires?|associés?|recommandés?)"
    # English
    r"|(?:read|see|watch|listen)(?: (?:also|more|next|on)\b ?[:>»-]| ?:)|(?:read|see|watch) also\b"
    r"|(?:related|recommended|more)(?: (?:stories|articles?|content|topics|coverage|reading|video|news))? ?(?::|$)"
    r"|(?:most (?:read|viewed|popular)|don['’]t miss|you (?:may|might) also like|more from|also read|also in|what to read next)\b"
    # German, Spanish, Italian, Portuguese, Dutch, Polish, the Nordic languages
    r"|(?:lesen sie|lies|sehen sie) (?:auch|mehr|dazu|hier)\b|(?:auch interessant|mehr zum thema|lesetipp|siehe auch|schon gelesen)\b"
    r"|(?:le puede interesar|te puede interesar|lea también|lee también|leer también|lea además|mira también|ver también)\b"
    r"|(?:leggi anche|guarda anche|potrebbe interessarti|leia também|leia mais|veja também|saiba mais)\b"
    r"|(?:lees ook|lees meer|zie ook|bekijk ook|czytaj (?:także|też|więcej)|zobacz (?:także|też)|przeczytaj (?:także|też))\b"
    r"|(?:läs (?:också|även|mer)|les også|les mer|læs også|lue myös|lue lisää|čtěte také|citește și|čtite také)\b",
    re.IGNORECASE,
)
_APPEAL_RE = re.compile(
    r"(?:publicité|publicidade?|pubblicità|anzeige|werbung|advertise?ments?|advert|annonce|reklama?|mainos)(?: ?[-:–—].{0,60})?$"
    r"|(?:article|story|content) continues (?:below|after)\b.{0,60}$|la suite après (?:la|cette) (?:publicité|pub|vidéo)\b.{0,20}$"
    r"|la suite (?:de cet article )?est réservée aux abonnés|il vous reste [\d.,]+ ?% de (?:cet|ce)"
    r"|(?:cet |l['’])?article (?:est )?(?:réservé|accessible uniquement|en accès libre)(?: aux?\b| réservé|$)"
    r"|(?:réservé|exclusivité) (?:à nos |aux )?abonnés|pour lire la suite|lisez la suite|envie de lire la suite"
    r"|(?:déjà|vous êtes (?:déjà )?) ?abonnée?s? ?\?|(?:je m['’]abonne|abonnez-vous|inscrivez-vous)\b.{0,160}$|(?:s['’]abonner|se connecter)\b[^.]{0,40}$"
    r"|(?:already a (?:subscriber|member)\??|subscribe (?:to|now|for)|sign up (?:for|to|here|now)|register to (?:read|continue)|create (?:a|your) free account)\b"
    r"|(?:this article is (?:for|only available to) (?:our )?(?:subscribers|members)|to continue reading|continue reading\b.{0,60}$|support our journalism)"
    r"|(?:recevez|reçois|receive|get) .{0,80}(?:newsletter|lettre d['’]information|par (?:e-?)?mail|in(?:to)? your inbox|by e-?mail)"
    r"|(?:partager|partagez|share|teilen|compartir|condividi|tweeter|copier le lien|copy link|imprimer|print|envoyer par e-?mail|écouter l['’]article|listen to this article)"
    r"(?: (?:(?:this|cet|l['’]|the|auf|en|su)? ?(?:article|story|page)?)? ?(?:(?:sur|on|via|par|by|auf|en|su) [\w ,/-]{2,60})?)?$"
    r"|(?:suivez[- ]nous|follow us|folgen sie uns|síguenos|seguici) (?:sur|on|auf|en|su)\b"
    r"|(?:commenter|réagir|réagissez|commentaires?|comments?|leave a comment|\d+ (?:commentaires?|comments?|réactions?)|add a comment)(?: ?\(\d+\))?$"
    r"|(?:accepter|tout accepter|paramétrer|gérer) (?:les |mes )?cookies\b|(?:nous utilisons|we use) des? ?cookies"
    r"|(?:pour (?:lire|voir|regarder|afficher) (?:cette vidéo|ce contenu)|votre navigateur ne|your browser does not|this video (?:can ?not|is not))\b"
    r"|(?:cet article|ce contenu) vous a (?:plu|intéressé)|seul le prononcé fait foi|le prononcé fait foi"
    r"|(?:crédits? photos?|photo credits?|photo|foto|bild) ?: ?[^.]{0,80}$"
    r"|(?:temps de lecture|lecture|reading time|lesezeit) ?:? ?\d+ ?min|\d+ ?min(?:utes?)? (?:de lecture|read)\b",
    re.IGNORECASE,
)
_BYLINE_RE = re.compile(
    r"(?:publié|mis à jour|modifié|posté|mise à jour|published|updated|last updated|posted|created|veröffentlicht|aktualisiert|stand)"
    r"e?s?(?: le| à| on| am| at| :|:| |$)[^.!?«]{0,90}$"
    r"|(?:par|by|por|door) [^.!?«]{2,80}$|von (?-i:[A-ZÀ-Þ])\w+ (?-i:[A-ZÀ-Þ])[\w-]+$"
    r"|(?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),? )?\d{1,2}(?:er)? (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre) \d{4}(?: ?[,|à-] ?\d{1,2} ?[h:] ?\d{0,2})?(?: ?[-–—] ?seul le prononcé fait foi)?$"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4}(?:.{0,3}\d{1,2} ?[h:] ?\d{2}(?: uhr)?)?$",
    re.IGNORECASE,
)
_CREDIT_RE = re.compile(r"\b(?:photos?|crédits?|credit|foto|image|bild)s? ?:|getty images|©", re.IGNORECASE)
_SIGNED_RE = re.compile(r"[—–-]{1,2} ?[^.]{1,60} \(@\w+\)")
_BULLET_RE = re.compile(r"^[^\w«“\"(\[]+")
_SPEECH_RE = re.compile(r"[«“„\"]")


def drop_boilerplate(text: str, title: str) -> str:
    """The text without such lines; `text` has one paragraph a line."""
    lines = text.split("\n")
    kept = [
        line
        for place, line in enumerate(lines)
        if not (_is_appeal(line) or (place < TOP_LINES and _heads(line, title)))
    ]
    return "\n".join(kept)


def is_furniture(line: str) -> bool:
    """Whether a line that stands near the headline is a byline, a date, an appeal, a pointer or a credit."""
    return bool(_BYLINE_RE.match(line) or _CREDIT_RE.search(line)) or _is_appeal(line)


def same_words(one: str, other: str) -> bool:
    """Whether two lines are the same but for case, accents' form, punctuation and white space."""
    return _fold(one) == _fold(other) != ""


def _heads(line: str, title: str) -> bool:
    return same_words(line, title) or bool(_BYLINE_RE.match(line))


def _is_appeal(line: str) -> bool:
    if len(line) > POINTER_CHARS:
        return False
    bare = _BULLET_RE.sub("", line)
    if _SIGNED_RE.match(line):
        return True
    if _APPEAL_RE.match(bare):
        return True
    return bool(_POINTER_RE.match(bare)) and not _SPEECH_RE.match(line)


def _fold(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
