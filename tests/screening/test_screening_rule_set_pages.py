"""The pages on which managers read rule sets."""

import csv

import pytest
from django.urls import reverse
from rule_set_steps import PAGES, change, manager, started
from screening_documents import RULES
from signing_in import client_of

from clinic.people.models import User
from intake.screening.admin import PAGES as ROUTES
from intake.screening.models import RuleSet
from intake.screening.publishing import publish
from intake.screening.rule_files import FOLDER
from intake.screening.services import load_default
from intake.screening.sheets import SHEETS

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def ada():
    return manager("Ada")


@pytest.fixture
def bea():
    return manager("Bea")


@pytest.fixture
def in_force():
    return load_default()


@pytest.fixture
def draft(in_force, ada):
    return started(in_force, ada)


@pytest.fixture
def client(ada):
    return client_of(ada)


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
    def test_opens_for_a_manager_in_few_queries(self, client, draft, django_assert_max_num_queries):
        for address in addresses(draft):
            with django_assert_max_num_queries(MOST_QUERIES):
                assert client.get(address).status_code == 200, address

    def test_takes_no_more_queries_with_many_versions(
        self, client, draft, ada, django_assert_max_num_queries
    ):
        for number in range(2, 9):
            started(draft, ada, f"2026.2.{number}")

        for address in addresses(draft):
            with django_assert_max_num_queries(MOST_QUERIES):
                client.get(address)

    @pytest.mark.parametrize("who", ["practitioner", "patient", "reception", "stranger"])
    def test_is_not_there_for_others(self, client, draft, practitioner, patient, who):
        people = {
            "practitioner": practitioner.user,
            "patient": patient.account,
            "reception": User.objects.create_user("sam@example.org", is_reception=True),
        }
        other = client_of(people[who]) if who in people else type(client)()

        for address in addresses(draft):
            for answer in (other.get(address), other.post(address, {"seen": draft.digest})):
                assert answer.status_code in (302, 404), address
                assert answer.status_code == 404 or "/account/" in answer.url, address
        assert RuleSet.objects.get(pk=draft.pk).digest == draft.digest

    def test_runs_no_script_and_no_style_of_its_own(self, client, draft):
        for address in addresses(draft):
            page = client.get(address).content.decode().partition('class="rules"')[2]
            assert "<script" not in page
            assert "style=" not in page


class TestTheListOfVersions:
    def test_says_which_is_in_force_who_drafted_and_who_published(
        self, client, in_force, draft, bea, ada
    ):
        publish(draft=draft, note="why", seen=draft.digest, by=bea)
        started(draft, ada, "2026.2.2")

        rows = client.get(PAGES).context["cl"].result_list

        assert [
            (row.name, row.shown_state, str(row.drafted_by), str(row.published_by)) for row in rows
        ] == [
            ("2026.2.2", "Draft", "Ada", "None"),
            ("2026.2.1", "In force", "Ada", "Bea"),
            ("2026.2", "Earlier", "None", "None"),
        ]

    def test_with_nothing_in_it_opens_and_so_do_the_differences(self, client):
        assert client.get(PAGES).status_code == 200
        assert "There is no version yet." in client.get(f"{PAGES}difference/").content.decode()


