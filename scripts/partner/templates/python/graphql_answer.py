"""Answers the queries that a gateway sends to a subgraph. What it does not do, it refuses by name."""
import sys
import traceback

from graphql_plan import SCALARS, Plan, coerce
from graphql_text import Refused, read_query, read_types


class NullHere(Exception):
    """A field is null that must not be; the nearest one above that may be is null instead."""


class Variables(dict):
    """The variables of a request. Those that were declared and left out are absent."""

    absent = frozenset()


def read_variables(declared, given, enums):
    variables, absent = Variables(), set()
    for name, (kind, default) in declared.items():
        if name not in given and default is None and not kind.endswith("!"):
            absent.add(name)
        elif name not in given and default is not None:
            variables[name] = coerce(kind, Plan({}, enums, (), {}, variables).value_of(default), enums, f"${name}")
        else:
            variables[name] = coerce(kind, given.get(name), enums, f"The variable ${name}")
    variables.absent = frozenset(absent)
    return variables


def choose(operations, name):
    found = [one for one in operations if name in (None, one[0])]
    if len(found) != 1:
        raise Refused("Say which operation is meant." if found else "There is no such operation.")
    if found[0][1] != "query":
        raise Refused("Only queries are answered.")
    return found[0]


def create_subgraph(sdl, resolvers, entities):
    """
    Returns a function that answers a query: answer(query, variables, operation_name) -> the answer as a dict.
    resolvers: by type and field, a function of the parent and its arguments; without one, the parent's
    item of that name is the answer. entities: by type, a function of a representation; None if unknown.
    """
    types, enums = read_types(sdl)
    types["Query"] = {
        **types.get("Query", {}),
        "_service": ("_Service!", {}),
        "_entities": ("[_Entity]!", {"representations": ("[_Any!]!", None)}),
    }
    types["_Service"] = {"sdl": ("String", {})}

    def entity_of(representation):
        kind = representation.get("__typename")
        if kind not in entities:
            raise Refused(f"This subgraph knows no entity {str(kind)[:50]!r}.")
        found = entities[kind](representation)
        return None if found is None else {**found, "__typename": kind}

    resolvers = {**resolvers}
    resolvers["Query"] = {
        **resolvers.get("Query", {}),
        "_service": lambda _: {"sdl": sdl},
        "_entities": lambda _, representations: representations,
    }

    def complete(kind, value, inner, path, errors):
        """A value as its type wants it, the fields that are asked of it within."""
        if kind.endswith("!"):
            done = complete(kind[:-1], value, inner, path, errors)
            if done is None:
                raise NullHere()
            return done
        try:
            if kind == "_Entity":
                value = entity_of(value)
            if value is None:
                return None
            if kind.startswith("["):
                return [complete(kind[1:-1], item, inner, [*path, at], errors) for at, item in enumerate(value)]
            if inner is not None:
                name = value["__typename"] if kind == "_Entity" else kind
                return fields_of(name, value, inner[name] if kind == "_Entity" else inner, path, errors)
            if kind in enums or kind in SCALARS:
                return coerce(kind, value, enums, "The value")
            return value
        except NullHere:
            return None
        except Exception as error:
            if not isinstance(error, Refused):
                traceback.print_exc(file=sys.stderr)
            errors.append({"message": "This field could not be answered.", "path": path})
            return None

    def fields_of(name, parent, planned, path, errors):
        answer = {}
        for alias, (field, kind, arguments, inner) in planned.items():
            here = [*path, alias]
            if field == "__typename":
                answer[alias] = name
                continue
            try:
                resolve = resolvers.get(name, {}).get(field)
                value = resolve(parent, **arguments) if resolve else parent.get(field)
            except Exception:
                traceback.print_exc(file=sys.stderr)
                errors.append({"message": "This field could not be answered.", "path": here})
                value = None
            answer[alias] = complete(kind, value, inner, here, errors)
        return answer

    def answer(query, variables=None, operation_name=None):
        try:
            operations, fragments = read_query(query)
            _, _, declared, selections = choose(operations, operation_name)
            given = read_variables(declared, variables or {}, enums)
            planned = Plan(types, enums, tuple(entities), fragments, given).type("Query", selections)
        except (Refused, RecursionError, ValueError) as error:
            message = str(error) if isinstance(error, Refused) else "It is too deep, or a number in it is too long."
            return {"errors": [{"message": message, "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"}}]}
        errors = []
        try:
            data = fields_of("Query", {}, planned, [], errors)
        except NullHere:
            data = None
        return {"data": data, **({"errors": errors} if errors else {})}

    return answer
