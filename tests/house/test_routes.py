"""Every route against seven kinds of people, in one table. A new route without a row fails."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from route_table import DOORS, PEOPLE, TABLE

from clinic.people import policy
from clinic.people.middleware import PolicyMiddleware


def routes(resolver=None, namespace="") -> list[str]:
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            found += routes(entry, inner)
        elif isinstance(entry, URLPattern):
            found.append(f"{namespace}{entry.name or entry.pattern}")
    return found


def test_every_route_has_a_row():
    missing = [name for name in routes() if name not in TABLE and not name.startswith("admin:")]

    assert missing == []


@pytest.mark.parametrize("name", TABLE)
def test_the_door(people, addresses, name):
    let_in = {who for who in PEOPLE if passes(people[who], addresses[name])}

    assert let_in == TABLE[name]


def passes(client: Client, address: str) -> bool:
    """Whether GET got past sign-in and "not found"; a route for POST only answers 405 inside."""
    answer = client.get(address)
    asked_to_sign_in = answer.status_code == 302 and answer["Location"].startswith(DOORS)
    assert answer.status_code < 500
    return answer.status_code != 404 and not asked_to_sign_in


QUERIES = {"review:decision": 16, "review:case": 24}
"""A case, and what was seen at a decision, read more kinds of records. Fifteen elsewhere."""


@pytest.mark.parametrize("name", TABLE)
def test_answers_within_few_queries(people, addresses, name, django_assert_max_num_queries):
    for who in TABLE[name] & {"stranger", "patient", "practitioner", "reception"}:
        people[who].get(addresses[name])
        with django_assert_max_num_queries(QUERIES.get(name, 15)):
            people[who].get(addresses[name])


class TestAViewThatDeclaresNoPolicy:
    @pytest.fixture
    def request_to_it(self, rf):
        request = rf.get("/somewhere/")
        request.user = AnonymousUser()
        request.resolver_match = SimpleNamespace(view_name="somewhere")
        return request

    def test_is_refused(self, request_to_it):
        with pytest.raises(ImproperlyConfigured):
            PolicyMiddleware(None).process_view(request_to_it, lambda request: None, (), {})

    def test_is_let_through_once_it_declares_one(self, request_to_it):
        view = policy.needs("anyone")(lambda request: None)

        assert PolicyMiddleware(None).process_view(request_to_it, view, (), {}) is None