class TestAVersion:
    def test_counts_rows_and_how_many_rest_on_our_own_default(self, client, in_force):
        page = client.get(f"{PAGES}{in_force.pk}/change/")

        lines = {each.name: each for each in page.context["sheets"]}
        with (FOLDER / "conditions.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        ours = sum(row["default"] == "yes" for row in rows)
        conditions = lines["conditions"]
        assert list(lines) == list(SHEETS)
        assert (conditions.rows, conditions.defaults) == (len(rows), ours)
        assert conditions.sourced == len(rows) - ours
        assert lines["medicines"].sourced is None

    def test_says_what_it_is(self, client, in_force, draft, bea):
        assert (
            "<strong>A draft.</strong>" in client.get(f"{PAGES}{draft.pk}/change/").content.decode()
        )
        publish(draft=draft, note="Because of <the> audit", seen=draft.digest, by=bea)

        page = client.get(f"{PAGES}{draft.pk}/change/").content.decode()

        assert "<strong>In force.</strong>" in page
        assert "Because of &lt;the&gt; audit" in page
        assert (
            "<strong>An earlier version.</strong>"
            in client.get(f"{PAGES}{in_force.pk}/change/").content.decode()
        )

    @pytest.mark.parametrize("key", ["0", "99999", "x", "99999999999999999999"])
    def test_that_is_not_there_is_not_found(self, client, key):
        assert client.get(f"{PAGES}{key}/change/").status_code == 404


class TestASheet:
    def found(self, client, rule_set, sheet="conditions", **query):
        return client.get(f"{PAGES}{rule_set.pk}/table/{sheet}/", query).context["page"]

    @pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.name)
    def test_shows_every_row_over_its_pages(self, client, in_force, sheet):
        keys = []
        for number in self.found(client, in_force, sheet.name).paginator.page_range:
            keys += [row.key for row in self.found(client, in_force, sheet.name, page=number)]

        assert keys == list(sheet.by_key(RULES))

    def test_shows_levels_general_and_in_the_affected_area(self, client, in_force):
        [row] = self.found(client, in_force, q="lymph_nodes_removed")

        rule = RULES.rule("lymph_nodes_removed")
        words = [level.replace("_", " ").capitalize() for level in rule.levels]
        local = [level.replace("_", " ").capitalize() for level in rule.local]
        assert [(level.general, level.local) for level in row.levels] == list(
            zip(words, local, strict=True)
        )
        assert row.title == rule.question

    def test_is_searched_by_every_word_in_any_letters(self, client, in_force):
        rows = self.found(client, in_force, q="WARFARIN thinner")

        assert [row.key for row in rows] == ["anticoagulant_use"]

    def test_is_narrowed_to_what_rests_only_on_our_own_default(self, client, in_force):
        ours = self.found(client, in_force, rests_on="default").paginator.count
        others = self.found(client, in_force, rests_on="sourced").paginator.count

        assert ours == sum(rule.default for rule in RULES.conditions)
        assert ours + others == 144

    def test_without_a_fitting_row_says_so(self, client, in_force):
        page = client.get(f"{PAGES}{in_force.pk}/table/conditions/?q=zzzz").content.decode()

        assert "No row fits." in page

    def test_offers_changes_in_drafts_only(self, client, in_force, draft):
        for rule_set, expected in ((in_force, False), (draft, True)):
            page = client.get(f"{PAGES}{rule_set.pk}/table/findings/").content.decode()
            assert ("Add a row" in page, "/remove/?row=" in page) == (expected, expected)

    @pytest.mark.parametrize("sheet", SHEETS)
    def test_is_downloaded_as_the_file_it_came_from(self, client, in_force, sheet):
        answer = client.get(f"{PAGES}{in_force.pk}/table/{sheet}.csv")

        with (FOLDER / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
            expected = list(csv.DictReader(file))
        lines = answer.content.decode().splitlines(keepends=True)
        reader = csv.DictReader(lines)
        got = [SHEETS[sheet].row(row) for row in reader]
        assert got == [SHEETS[sheet].row(row) for row in expected]
        assert answer["Content-Disposition"] == f'attachment; filename="{sheet}.csv"'
        assert "\r" not in lines[0]


class TestTheDifferencePage:
    def test_names_what_is_lowered_first(self, client, in_force, draft, ada):
        change(draft, "conditions", "diabetes", ada, massage="none")
        change(draft, "conditions", "icd", ada, question="Other words?")

        page = client.get(f"{PAGES}difference/", {"from": in_force.pk, "to": draft.pk})

        text = page.content.decode()
        assert "2 rows differ" in text
        assert text.index(">diabetes<") < text.index(">icd<")
        assert "<del>Note</del>" in text and "<ins>None</ins>" in text

    def test_compares_what_is_in_force_with_the_newest_by_itself(self, client, in_force, draft):
        context = client.get(f"{PAGES}difference/").context

        assert (context["before"], context["now"]) == (in_force, draft)

    @pytest.mark.parametrize("given", ["x", "0", "999999", ""])
    def test_takes_no_harm_from_a_version_that_is_not_there(self, client, in_force, given):
        answer = client.get(f"{PAGES}difference/", {"from": given, "to": given})

        assert answer.status_code == 200
