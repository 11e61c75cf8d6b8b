"""What one step left behind, as another session sees it: traces, e-mails, states, and every row."""

from collections import Counter
from dataclasses import dataclass

from django.db import connection

TABLES = [
    "submission_intake",
    "submission_revision",
    "submission_flag",
    "submission_signature",
    "submission_goal",
    "submission_emergencyevent",
    "review_conclusion",
    "review_takenback",
    "review_decision",
    "review_verdict",
    "review_flaganswer",
    "review_flagseen",
    "review_contact",
    "review_secondopinion",
    "review_askround",
    "review_askquestion",
    "review_reply",
    "review_replydraft",
    "review_rescreening",
    "review_rescreeninganswer",
    "review_seen",
    "review_clearance",
    "review_clearedtherapy",
    "booking_visit",
    "booking_treatment",
    "audit_event",
    "notices_notice",
    "people_patient",
    "screening_ruleset",
]
FINGERPRINT = " UNION ALL ".join(
    f"SELECT count(*), coalesce(max(xmin::text::bigint), 0), coalesce(max(id), 0) FROM {table}"
    for table in TABLES
)
SINCE = """
    SELECT 'event', action, reference FROM audit_event WHERE id > $1
    UNION ALL SELECT 'notice', kind, reference FROM notices_notice WHERE id > $2
    UNION ALL SELECT 'job', args ->> 'notice_id', '' FROM procrastinate_jobs WHERE id > $3
"""
MARKS = """
    SELECT coalesce((SELECT max(id) FROM audit_event), 0),
        coalesce((SELECT max(id) FROM notices_notice), 0),
        coalesce((SELECT max(id) FROM procrastinate_jobs), 0),
        coalesce((SELECT max(id) FROM booking_visit), 0),
        coalesce((SELECT max(id) FROM review_verdict), 0),
        coalesce((SELECT max(id) FROM review_conclusion), 0),
        coalesce((SELECT max(id) FROM review_clearance), 0),
        coalesce((SELECT max(id) FROM review_rescreeninganswer), 0)
"""
TORN = """
    SELECT e.id FROM audit_event e JOIN submission_intake i ON i.reference = e.reference
    WHERE e.id > $1 AND e.action LIKE 'form\\_%' AND e.action <> 'form_expire'
      AND e.xmin <> i.xmin
      AND e.id = (SELECT max(n.id) FROM audit_event n
                  WHERE n.reference = e.reference AND n.action LIKE 'form\\_%')
    UNION ALL
    SELECT e.id FROM audit_event e JOIN booking_visit v ON v.reference = e.reference
    WHERE e.id > $1 AND e.xmin <> v.xmin AND e.action = 'visit_cancelled'
"""
ANSWERS = """
    SELECT r.id, md5(r::text || coalesce((SELECT string_agg(f::text, '' ORDER BY f.id)
        FROM submission_flag f WHERE f.revision_id = r.id), '')
        || coalesce((SELECT string_agg(s::text, '' ORDER BY s.id)
        FROM submission_signature s WHERE s.revision_id = r.id), ''))
    FROM submission_revision r WHERE r.id > $1
"""


@dataclass(frozen=True)
class Left:
    events: Counter
    notices: Counter
    jobs: int
    torn: list[int]
    """Traces that were not written in the transaction of the change they tell about."""


class Watcher:
    """A session of its own: what it sees has been committed."""

    def __init__(self) -> None:
        self.connection = connection.copy()
        self.prepared: dict[str, str] = {}
        with self.connection.cursor() as cursor:
            cursor.execute("SET plan_cache_mode = force_generic_plan; SET join_collapse_limit = 1")
        self.begin_again()

    def begin_again(self) -> None:
        self.digests: dict[int, str] = {}
        self.look()

    def rows(self, sql: str, *params: int) -> list[tuple]:
        """Prepared once, because planning takes longer than answering."""
        with self.connection.cursor() as cursor:
            if sql not in self.prepared:
                self.prepared[sql] = f"asked_{len(self.prepared)}"
                kinds = f"({', '.join(['bigint'] * len(params))})" if params else ""
                cursor.execute(f"PREPARE {self.prepared[sql]}{kinds} AS {sql}")
            values = f"({', '.join(str(int(each)) for each in params)})" if params else ""
            cursor.execute(f"EXECUTE {self.prepared[sql]}{values}")
            return cursor.fetchall()

    def look(self) -> None:
        """What happens from here on is new."""
        self.marks = self.rows(MARKS)[0]
        self.before = self.rows(FINGERPRINT)

    def nothing_new(self) -> bool:
        return self.rows(FINGERPRINT) == self.before

    def left(self) -> Left:
        found = self.rows(SINCE, *self.marks[:3])
        kept = {kind: [row[1:] for row in found if row[0] == kind] for kind in ("event", "notice")}
        torn = [pk for (pk,) in self.rows(TORN, self.marks[0])]
        jobs = sum(row[0] == "job" for row in found)
        return Left(Counter(kept["event"]), Counter(kept["notice"]), jobs, torn)

    def answers_as_they_were(self, *, all_of_them: bool) -> bool:
        """Digests of what was sent; all of them, or only of what is new."""
        newest = max(self.digests, default=0)
        now = dict(self.rows(ANSWERS, 0 if all_of_them else newest))
        same = all(self.digests.setdefault(pk, digest) == digest for pk, digest in now.items())
        return same and (not all_of_them or now.keys() == self.digests.keys())

    def close(self) -> None:
        self.connection.close()
