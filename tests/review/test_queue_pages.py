"""The next case, and the pages of a long list."""

import pytest
from factories import make_clearance, make_patient, make_sent
from queue_steps import due, names
from signing_in import client_of

from intake.review import queue_rows
from intake.review.queue import next_case


class TestTheNextCase:
    def test_is_the_first_that_nobody_else_has_open(
        self, signed_in, practitioner, masseur, patient, other_patient
    ):
        first, second = make_sent(patient), make_sent(other_patient)
        due(first, hours=2)
        due(second, hours=1)
        client_of(masseur.user).get(f"/reviews/{first.intake.reference}/")

        assert signed_in.get("/reviews/next/").url == f"/reviews/{second.intake.reference}/"

    def test_comes_behind_the_one_that_was_looked_at_and_then_from_the_top(
        self, practitioner, patient, other_patient
    ):
        first, second = make_sent(patient).intake, make_sent(other_patient).intake

        assert next_case(practitioner.user, after=first.reference) == second
        assert next_case(practitioner.user, after=second.reference) == first

    def test_is_said_to_be_missing_when_nobody_waits(self, signed_in):
        answer = signed_in.get("/reviews/next/?after=nonsense%00", follow=True)

        assert "No other form needs you now." in answer.content.decode()

    def test_is_not_one_that_was_handed_to_someone_else(self, signed_in, patient, masseur):
        intake = make_sent(patient).intake
        address = f"/reviews/{intake.reference}/hand-over/"
        signed_in.post(address, {"to": masseur.user.pk, "note": ""})

        assert signed_in.get("/reviews/next/").url == "/reviews/"


class TestPages:
    @pytest.fixture
    def three(self, monkeypatch) -> list[str]:
        monkeypatch.setattr(queue_rows, "SHOWN", 2)
        people = [make_patient(f"p{n}@example.org", f"Person {n}") for n in range(5)]
        for n, someone in enumerate(people):
            due(make_sent(someone), hours=9 - n // 2)  # two and two are due at the same moment
        return [someone.name for someone in people]

    @pytest.mark.parametrize("tab", ["needs", "all"])
    def test_together_show_everyone_once(self, signed_in, three, tab):
        seen, address = [], f"/reviews/?tab={tab}"
        while address:
            page = signed_in.get(address).context["page"]
            seen += [str(row.intake.patient) for row in page.rows]
            assert (page.total, page.last) == (5, len(seen))
            address = (
                page.behind and f"/reviews/?tab={tab}&behind={page.behind.replace('+', '%2B')}"
            )

        assert seen == three

    def test_follow_the_link_on_the_page(self, signed_in, three):
        page = signed_in.get("/reviews/").content.decode()
        link = page.split('class="btn second" href="')[1].split('"')[0].replace("&amp;", "&")

        assert names(signed_in, link) == three[2:4]

    def test_also_lead_through_those_who_can_book(self, signed_in, practitioner, monkeypatch):
        monkeypatch.setattr(queue_rows, "SHOWN", 1)
        for n in range(2):
            make_clearance(make_patient(f"c{n}@example.org", f"Cleared {n}"), practitioner)

        behind = signed_in.get("/reviews/?tab=ready").context["page"].behind

        assert names(signed_in, f"?tab=ready&behind={behind}") == ["Cleared 1"]

    @pytest.mark.parametrize("behind", ["x", "~", "2026-11-26~1", "T~1", "~9" + "9" * 30, "%00~1"])
    def test_of_nonsense_are_the_first(self, signed_in, three, behind):
        assert signed_in.get(f"/reviews/?behind={behind}").status_code == 200

    def test_do_not_count_for_ever(self, signed_in, three, monkeypatch):
        monkeypatch.setattr(queue_rows, "COUNTED", 3)

        assert "of more than 3" in signed_in.get("/reviews/").content.decode()
