"""Plans a query against the types: which fields of which type, with which arguments. Refuses what does not fit."""
from graphql_text import Refused

MOST_SELECTED = 10_000
MOST_LEVELS = 50
SCALARS = {"Int": int, "Float": (int, float), "String": str, "ID": str, "Boolean": bool, "_Any": dict}


class EnumWord(str):
    """A word that stands in a query without quotes."""


def bare(kind):
    """The name of a type without `[`, `]` and `!`."""
    return kind.strip("[]!")


def coerce(kind, value, enums, what):
    """A value as an argument's or a variable's type wants it."""
    if kind.endswith("!"):
        if value is None:
            raise Refused(f"{what} must not be null.")
        return coerce(kind[:-1], value, enums, what)
    if value is None:
        return None
    if kind.startswith("["):
        return [coerce(kind[1:-1], item, enums, what) for item in (value if isinstance(value, list) else [value])]
    if kind == "ID" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if kind in enums:
        fits = isinstance(value, str) and value in enums[kind]
    else:
        fits = isinstance(value, SCALARS.get(kind, ())) and not isinstance(value, EnumWord)
        fits = fits and (kind == "Boolean" or not isinstance(value, bool))
    if not fits or (kind == "Int" and abs(value) >= 2**31):
        raise Refused(f"{what} is no {kind}: {str(value)[:50]!r}")
    return value


class Plan:
    """
    Plans one operation. A planned type is a dict: by the name in the answer (field, type, arguments, inner),
    where inner is None for a value, a planned type for an object, and for `_Entity` one for each entity.
    """

    def __init__(self, types, enums, entities, fragments, variables):
        self.types, self.enums, self.entities = types, enums, entities
        self.fragments, self.variables, self.selected = fragments, variables, 0

    def value_of(self, node):
        tag, content = node
        if tag == "variable":
            if content not in self.variables:
                raise Refused(f"The variable ${content} is not declared, or has no value.")
            return self.variables[content]
        if tag == "list":
            return [self.value_of(item) for item in content]
        if tag == "object":
            return {name: self.value_of(item) for name, item in content}
        return EnumWord(content) if tag == "enum" else content

    def arguments_of(self, given, wanted, what):
        unknown = next((name for name in given if name not in wanted), None)
        if unknown is not None:
            raise Refused(f"{what} has no argument {unknown!r}.")
        found = {}
        for name, (kind, default) in wanted.items():
            node = given.get(name, default)
            # A variable that was left out is as if the argument had been left out.
            if node and node[0] == "variable" and node[1] in self.variables.absent:
                node = default
            if node is not None or kind.endswith("!"):
                value = None if node is None else self.value_of(node)
                found[name] = coerce(kind, value, self.enums, f"{what}, argument {name!r},")
        return found

    def is_taken(self, directives):
        taken = True
        for name, given in directives:
            if name not in ("skip", "include"):
                raise Refused(f"The directive @{name} is not known here.")
            condition = self.arguments_of(given, {"if": ("Boolean!", None)}, f"@{name}")["if"]
            taken = taken and condition == (name == "include")
        return taken

    def collect(self, name, is_entity, selections, seen, found):
        """The fields of a type, those of fragments within, in order; what is there twice is put together."""
        self.selected += len(selections)
        if self.selected > MOST_SELECTED:
            raise Refused(f"It selects more than {MOST_SELECTED} fields.")
        for tag, *rest in selections:
            if tag == "field":
                alias, field, given, directives, inner = rest
                if is_entity and field != "__typename":
                    raise Refused(f"Cannot query field {field!r} on type '_Entity': say on which type.")
                if self.is_taken(directives):
                    known = found.setdefault(alias, (field, given, []))
                    if known[:2] != (field, given):
                        raise Refused(f"{alias!r} means two different fields; give one of them an alias.")
                    known[2].append(inner)
                continue
            if tag == "spread":
                fragment, directives = rest
                if fragment not in self.fragments:
                    raise Refused(f"There is no fragment {fragment!r}.")
                on, own, inner = self.fragments[fragment]
                if fragment in seen or not self.is_taken([*directives, *own]):
                    continue
                seen.add(fragment)
            else:
                on, directives, inner = rest
                if not self.is_taken(directives):
                    continue
            if on in (None, "_Entity" if is_entity else name):
                self.collect(name, is_entity, inner, seen, found)
            elif is_entity and on == name:
                self.collect(name, False, inner, seen, found)
            elif not (is_entity and on in self.entities):
                raise Refused(f"A {'_Entity' if is_entity else name} is never a {on}.")
        return found

    def type(self, name, selections, level=0, is_entity=False):
        """What is asked of a type."""
        if level > MOST_LEVELS:
            raise Refused(f"It goes deeper than {MOST_LEVELS} levels.")
        planned = {}
        for alias, (field, given, inners) in self.collect(name, is_entity, selections, set(), {}).items():
            if field in ("__schema", "__type"):
                raise Refused("Introspection is not answered here: the schema is `_service { sdl }`.")
            fields = {"__typename": ("String!", {}), **self.types[name]}
            if field not in fields:
                raise Refused(f"Cannot query field {field!r} on type {name!r}.")
            kind, wanted = fields[field]
            target, what = bare(kind), f"{name}.{field}"
            is_object = target in self.types or target == "_Entity"
            if is_object != all(inner is not None for inner in inners) or (not is_object and any(inners)):
                raise Refused(f"{what} {'needs' if is_object else 'has no'} fields.")
            below = [selection for inner in inners for selection in inner or []]
            if target == "_Entity":
                inner = {one: self.type(one, below, level + 1, True) for one in self.entities}
            else:
                inner = self.type(target, below, level + 1) if is_object else None
            planned[alias] = (field, kind, self.arguments_of(given, wanted, what), inner)
        return planned
