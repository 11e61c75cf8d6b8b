"""The pages on which managers read rule sets."""

import csv

import pytest
from django.urls import reverse
from rule_set_steps import PAGES, started
from signing_in import client_of

from clinic.people.models import User
from intake.screening.admin import PAGES as ROUTES
from intake.screening.editing.publishing import publish
from intake.screening.editing.sheets import SHEETS
from intake.screening.models import RuleSet
from intake.screening.rule_files import FOLDER

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def addresses(rule_set: RuleSet) -> list[str]:
    """Every page about this rule set."""
    found = [f"{PAGES}", f"{PAGES}{rule_set.pk}/change/", f"/manage/rules/{rule_set.pk}/back-test/"]
    for _, name, _ in ROUTES:
        arguments = {"difference": [], "try": [rule_set.pk], "start": [rule_set.pk],
                     "agree": [rule_set.pk], "publish": [rule_set.pk]}.get(
                         name, [rule_set.pk, "conditions"])  # fmt: skip
        address = reverse(f"admin:screening_ruleset_{name}", args=arguments)
        found.append(f"{address}?row=icd" if name in ("row", "remove") else address)
    return found


class TestEveryPage:
    def test_opens_for_a_manager_in_few_queries(self, as_ada, draft, django_assert_max_num_queries):
        for address in addresses(draft):
            with django_assert_max_num_queries(MOST_QUERIES):
                assert as_ada.get(address).status_code == 200, address

    def test_takes_no_more_queries_with_many_versions(
        self, as_ada, draft, in_force, ada, django_assert_max_num_queries
    ):
        for number in range(2, 9):
            started(in_force, ada, f"2026.3.{number}")

        for address in addresses(draft):
            with django_assert_max_num_queries(MOST_QUERIES):
                as_ada.get(address)

    @pytest.mark.parametrize("who", ["practitioner", "patient", "reception", "stranger"])
    def test_is_not_there_for_others(self, as_ada, draft, practitioner, patient, who):
        people = {
            "practitioner": practitioner.user,
            "patient": patient.account,
            "reception": User.objects.create_user("sam@example.org", is_reception=True),
        }
        other = client_of(people[who]) if who in people else type(as_ada)()

        for address in addresses(draft):
            for answer in (other.get(address), other.post(address, {"seen": draft.digest})):
                assert answer.status_code in (302, 404), address
                assert answer.status_code == 404 or "/account/" in answer.url, address
        assert RuleSet.objects.get(pk=draft.pk).digest == draft.digest

    def test_runs_no_script_and_no_style_of_its_own(self, as_ada, draft):
        for address in addresses(draft):
            page = as_ada.get(address).content.decode().partition('class="rules"')[2]
            assert "<script" not in page
            assert "style=" not in page


class TestTheListOfVersions:
    def test_says_which_is_in_force_who_drafted_and_who_published(
        self, as_ada, in_force, draft, bea, ada
    ):
        publish(draft=draft, note="why", seen=draft.digest, by=bea)
        started(in_force, ada, "2026.3.2")

        rows = as_ada.get(PAGES).context["cl"].result_list

        assert [
            (row.name, row.shown_state, str(row.drafted_by), str(row.published_by)) for row in rows
        ] == [
            ("2026.3.2", "Draft", "Ada", "None"),
            ("2026.3.1", "In force", "Ada", "Bea"),
            ("2026.3", "Earlier", "None", "None"),
        ]

    def test_with_nothing_in_it_opens_and_so_do_the_differences(self, as_ada):
        assert as_ada.get(PAGES).status_code == 200
        assert "There is no version yet." in as_ada.get(f"{PAGES}difference/").content.decode()


class TestAVersion:
    def test_counts_rows_and_how_many_rest_on_our_own_default(self, as_ada, in_force):
        page = as_ada.get(f"{PAGES}{in_force.pk}/change/")

        lines = {each.name: each for each in page.context["sheets"]}
        with (FOLDER / "conditions.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        ours = sum(row["default"] == "yes" for row in rows)
        conditions = lines["conditions"]
        assert list(lines) == list(SHEETS)
        assert (conditions.rows, conditions.defaults) == (len(rows), ours)
        assert conditions.sourced == len(rows) - ours
        assert lines["medicines"].sourced is None

    def test_says_what_it_is(self, as_ada, in_force, draft, bea):
        assert (
            "<strong>A draft.</strong>" in as_ada.get(f"{PAGES}{draft.pk}/change/").content.decode()
        )
        publish(draft=draft, note="Because of <the> audit", seen=draft.digest, by=bea)

        page = as_ada.get(f"{PAGES}{draft.pk}/change/").content.decode()

        assert "<strong>In force.</strong>" in page
        assert "Because of &lt;the&gt; audit" in page
        assert (
            "<strong>An earlier version.</strong>"
            in as_ada.get(f"{PAGES}{in_force.pk}/change/").content.decode()
        )

    @pytest.mark.parametrize("key", ["0", "99999", "x", "99999999999999999999"])
    def test_that_is_not_there_is_not_found(self, as_ada, key):
        assert as_ada.get(f"{PAGES}{key}/change/").status_code == 404
