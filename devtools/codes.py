"""The manifest of codes that are stored or known outside and outlive their place in code.

`docs/codes.toml` lists every code by kind. A released code is never reused for another thing and
never simply removed: a replaced code stays under `[aliases.KIND]` with its successor, and an old
address redirects.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.urls import URLResolver, get_resolver

from accounts import activity
from accounts.permissions import Permission, Role
from cqi_portal.celery import app as celery
from foundation import keys, policies, subjects
from indicators import registry
from notifications import notices, waiting

PATH = Path(__file__).parents[1] / "docs" / "codes.toml"
PRODUCT = "cqi_portal.urls"
NAMED = re.compile(r"<([a-z_.]+):")
HEAD = """\
# What is stored or known outside. Written by `manage.py codes --write`; only aliases by hand.
# A code that a release has given out is never used for another thing, and never just gone:
# put it under [aliases.KIND] as `former = "present"`. A former address goes on leading there.
"""

# By kind, each code and what it currently stands for; empty if the code says it all.
type Codes = dict[str, dict[str, str]]


def collected() -> Codes:
    """All existing codes, from the registries and the addresses."""
    celery.loader.import_default_modules()
    addresses = dict(_addresses(get_resolver(PRODUCT)))
    judged = registry.registered()
    declared = (*policies.registered(), *policies.limits())
    return {
        "subjects": {code: model._meta.label for code, model in subjects.models().items()},
        "rows": _rows(addresses),
        "events": _alone(activity.names()),
        "waiting": _alone(waiting.codes()),
        "messages": _alone(notices.codes()),
        "tasks": _alone({name for name in celery.tasks if not name.startswith("celery.")}),
        "policies": {each.code: str(each.unit) for each in declared},
        "indicators": _alone(
            {each.code for each in judged}
            | {f"{each.code}.{criterion.code}" for each in judged for criterion in each.criteria}
        ),
        "permissions": _alone({each.name.lower() for each in Permission}),
        "roles": _alone({role.value for role in Role}),
        "addresses": addresses,
    }


def read(path: Path = PATH) -> tuple[Codes, Codes]:
    """The manifest's codes and aliases."""
    found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found, found.pop("aliases", {})


def differences(real: Codes, listed: Codes, aliases: Codes) -> list[str]:
    """Errors of the manifest, each in a sentence with what to do."""
    return [
        f"{kind}: {each}"
        for kind in sorted(real | listed | aliases)
        for each in _differences(
            kind, real.get(kind, {}), listed.get(kind, {}), aliases.get(kind, {})
        )
    ]


def _differences(
    kind: str, now: Mapping[str, str], then: Mapping[str, str], former: Mapping[str, str]
) -> Iterator[str]:
    for code in sorted(set(now) - set(then)):
        yield f"{code} is not in the manifest. Run: manage.py codes --write"
    for code in sorted(set(then) - set(now) - set(former)):
        yield f"{code} is gone. Bring it back, or say what stands in its place."
    for code in sorted(code for code in set(now) & set(then) if now[code] != then[code]):
        yield f"{code} is {now[code]} now. Run: manage.py codes --write"
    for code, present in sorted(former.items()):
        if code in now:
            yield f"{code} is an alias, and there is one of that name."
        if present not in now:
            yield f"{code} stands for {present}, which there is not."
        if kind == "addresses":
            yield f"{code} has no alias. Let the address itself lead on."


def written(real: Codes, listed: Codes, aliases: Codes, *, unreleased: bool) -> str:
    """The manifest's text. Removed codes stay in it, unless no release has given them out."""
    parts = [HEAD]
    for kind, now in real.items():
        kept = {} if unreleased else listed.get(kind, {})
        parts.append(_table(kind, kept | now))
    parts += [_table(f"aliases.{kind}", former) for kind, former in sorted(aliases.items())]
    return "\n".join(parts)


def _table(name: str, codes: Mapping[str, str]) -> str:
    lines = [f"{_quoted(code)} = {_quoted(means)}\n" for code, means in sorted(codes.items())]
    return "".join([f"[{name}]\n", *lines])


def _quoted(text: str) -> str:
    # A JSON string is valid in TOML, too.
    return json.dumps(text, ensure_ascii=False)


def _alone(codes: set[str]) -> dict[str, str]:
    return dict.fromkeys(codes, "")


def _rows(addresses: Mapping[str, str]) -> dict[str, str]:
    """Names of rows in addresses that no other code covers."""
    named = {name for path in addresses for name in NAMED.findall(path)} - set(subjects.models())
    models = {keys.kind_of(model): model._meta.label for model in apps.get_models()}
    return {name: models[name] for name in named & set(models)}


def _addresses(
    resolver: URLResolver, before: str = "/", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Each path of the product, with its name in the code."""
    for each in resolver.url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            within = f"{space}{each.namespace}:" if each.namespace else space
            yield from _addresses(each, path, within)
        else:
            yield path, f"{space}{each.name}"
