"""Nouns that say nothing of a subject by themselves: the calendar, amounts, and the words of every article."""

CALENDAR = frozenset(
    """
    lundi mardi mercredi jeudi vendredi samedi dimanche lundis mardis mercredis jeudis vendredis samedis
    dimanches janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre
    décembre decembre matin matinée midi soir soirée après-midi nuit journée jour jours semaine semaines
    week-end weekend mois an ans année années siècle décennie heure heures minute minutes seconde
    secondes hier aujourd'hui demain veille lendemain trimestre semestre printemps été automne hiver
    rentrée
    """.split()  # noqa: SIM905 - one word a line would be seven hundred lines
)

STOP_NOUNS = frozenset(
    """
    accord acte action actualité adresse affaire affaires aide ailleurs aise annonce annonces appel
    article aspect attaque attente augmentation auteur auteurs avance avenir avis baisse base besoin
    bilan bout but cadre camp carte cas cause centaine centaines centre chance changement charge chef
    chiffre chiffres choix chose choses cinquantaine cent client clients coeur cœur colère comment
    compte conclusion conditions conférence confiance conséquence conséquences conseil conseils contexte
    contrat contre cours coup coups critique crise début débat débats décision décisions découverte
    défense demande demandes départ dernier dernière détail détails développement devant dialogue
    différence difficulté difficultés direct direction directeur directrice discours disposition dizaine
    dizaines dollars domaine dossier doute droit droits durée échange échanges échelle écran édition
    effet effets effort efforts élément éléments émission enfant enfants enjeu enjeux enquête ensemble
    entreprise entreprises entretien envie époque équipe équipes erreur espace espoir esprit étape état
    étude euros événement évolution exemple expérience expert experts explication explications face
    façon fait faits famille familles faveur femme femmes figure fille fils fin fois fonction fond force
    forces forme formes foule gens geste gouvernement groupe groupes guerre habitants hasard hausse
    hauteur histoire histoires homme hommes humain hommage idée idées image images importance impact
    information informations initiative intérêt interview invité invitée issue jeune jeunes jeu joie
    journal journaliste journalistes juge jugement justice leader lecteur lecteurs lettre liberté lieu
    lieux ligne lignes liste livre loi long lumière lutte madame main mains maire maison majorité
    manière marche marché membre membres menace menaces mesure mesures message mètres milieu milliards
    millier milliers million millions ministre mise mission mode modèle moitié moment moments monde
    monsieur montant mort morts mot mots mouvement moyen moyens nature niveau nombre nombres nouveau
    nouveauté nouvelle nouvelles objectif objet occasion offre opération opinion opposition ordre
    organisation origine ouverture page papier parcours parents parole paroles part partie parti partir
    partis passage passé patron pays peine pensée père période personnage personne personnes perte petit
    peuple peur phase photo photos phrase pièce place plan plainte plupart poids point points politique
    politiques portrait position possibilité poste poursuite pouvoir pratique présence président
    présidente pression preuve prix problème problèmes processus produit produits professeur profil
    programme projet projets propos proposition propositions province public publication puissance
    qualité quantité quart quartier question questions raison raisons rapport réaction réactions réalité
    recherche récit record réduction référence réflexion reforme réforme refus regard région règle
    règles relation relations rencontre rendez-vous renfort réponse réponses report reprise résultat
    résultats retour réunion réussite rêve risque risques rôle route rumeur sanction santé scène sein
    sens sentiment série service services situation société soir sortie source sources soutien
    spécialiste spectacle suite suites sujet sujets surprise système table tableau taille technique
    témoignage témoin temps tendance tension tensions tentative terme termes terre tête texte thème
    titre titres tonne total tour tournant traitement travail travaux traversée troisième type urgence
    usage utilisation valeur valeurs vague version vice victime victimes victoire vidéo vidéos vie ville
    villes violence visage visite voie voix volonté vote vrai vue zone horoscope podcast newsletter
    chronique éditorial reportage décryptage analyse billet récap replay match matchs score finale
    journée championnat coupe buteur entraîneur joueur joueurs saison film films album roman acteur
    actrice chanteur chanteuse recette recettes astuces bonheur policier policiers police procès
    tribunal parquet suspect suspects meurtre accusation accusations crime condamnation président-
    directeur porte-parole responsable responsables député députés sénateur élu élus candidat candidate
    candidats militant militants manifestation manifestants grève élections élection scrutin campagne
    négociations accords sommet frappes soldats armée troupes otages civils bombardements cessez-le-feu
    conflit paix territoire frontière frontières kilomètres mètre pourcent pour-cent taux chômage
    croissance inflation budget économie impôts taxe taxes salaires salariés emplois emploi usine usines
    banque banques bourse actions investisseurs industrie énergie climat planète météo pluie neige
    soleil froid chaleur température températures vent
    """.split()  # noqa: SIM905 - one word a line would be seven hundred lines
)
