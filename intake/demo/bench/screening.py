"""How quickly answers are screened, and how long the rules take to be ready."""

from intake.demo.bench.documents import typical_documents
from intake.demo.bench.figures import Figures, figure, seconds
from intake.screening import services
from intake.screening.engine import READERS, screen
from intake.screening.rule_set import RuleSetData

DOCUMENTS = 2000
ROUNDS = 5


def measure() -> Figures:
    """On one core, in this process. The shares are parts of one document's time."""
    services.load_default()
    loading = [_load() for _ in range(ROUNDS)]
    _, rules = services.published()
    documents = typical_documents(rules, DOCUMENTS)
    screen(documents[0], rules)
    passes = [seconds(lambda: _screen_all(documents, rules)) for _ in range(ROUNDS)]
    return {
        **figure("screen_documents_per_second", [DOCUMENTS / each for each in passes], 0),
        "screen_shares": _shares(documents, rules, min(passes)),
        **figure("rule_set_load_ms", [each * 1000 for each in loading]),
    }


def _load() -> float:
    """From the database to the first screened document, with every index built."""
    services.forget()

    def load() -> None:
        _, rules = services.published()
        screen({"id": "-", "on": "2026-11-24", "born": "1973-06-04", **FIRST}, rules)

    return seconds(load)


FIRST = {"answers": {}, "medicines": ["warfarim 3 mg"], "free_text": {"own_words": "sore back"}}


def _screen_all(documents: list[dict], rules: RuleSetData) -> None:
    for document in documents:
        screen(document, rules)


def _shares(documents: list[dict], rules: RuleSetData, whole: float) -> dict[str, float]:
    """Reader -> its share of the whole; the rest is merging, weighing and writing out."""
    shares = {
        name: seconds(lambda read=read: [read(d, rules) for d in documents]) / whole
        for name, read in READERS.items()
    }
    shares["rest"] = max(0.0, 1 - sum(shares.values()))
    return {name: round(share, 3) for name, share in shares.items()}
