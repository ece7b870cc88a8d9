"""The whole schema of a database as text, so that two of them can be compared."""

from typing import Any, LiteralString

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[Any, ...]]
Schema = dict[str, str]
"""Each object's kind and name, with its definition."""

# Rights as sorted text. NULL stands for the built-in ones, which are spelled out here.
_RIGHTS = """coalesce((
    SELECT string_agg(concat_ws(' ', CASE grantee WHEN 0 THEN 'PUBLIC'
        ELSE pg_get_userbyid(grantee)::text END, privilege_type,
        CASE WHEN is_grantable THEN 'grantable' END), ', '
        ORDER BY pg_get_userbyid(grantee), privilege_type)
    FROM aclexplode(coalesce({acl}, acldefault({kind}, {owner})))
), 'nobody')"""
RIGHTS = {
    name: sql.SQL(_RIGHTS).format(
        acl=sql.Identifier(*acl), kind=sql.Literal(kind), owner=sql.Identifier(*owner)
    )
    for name, kind, acl, owner in (
        ("of_relation", "r", ("c", "relacl"), ("c", "relowner")),
        ("of_function", "f", ("p", "proacl"), ("p", "proowner")),
        ("of_sequence", "s", ("c", "relacl"), ("c", "relowner")),
        ("of_schema", "n", ("n", "nspacl"), ("n", "nspowner")),
    )
}


# Each gives the name and the definition of all objects of a kind. The order of columns is left out:
# nothing depends on it, and an upgraded table has its newest ones last.
QUERIES: dict[str, LiteralString] = {
    "table": """
        SELECT c.relname, concat_ws('; ', c.relkind::text, 'owner ' || pg_get_userbyid(c.relowner),
            CASE WHEN c.relrowsecurity THEN 'row security' END,
            CASE WHEN c.relforcerowsecurity THEN 'for the owner, too' END,
            array_to_string(c.reloptions, ','), pg_get_viewdef(c.oid),
            {of_relation})
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
            AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""",
    "column": """
        SELECT c.relname || '.' || a.attname, concat_ws('; ',
            format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
            'default ' || pg_get_expr(d.adbin, d.adrelid),
            'identity ' || nullif(a.attidentity::text, ''),
            'generated ' || nullif(a.attgenerated::text, ''), (
                SELECT 'collation ' || l.collname FROM pg_collation l
                WHERE l.oid = a.attcollation AND l.collname <> 'default'
            ), 'rights ' || a.attacl::text)
        FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            AND c.relnamespace = 'public'::regnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attnum > 0 AND NOT a.attisdropped""",
    "constraint": """
        SELECT conrelid::regclass::text || '.' || conname, concat_ws('; ',
            pg_get_constraintdef(oid), CASE WHEN NOT convalidated THEN 'not validated' END)
        FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
            -- The columns say which of them are never null.
            AND contype NOT IN ('t', 'n')""",
    "index": """
        SELECT i.indexrelid::regclass::text, concat_ws('; ', pg_get_indexdef(i.indexrelid),
            CASE WHEN NOT i.indisvalid THEN 'not valid' END)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE c.relnamespace = 'public'::regnamespace""",
    "policy": """
        SELECT tablename || '.' || policyname, concat_ws('; ', permissive, cmd,
            array_to_string(roles, ','), 'using ' || qual, 'check ' || with_check)
        FROM pg_policies WHERE schemaname = 'public'""",
    "trigger": """
        SELECT t.tgrelid::regclass::text || '.' || t.tgname, concat_ws('; ',
            pg_get_triggerdef(t.oid), 'enabled ' || t.tgenabled::text)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal""",
    "function": """
        SELECT p.oid::regprocedure::text, concat_ws('; ', pg_get_functiondef(p.oid),
            'owner ' || pg_get_userbyid(p.proowner), {of_function})
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
            AND NOT EXISTS (
                SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e'
            )""",
    "sequence": """
        SELECT s.seqrelid::regclass::text, concat_ws('; ', s.seqtypid::regtype, s.seqstart,
            s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
            CASE WHEN s.seqcycle THEN 'cycles' END, 'owner ' || pg_get_userbyid(c.relowner),
            (
                SELECT 'of ' || d.refobjid::regclass || '.' || a.attname FROM pg_depend d
                JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                WHERE d.objid = s.seqrelid AND d.classid = 'pg_class'::regclass
                    AND d.deptype IN ('a', 'i')
            ), {of_sequence})
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
        WHERE c.relnamespace = 'public'::regnamespace""",
    "type": """
        SELECT t.oid::regtype::text, concat_ws('; ', t.typtype::text, (
            SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) FROM pg_enum e
            WHERE e.enumtypid = t.oid
        ), format_type(t.typbasetype, t.typtypmod), t.typdefault, (
            SELECT string_agg(pg_get_constraintdef(k.oid), ', ' ORDER BY k.conname)
            FROM pg_constraint k WHERE k.contypid = t.oid
        ))
        FROM pg_type t
        WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd', 'r')""",
    "extension": """
        SELECT extname, extversion || '; in ' || extnamespace::regnamespace::text
        FROM pg_extension""",
    "schema": """
        SELECT nspname, {of_schema} FROM pg_namespace n
        WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'""",
    "rights of new": """
        SELECT defaclobjtype::text || ' of ' || pg_get_userbyid(defaclrole),
            string_agg(each::text, ', ' ORDER BY each::text)
        FROM pg_default_acl, unnest(defaclacl) AS each GROUP BY 1""",
}


def schema_of(connection: Connection) -> Schema:
    """Everything in the database's own schema that `migrate` could make otherwise."""
    with connection.transaction():
        # Names are shown with their schema only if they are not found without it.
        connection.execute("SET LOCAL search_path = public, pg_catalog")
        return {
            f"{kind} {name}": str(words)
            for kind, query in QUERIES.items()
            for name, words in connection.execute(sql.SQL(query).format(**RIGHTS)).fetchall()
        }


def differences(one: Schema, other: Schema) -> list[str]:
    """A line for each object that only one of them has, or that the two define differently."""
    found = []
    for name in sorted({*one, *other}):
        if name not in other:
            found.append(f"only in the first: {name}")
        elif name not in one:
            found.append(f"only in the second: {name}")
        elif one[name] != other[name]:
            found.append(f"different: {name}: {one[name]} | {other[name]}")
    return found
