import time
import pytest, copy
from refusals import run
from screening_documents import RULES
from intake.screening.rule_set import to_json
from intake.screening.lowering import lowered
import json


@pytest.mark.django_db
def test_x():
    a = to_json(RULES)
    b = copy.deepcopy(a)
    for r in b["rules"][:60]:
        r["levels"] = ["note"] * 4
    for r in b["terms"]:
        r["lay"] = []
    t = time.time()
    L = lowered(a, b)
    print(len(L), time.time() - t)
    t = time.time()
    n = run("SELECT count(*) FROM screening_lowered(%s,%s)", [json.dumps(a), json.dumps(b)])
    print(n, time.time() - t)
    t = time.time()
    n = run("SELECT count(*) FROM screening_lowered(%s,%s)", [json.dumps(a), json.dumps(a)])
    print(n, time.time() - t)
    t = time.time()
    L = lowered(a, a)
    print(len(L), time.time() - t)
