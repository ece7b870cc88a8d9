"""Codes that name rows outside the server reveal neither number nor order."""

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, path, resolve
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Member
from foundation import keys
from foundation.addresses import at
from foundation.choosing import RowField, RowsField
from foundation.models import Agency
from groups.models import Group
from tests.conftest import Login

KEYS = st.integers(0, keys.KEYS - 1)
ROOT = Path(__file__).parents[2]


@given(KEYS)
def test_a_code_stands_for_one_key(key: int) -> None:
    code = keys.code("member", key)
    assert re.fullmatch(keys.REGEX, code)
    assert keys.key("member", code) == key


@given(st.sets(KEYS, min_size=2, max_size=50))
def test_no_two_keys_have_the_same_code(found: set[int]) -> None:
    assert len({keys.code("member", key) for key in found}) == len(found)


@given(st.uuids())
def test_what_is_made_up_is_no_code(made_up: UUID) -> None:
    assert keys.key("member", str(made_up)) is None


def test_neighbors_have_codes_without_order() -> None:
    codes = [keys.code("member", key) for key in range(1, 2001)]
    rising = sum(first < second for first, second in pairwise(codes))
    # By chance half of them; six standard deviations either way.
    assert abs(rising - len(codes) / 2) < 6 * (len(codes) / 12) ** 0.5
    for place in range(len(codes[0])):
        digits = {code[place] for code in codes}
        same = sum(first[place] == second[place] for first, second in pairwise(codes))
        assert digits == {"-"} or (len(digits) == 16 and same < 1.5 * len(codes) / 16), place


def test_the_codes_of_one_kind_are_no_code_book_of_another() -> None:
    book = {keys.code("group", key) for key in range(2000)}
    assert book.isdisjoint(keys.code("member", key) for key in range(2000))


def test_each_installation_has_its_own_codes(settings: Any) -> None:
    code = keys.code("member", 41)
    settings.SECRET_KEY = "another secret, of another installation"
    assert keys.code("member", 41) != code
    assert keys.key("member", code) is None


def test_a_secret_that_is_being_replaced_still_reads_its_codes(settings: Any) -> None:
    old = [keys.code("member", key) for key in range(200)]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the secret that follows"
    assert [keys.key("member", code) for code in old] == [*range(200)]
    assert [keys.key("member", keys.code("member", key)) for key in range(200)] == [*range(200)]


@pytest.mark.parametrize("wrong", [-1, keys.KEYS, 2**63, "41", None, True, 1.0])
def test_what_is_no_key_has_no_code(wrong: object) -> None:
    with pytest.raises(ValueError, match="is no key"):
        keys.code("member", wrong)


