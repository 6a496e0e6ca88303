"""Plain words for what the library names briefly: kinds of question, levels, stances, reasons, ways to guess.

They are marked for translation; whoever shows them says them in the language of the page.
"""

from __future__ import annotations

from typing import NamedTuple

from quizapp.marking import mark


class Words(NamedTuple):
    """A short name, and one line that says what it stands for."""

    name: str
    means: str


# Kinds of question, in groups that a reader can take in at a glance.
KINDS: dict[str, dict[str, Words]] = {
    mark("What a source says"): {
        "description": Words(mark("Description"), mark("what happened, or how a source describes it")),
        "statement": Words(mark("Statement"), mark("what a named person or group said")),
        "action": Words(mark("Action"), mark("what somebody did")),
        "reason": Words(mark("Reason"), mark("the reason that a source gives")),
        "provision": Words(mark("Agreement"), mark("what an agreement contains")),
        "term": Words(mark("Name"), mark("what a name stands for, or what something is used for")),
        "level": Words(mark("Degree"), mark("how strong, how large, how like: one step on a scale")),
    },
    mark("Figures, dates and places"): {
        "quantity": Words(mark("Figure"), mark("how many, how much, what share")),
        "date": Words(mark("Date"), mark("on which day or in which month")),
        "place": Words(mark("Place or group"), mark("which country, place, person or group")),
    },
    mark("Working with figures"): {
        "span": Words(mark("Years between"), mark("how long from one event to another")),
        "order": Words(mark("Order"), mark("which of three events came first, and which last")),
        "sum": Words(mark("Total"), mark("what the parts add up to")),
        "remainder": Words(mark("What is left"), mark("what some parts leave of the whole")),
        "compare": Words(mark("Difference"), mark("by how much one share is larger than another")),
        "calendar": Words(
            mark("Months and days"), mark("how long between two dates, or where a length of time leads")
        ),
        "product": Words(mark("How many people"), mark("what a share comes to in people")),
        "ratio": Words(mark("For each person"), mark("what a sum comes to for each resident")),
        "case": Words(mark("A new case"), mark("a figure applied to a case that the question sets")),
        "chart": Words(mark("What fits one chart"), mark("which figures are shares of the same whole")),
        "base": Words(mark("Share of what"), mark("what a percentage or a count is counted in")),
        "cross": Words(mark("Two at once"), mark("two details that must both be right")),
    },
    mark("Who speaks, and how surely"): {
        "speaker": Words(mark("Speaker"), mark("who said it")),
        "pairing": Words(mark("Person and position"), mark("who stands for what")),
        "stance": Words(
            mark("Fact or view"), mark("what is reported as fact, and what is a claim, a view or a forecast")
        ),
        "qualify": Words(mark("Wording"), mark("how a careful reader would qualify a sentence")),
    },
    mark("Weighing two sources"): {
        "contrast": Words(mark("Comparison"), mark("where the two articles or two voices agree or differ")),
        "reconcile": Words(mark("Fitting together"), mark("how two accounts that differ can both hold")),
        "support": Words(mark("Strength of proof"), mark("what a statement proves, and what it does not")),
        "gap": Words(mark("What is missing"), mark("which question the articles leave open")),
        "infer": Words(mark("Conclusion"), mark("what follows from what is said")),
        "error": Words(mark("Mistake"), mark("which mistake a misreading makes")),
    },
}
OTHER_KINDS = mark("Other kinds")

STATES = {
    "draft": mark("Draft"),
    "in_review": mark("In review"),
    "approved": mark("Approved"),
    "retired": mark("Retired"),
}
ORIGINS = {
    "generated": mark("Generated"),
    "curated": mark("Curated by hand"),
    "teacher": mark("Written by a teacher"),
}

LEVELS = {
    "remember": Words(mark("Recall"), mark("find again what was read")),
    "understand": Words(mark("Understand"), mark("say what a passage means")),
    "apply": Words(mark("Apply"), mark("use a figure or a rule, such as taking a share")),
    "analyse": Words(mark("Analyse"), mark("compare, tell fact from view, find the mistake")),
    "evaluate": Words(mark("Judge"), mark("say how far a source bears something out")),
}

STANCES = {
    "fact": Words(mark("Reported as fact"), mark("the article states it without naming a voice")),
    "claim": Words(mark("Claim"), mark("somebody says that it is so")),
    "opinion": Words(mark("Opinion"), mark("somebody’s judgement")),
    "forecast": Words(mark("Forecast"), mark("somebody’s view of what will come")),
    "estimate": Words(mark("Estimate"), mark("a number that somebody worked out or guessed")),
    "generalisation": Words(mark("Generalisation"), mark("one statement about many cases")),
    "contrast": Words(mark("Contrast"), mark("two statements side by side")),
}

REASONS = {
    "misconception": Words(
        mark("A known misreading"), mark("a way in which the passage is mistaken, named beforehand")
    ),
    "other_referent": Words(
        mark("True of something else"), mark("the articles say it, but about another matter")
    ),
    "contradicted": Words(
        mark("The article says otherwise"), mark("a passage states the opposite, or something else")
    ),
    "speaker_swap": Words(mark("Another voice"), mark("it was said by somebody else")),
    "sibling": Words(
        mark("A neighbour in the text"), mark("a detail of the same kind from the same account")
    ),
    "modality": Words(
        mark("Too sure, or not sure enough"), mark("possible is taken for certain, or the other way round")
    ),
    "numeric_error": Words(mark("A slip in reckoning"), mark("a named mistake with the numbers")),
    "order": Words(mark("The wrong order"), mark("the events did not come one after another like this")),
    "camp_swap": Words(mark("The other camp"), mark("it is the view of the other side")),
    "part_whole": Words(
        mark("A part for the whole"), mark("a part is taken for all of it, or the whole for a part")
    ),
    "not_stated": Words(mark("Not in the articles"), mark("neither article says so")),
    "actor_swap": Words(mark("Somebody else did it"), mark("the deed is real, the doer is not")),
    "base_swap": Words(mark("A share of something else"), mark("right percentage, wrong group")),
    "scope": Words(mark("Too wide or too narrow"), mark("one event is taken for many, or many for one")),
}

STRATEGIES = {
    "longest": Words(mark("Take the longest"), mark("careless writers make the right answer the longest")),
    "shortest": Words(mark("Take the shortest"), mark("or the shortest")),
    "most like the stem": Words(
        mark("Echo the question"), mark("the answer that repeats most words of the question")
    ),
    "most like the others": Words(
        mark("Take the common ground"), mark("the answer that shares most words with the rest")
    ),
    "middle": Words(
        mark("Take the middle"), mark("where answers are numbers in order, one of the middle two")
    ),
    "most hedged": Words(
        mark("Take the cautious one"), mark("the answer with words such as “may” or “partly”")
    ),
    "no absolute word": Words(
        mark("Avoid “always” and “never”"), mark("any answer without a word that allows no exception")
    ),
    "familiar answer": Words(
        mark("Take the familiar one"), mark("the answer whose words are right most often elsewhere")
    ),
    "vote": Words(
        mark("All tricks together"), mark("the answer that most tricks point at; this one may reach 35%")
    ),
}


def words_for(known: dict[str, Words], name: str) -> Words:
    """The words for a name; one that nobody has described yet speaks for itself."""
    return known.get(name) or Words(name.replace("_", " ").capitalize(), "")
