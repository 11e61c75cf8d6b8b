"""Whether the words looked for in free text fit together."""

from intake.screening.levels import BY_CODE
from intake.screening.refusing import refuse, refuse_twice
from intake.screening.rule_set import RuleSetData
from intake.screening.text.indexing import itself
from intake.screening.text.rows import EFFECTS, KINDS, SIDES


def check_terms(rule_set: RuleSetData) -> None:
    names = {term.term: {name.lower() for name in term.names} for term in rule_set.terms}
    refuse_twice([term.term for term in rule_set.terms])
    for term in rule_set.terms:
        refuse({*term.codes, *term.asks} - set(rule_set.by_code), f"is opened by {term.term} only")
        refuse({term.family} - {"", *BY_CODE}, f"is not a level ({term.term})")
    for case in rule_set.term_cases:
        refuse({case.term} - set(names), "is in term_cases only")
        refuse({case.effect} - set(EFFECTS), f"is no effect ({case.term})")
        refuse({name.lower() for name in case.only} - names[case.term], f"is no {case.term}")
        if case.effect == "means":
            refuse(set(case.words) & itself(case, rule_set.terms), f"hides {case.term}")
        known = set(BY_CODE) if case.effect == "family" else set(rule_set.by_code)
        refuse(set(case.codes) - known, f"is opened by {case.term} only")
    for cue in rule_set.cues:
        refuse({cue.kind} - set(KINDS), "is no kind of cue")
        refuse({cue.side} - set(SIDES), f"is no side of a cue ({cue.kind})")
    refuse({row.code for row in rule_set.passing} - set(rule_set.by_code), "is in passing only")