def routes(patterns: list[Any] | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each part of an address, with what reads its keys."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            yield str(each.pattern), converters(each)
            yield from routes(each.url_patterns)
        elif isinstance(each, URLPattern):
            yield str(each.pattern), converters(each)


def converters(each: URLPattern | URLResolver) -> dict[str, Any]:
    assert each.pattern.regex.pattern is not None  # Reading it makes the route set its converters.
    return dict(each.pattern.converters)


def numbered(patterns: list[Any] | None = None) -> list[str]:
    """The addresses that could name a row by its number."""
    return [
        route
        for route, readers in routes(patterns)
        if "<int:" in route or any(is_number(each) for each in readers.values())
    ]


def is_number(converter: Any) -> bool:
    """Whether it reads numbers, as numbers."""
    return bool(re.fullmatch(converter.regex, "41")) and converter.to_python("41") == 41


def test_no_address_names_a_row_by_its_number() -> None:
    assert numbered() == []
    assert len([route for route, _readers in routes() if ":pk>" in route]) > 100


def test_an_address_with_a_number_is_found() -> None:
    planted = path("seats/<int:pk>/", lambda request, pk: HttpResponse())
    assert numbered([planted]) == ["seats/<int:pk>/"]


def test_no_word_in_an_address_could_be_a_code() -> None:
    words = {part for route, _readers in routes() for part in route.split("/")}
    assert [word for word in words if re.fullmatch(keys.REGEX, word)] == []


def test_an_address_carries_the_code_and_the_view_gets_the_key(agency: Agency) -> None:
    url = at(agency, "accounts:member", pk=41)
    assert url == f"/a/riverside/accounts/people/{keys.code('member', 41)}/"
    assert resolve(url).kwargs["pk"] == 41
    with pytest.raises(NoReverseMatch):
        at(agency, "accounts:member", pk="41")


def garbage() -> list[str]:
    code = keys.code("member", 1)
    other = code[:-1] + ("2" if code[-1] != "2" else "3")
    return [
        *("1", "41", "-1", "9" * 36, "%00", "é", code.upper(), code + "2", code.replace("-", "")),
        *(code[:-1], code[:-1] + "l", code.replace("-", "0"), f" {code}", f"{{{code}}}"),
        *(str(UUID(int=0)), str(UUID(int=1)), str(uuid4()), keys.code("group", 1), other),
    ]


@pytest.mark.parametrize("name", ["edit", "member", "erase", "invite"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_garbage_for_a_code_is_not_found(
    name: str, method: str, administrator: Member, login: Login
) -> None:
    client, url = login(administrator), at(administrator.agency, f"accounts:{name}", pk=1)
    for wrong in garbage():
        there = url.replace(keys.code("member", 1), wrong)
        assert getattr(client, method)(there).status_code == 404, wrong


def test_whoever_has_the_code_of_another_may_do_no_more_than_before(
    consumer: Member, provider: Member, outsider: Member, login: Login
) -> None:
    url = at(consumer.agency, "accounts:edit", pk=provider.pk)
    assert login(consumer).get(url).status_code == 403
    assert login(outsider).get(url).status_code == 404


class Choosing(forms.Form):
    one: "RowField[Member]" = RowField(queryset=None, required=False)
    several: "RowsField[Member]" = RowsField(queryset=None, required=False)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "several"):
            field: Any = self.fields[name]
            field.queryset = Member.objects.within(agency).order_by("pk")


def test_a_form_offers_codes_and_reads_them(
    agency: Agency, consumer: Member, provider: Member
) -> None:
    initial = {"one": consumer, "several": [consumer.pk, provider]}
    drawn = str(Choosing(agency=agency, initial=initial))
    assert f'value="{consumer.pk}"' not in drawn
    assert drawn.count(f'value="{keys.code_of(consumer)}" selected') == 2
    sent = {
        "one": keys.code_of(provider),
        "several": [keys.code_of(consumer), keys.code_of(provider)],
    }
    form = Choosing(sent, agency=agency)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["one"] == provider
    assert {*form.cleaned_data["several"]} == {consumer, provider}
    kept = str(form)
    assert kept.count(" selected") == 3
    same = {"one": provider, "several": [consumer, provider]}
    again = Choosing(sent, agency=agency, initial=same)
    assert again.has_changed() is False


def test_a_form_takes_no_number_and_no_code_of_another_kind(
    agency: Agency, consumer: Member, outsider: Member
) -> None:
    number, foreign = str(consumer.pk), keys.code_of(outsider)
    for wrong in (number, foreign, keys.code("group", consumer.pk), *garbage(), "a\0b"):
        form = Choosing({"one": wrong, "several": [wrong]}, agency=agency)
        assert {*form.errors} == {"one", "several"}, wrong


def load_forms() -> None:
    for config in apps.get_app_configs():
        if config.name in settings.PORTAL_APPS:
            for file in (ROOT / config.name).rglob("*.py"):
                if "migrations" not in file.parts and "forms" in str(file):
                    import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def fields() -> Iterator[tuple[str, forms.Field]]:
    """Each field of the product's forms, and of the tests' own."""
    load_forms()
    for form in subclasses(forms.BaseForm):
        if form.__module__.partition(".")[0] in {*settings.PORTAL_APPS, "tests"}:
            for name, field in getattr(form, "base_fields", {}).items():
                yield f"{form.__qualname__}.{name}", field


def fields_by_number() -> list[str]:
    """Forms whose choices would be row numbers."""
    return sorted(
        name
        for name, field in fields()
        if isinstance(field, forms.ModelChoiceField) and not isinstance(field, RowField | RowsField)
    )


def too_short() -> list[str]:
    """Hidden fields too short to pass a code on to the next page."""
    return sorted(
        name
        for name, field in fields()
        if isinstance(field, forms.CharField)
        and field.widget.is_hidden
        and field.max_length is not None
        and field.max_length < keys.LENGTH
    )


def test_what_a_form_carries_on_has_room_for_a_code() -> None:
    assert len(keys.code("member", 1)) == keys.LENGTH
    assert [name for name in too_short() if "Planted" not in name] == []


def test_a_field_without_room_for_a_code_is_found() -> None:
    class PlantedShort(forms.Form):
        standard = forms.CharField(max_length=18, widget=forms.HiddenInput())

    assert [name for name in too_short() if name.endswith("PlantedShort.standard")]
    del PlantedShort


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def test_no_form_offers_rows_by_number() -> None:
    assert [name for name in fields_by_number() if "Planted" not in name] == []
    assert fields_of_rows() > 30


def fields_of_rows() -> int:
    return sum(
        isinstance(field, RowField | RowsField)
        for form in subclasses(forms.BaseForm)
        for field in getattr(form, "base_fields", {}).values()
    )


def test_a_form_that_offers_rows_by_number_is_found() -> None:
    class Planted(forms.Form):
        who = forms.ModelChoiceField(queryset=Group._base_manager.none())

    assert [name for name in fields_by_number() if name.endswith("Planted.who")]
    del Planted


def test_a_wrong_code_is_told_as_a_wrong_choice(agency: Agency) -> None:
    field = Choosing(agency=agency).fields["one"]
    with pytest.raises(ValidationError) as told:
        field.clean("41")
    assert told.value.code == "invalid_choice"
