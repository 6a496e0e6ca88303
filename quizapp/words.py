"""Plain words for what the library names briefly: kinds of question, levels, stances, reasons, ways to guess."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """A short name, and one line that says what it stands for."""

    name: str
    means: str


# Kinds of question, in groups that a reader can take in at a glance.
KINDS: dict[str, dict[str, Words]] = {
    "What a source says": {
        "description": Words("Description", "what happened, or how a source describes it"),
        "statement": Words("Statement", "what a named person or group said"),
        "action": Words("Action", "what somebody did"),
        "reason": Words("Reason", "the reason that a source gives"),
        "provision": Words("Agreement", "what an agreement contains"),
        "term": Words("Name", "what a name stands for, or what something is used for"),
        "level": Words("Degree", "how strong, how large, how like: one step on a scale"),
    },
    "Figures, dates and places": {
        "quantity": Words("Figure", "how many, how much, what share"),
        "date": Words("Date", "on which day or in which month"),
        "place": Words("Place or group", "which country, place, person or group"),
    },
    "Working with figures": {
        "span": Words("Years between", "how long from one event to another"),
        "order": Words("Order", "which of three events came first, and which last"),
        "sum": Words("Total", "what the parts add up to"),
        "remainder": Words("What is left", "what some parts leave of the whole"),
        "compare": Words("Difference", "by how much one share is larger than another"),
        "calendar": Words("Months and days", "how long between two dates, or where a length of time leads"),
        "product": Words("How many people", "what a share comes to in people"),
        "ratio": Words("For each person", "what a sum comes to for each resident"),
        "case": Words("A new case", "a figure applied to a case that the question sets"),
        "chart": Words("What fits one chart", "which figures are shares of the same whole"),
        "base": Words("Share of what", "what a percentage or a count is counted in"),
        "cross": Words("Two at once", "two details that must both be right"),
    },
    "Who speaks, and how surely": {
        "speaker": Words("Speaker", "who said it"),
        "pairing": Words("Person and position", "who stands for what"),
        "stance": Words(
            "Fact or view", "what is reported as fact, and what is a claim, a view or a forecast"
        ),
        "qualify": Words("Wording", "how a careful reader would qualify a sentence"),
    },
    "Weighing two sources": {
        "contrast": Words("Comparison", "where the two articles or two voices agree or differ"),
        "reconcile": Words("Fitting together", "how two accounts that differ can both hold"),
        "support": Words("Strength of proof", "what a statement proves, and what it does not"),
        "gap": Words("What is missing", "which question the articles leave open"),
        "infer": Words("Conclusion", "what follows from what is said"),
        "error": Words("Mistake", "which mistake a misreading makes"),
    },
}
OTHER_KINDS = "Other kinds"

STATES = {"draft": "Draft", "in_review": "In review", "approved": "Approved", "retired": "Retired"}
ORIGINS = {"generated": "Generated", "curated": "Curated by hand", "teacher": "Written by a teacher"}

LEVELS = {
    "remember": Words("Recall", "find again what was read"),
    "understand": Words("Understand", "say what a passage means"),
    "apply": Words("Apply", "use a figure or a rule, such as taking a share"),
    "analyse": Words("Analyse", "compare, tell fact from view, find the mistake"),
    "evaluate": Words("Judge", "say how far a source bears something out"),
}

STANCES = {
    "fact": Words("Reported as fact", "the article states it without naming a voice"),
    "claim": Words("Claim", "somebody says that it is so"),
    "opinion": Words("Opinion", "somebody’s judgement"),
    "forecast": Words("Forecast", "somebody’s view of what will come"),
    "estimate": Words("Estimate", "a number that somebody worked out or guessed"),
    "generalisation": Words("Generalisation", "one statement about many cases"),
    "contrast": Words("Contrast", "two statements side by side"),
}

REASONS = {
    "misconception": Words("A known misreading", "a way in which the passage is mistaken, named beforehand"),
    "other_referent": Words("True of something else", "the articles say it, but about another matter"),
    "contradicted": Words("The article says otherwise", "a passage states the opposite, or something else"),
    "speaker_swap": Words("Another voice", "it was said by somebody else"),
    "sibling": Words("A neighbour in the text", "a detail of the same kind from the same account"),
    "modality": Words(
        "Too sure, or not sure enough", "possible is taken for certain, or the other way round"
    ),
    "numeric_error": Words("A slip in reckoning", "a named mistake with the numbers"),
    "order": Words("The wrong order", "the events did not come one after another like this"),
    "camp_swap": Words("The other camp", "it is the view of the other side"),
    "part_whole": Words("A part for the whole", "a part is taken for all of it, or the whole for a part"),
    "not_stated": Words("Not in the articles", "neither article says so"),
    "actor_swap": Words("Somebody else did it", "the deed is real, the doer is not"),
    "base_swap": Words("A share of something else", "right percentage, wrong group"),
    "scope": Words("Too wide or too narrow", "one event is taken for many, or many for one"),
}

STRATEGIES = {
    "longest": Words("Take the longest", "careless writers make the right answer the longest"),
    "shortest": Words("Take the shortest", "or the shortest"),
    "most like the stem": Words("Echo the question", "the answer that repeats most words of the question"),
    "most like the others": Words(
        "Take the common ground", "the answer that shares most words with the rest"
    ),
    "middle": Words("Take the middle", "where answers are numbers in order, one of the middle two"),
    "most hedged": Words("Take the cautious one", "the answer with words such as “may” or “partly”"),
    "no absolute word": Words(
        "Avoid “always” and “never”", "any answer without a word that allows no exception"
    ),
    "familiar answer": Words(
        "Take the familiar one", "the answer whose words are right most often elsewhere"
    ),
    "vote": Words("All tricks together", "the answer that most tricks point at; this one may reach 35%"),
}


def words_for(known: dict[str, Words], name: str) -> Words:
    """The words for a name; one that nobody has described yet speaks for itself."""
    return known.get(name) or Words(name.replace("_", " ").capitalize(), "")
