"""The diary of one day, as the front desk reads it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from factories import at, make_clearance, make_practitioner, part, token

from intake.booking.models import Room
from intake.booking.services import Part, book, cancel
from intake.review.models import Clearance


def day_of(visit) -> str:
    return f"/diary/?day={timezone.localdate(visit.starts_at).isoformat()}"


class TestADay:
    def test_shows_who_when_what_with_whom_and_where(self, reception, visit):
        page = reception.get(day_of(visit)).content.decode()

        assert "<strong>10:00 to 10:45</strong>" in page
        assert '<span class="no-print">Rosa Okafor</span>' in page
        assert "10:00 Massage, 45 minutes, Mei Lindqvist, Willow room" in page
        assert visit.reference in page
        assert "1 visit." in page

    def test_is_printed_with_initials_only(self, reception, visit):
        page = reception.get(day_of(visit)).content.decode()

        on_paper = re.sub(r'<(\w+)[^>]*class="[^"]*no-print[^"]*".*?</\1>', "", page, flags=re.S)
        assert '<span class="on-paper">R. O.</span>' in on_paper
        assert "Okafor" not in on_paper

    def test_shows_a_combined_visit_once_with_both_parts(
        self, reception, patient, practitioner, masseur, room
    ):
        first = part(practitioner, room, "acupuncture")
        start = first.ends_at + timedelta(minutes=10)
        second = Part("massage", masseur.pk, room.pk, start, start + timedelta(minutes=60))
        combined = book(
            clearance=make_clearance(patient, practitioner),
            parts=[first, second],
            token=token(),
            by=patient.account,
        )

        page = reception.get(day_of(combined)).content.decode()

        assert page.count('class="desk-row"') == 1
        assert page.index("10:00 Acupuncture") < page.index("10:55 Massage, 60 minutes, Jo Brandt")

    def test_is_in_time_order_and_holds_no_other_day(
        self, reception, patient, other_patient, practitioner, room
    ):
        mine, theirs = (make_clearance(p, practitioner) for p in (patient, other_patient))
        late, early, elsewhere = (
            book(clearance=clearance, parts=[parts], token=token(), by=clearance.patient.account)
            for clearance, parts in (
                (mine, part(practitioner, room, hour=16)),
                (theirs, part(practitioner, room, hour=9)),
                (mine, part(practitioner, room, days=4)),
            )
        )

        visits = reception.get(day_of(late)).context["visits"]

        assert visits == [early, late]
        assert elsewhere not in visits

    def test_has_ways_to_the_days_around_and_to_today(self, reception, visit):
        day = timezone.localdate(visit.starts_at)

        page = reception.get(day_of(visit)).content.decode()

        for other in (day - timedelta(days=1), day + timedelta(days=1), timezone.localdate()):
            assert f'href="?day={other.isoformat()}"' in page

    def test_without_visits_says_so_and_where_the_next_ones_are(self, reception, visit):
        page = reception.get("/diary/").content.decode()

        assert "Nothing is booked on this day." in page
        assert f'href="{day_of(visit).removeprefix("/diary/")}"' in page
        assert "/diary/waiting/" in page

    def test_lists_cancelled_visits_apart(self, reception, visit, account):
        cancel(visit=visit, by=account)

        answer = reception.get(day_of(visit))

        assert answer.context["visits"] == []
        assert answer.context["cancelled"] == [visit]

    def test_marks_a_visit_whose_clearance_has_ended(self, reception, visit):
        assert "No longer cleared" not in reception.get(day_of(visit)).content.decode()
        Clearance.objects.update(state="suspended")

        assert "No longer cleared" in reception.get(day_of(visit)).content.decode()

    def test_holds_no_precaution_for_anyone(self, reception, treating, visit, opened):
        for client in (reception, treating):
            assert client.get(day_of(visit)).status_code == 200

        assert opened == []


class TestOnlyMine:
    @pytest.fixture
    def theirs(self, other_patient):
        colleague = make_practitioner("lee@example.org", "Lee Park", "acupuncture", "massage")
        parts = [part(colleague, Room.objects.create(name="Birch room"))]
        clearance = make_clearance(other_patient, colleague)
        return book(clearance=clearance, parts=parts, token=token(), by=other_patient.account)

    def test_leaves_out_the_visits_of_colleagues(self, treating, visit, theirs):
        answer = treating.get(f"{day_of(visit)}&mine=1")

        assert answer.context["visits"] == [visit]
        assert "1 visit with you." in answer.content.decode()
        assert "&amp;mine=1" in answer.content.decode()

    def test_is_not_the_default(self, treating, visit, theirs):
        assert set(treating.get(day_of(visit)).context["visits"]) == {visit, theirs}

    def test_means_nothing_to_reception(self, reception, visit, theirs):
        answer = reception.get(f"{day_of(visit)}&mine=1")

        assert len(answer.context["visits"]) == 2
        assert "Show only mine" not in answer.content.decode()


class TestADayThatCannotBeRead:
    @pytest.mark.parametrize(
        "day", ["x", "2026-02-31", "a\x00b", "0001-01-01", "9999-12-31", "9" * 5000, "-1"]
    )
    def test_is_said_to_be_so_and_today_is_shown(self, reception, day):
        answer = reception.get("/diary/", {"day": day})

        assert answer.status_code == 200
        assert "We could not read that date." in answer.content.decode()
        assert answer.context["day"] == timezone.localdate()

    @pytest.mark.parametrize("day", ["2000-01-01", "2199-12-31", "2027-03-28", "2026-10-25"])
    def test_is_not_said_of_a_day_at_the_edge(self, reception, day):
        answer = reception.get("/diary/", {"day": day})

        assert answer.context["day"].isoformat() == day
        assert "We could not read" not in answer.content.decode()

    def test_a_late_visit_belongs_to_the_clinics_day(self, reception, patient, practitioner, room):
        start = at(3, 23)
        parts = [Part("massage", practitioner.pk, room.pk, start, start + timedelta(minutes=30))]
        clearance = make_clearance(patient, practitioner)
        late = book(clearance=clearance, parts=parts, token=token(), by=patient.account)

        assert reception.get(day_of(late)).context["visits"] == [late]


class TestAfterSignIn:
    def test_reception_lands_on_the_diary(self, reception):
        assert reception.get("/home/")["Location"] == "/diary/"

    def test_a_practitioner_lands_on_reviews(self, treating):
        assert treating.get("/home/")["Location"] == "/reviews/"


class TestTheLinksForStaff:
    def links(self, client, address) -> list[str]:
        page = client.get(address).content.decode()
        nav = re.search(r'<nav class="staff-links".*?</nav>', page, re.S)
        return re.findall(r"<a [^>]*>([^<]+)</a>", nav.group()) if nav else []

    def test_lead_each_to_their_own_pages(self, reception, treating, signed_in, client, sam):
        assert self.links(treating, "/diary/") == ["Reviews", "Diary", "Can be booked", "Letters"]
        assert self.links(reception, "/diary/") == ["Diary", "Can be booked"]
        sam.is_manager = True
        sam.save()
        assert self.links(reception, "/diary/")[-1] == "Site management"

    def test_are_not_there_for_patients_and_strangers(self, signed_in, client):
        assert self.links(signed_in, "/me/") == []
        assert self.links(client, "/") == []

    @pytest.mark.parametrize("address", ["/reviews/", "/diary/", "/diary/waiting/", "/referrals/"])
    def test_mark_the_page_that_is_shown(self, treating, address):
        page = treating.get(address).content.decode()

        assert f'<a href="{address}" aria-current="page">' in page
        assert page.count('aria-current="page"') == 1
