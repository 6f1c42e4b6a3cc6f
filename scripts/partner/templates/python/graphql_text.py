"""Reads GraphQL: the queries that a gateway sends, and the types of a schema."""
import re

MOST_TOKENS = 10_000
MOST_DEPTH = 50

TOKEN = re.compile(
    r'[\s,\ufeff]*(?:#[^\n\r]*[\s,\ufeff]*)*(?:'
    r'(?P<name>[_A-Za-z]\w*)'
    r'|(?P<float>-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+)(?![\w.]))'
    r'|(?P<int>-?(?:0|[1-9]\d*)(?![\w.]))'
    r'|(?P<block>"""(?:\\"""|[^"]|"(?!""))*""")'
    r'|(?P<string>"(?:[^"\\\n\r]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*")'
    r'|(?P<sign>\.\.\.|[!$&()\[\]{}:=@|])'
    r'|(?P<end>$))',
    re.ASCII,
)
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Refused(Exception):
    """A query that is not answered, and why."""


def unescape(text):
    def one(found):
        code = found[1]
        return chr(int(code[1:], 16)) if len(code) > 1 else ESCAPES.get(code, code)

    return re.sub(r'\\(u[0-9A-Fa-f]{4}|.)', one, text)


def tokens_of(text, most):
    tokens, at = [], 0
    while True:
        found = TOKEN.match(text, at)
        if not found:
            raise Refused(f"Syntax Error: this is no GraphQL: {text[at:at + 20].strip()!r}")
        at = found.end()
        tokens.append((found.lastgroup, found[found.lastgroup]))
        if found.lastgroup == "end":
            return tokens
        if len(tokens) > most:
            raise Refused(f"Syntax Error: it has more than {most} words and signs.")


class Reader:
    """Goes along the tokens of a text."""

    def __init__(self, text, most=MOST_TOKENS):
        self.tokens, self.at, self.depth = tokens_of(text, most), 0, 0

    def is_next(self, *texts):
        kind, text = self.tokens[self.at]
        return kind in ("name", "sign") and text in texts

    def take(self, kind, text=None):
        found, value = self.tokens[self.at]
        if found != kind or text not in (None, value):
            raise Refused(f"Syntax Error: {text or kind} expected, {value!r} found.")
        self.at += 1
        return value

    def took(self, text):
        if self.is_next(text):
            self.at += 1
            return True
        return False

    def many(self, opening, closing, read, least=1):
        """What stands between two signs, each read alike."""
        self.take("sign", opening)
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Refused(f"Syntax Error: it goes deeper than {MOST_DEPTH} levels.")
        found = []
        while not self.took(closing):
            found.append(read())
        self.depth -= 1
        if len(found) < least:
            raise Refused(f"Syntax Error: nothing between {opening} and {closing}.")
        return found

    def value(self):
        """A value: ("variable", name), ("enum", name), ("list", …), ("object", …) or ("is", value)."""
        kind, text = self.tokens[self.at]
        if self.took("$"):
            return ("variable", self.take("name"))
        if self.is_next("["):
            return ("list", self.many("[", "]", self.value, 0))
        if self.is_next("{"):
            return ("object", self.many("{", "}", self.pair, 0))
        if kind not in ("name", "int", "float", "string"):
            raise Refused(f"Syntax Error: a value expected, {text!r} found.")
        self.at += 1
        if kind == "name":
            known = {"true": True, "false": False, "null": None}
            return ("is", known[text]) if text in known else ("enum", text)
        readers = {"int": int, "float": float, "string": lambda quoted: unescape(quoted[1:-1])}
        return ("is", readers[kind](text))

    def pair(self):
        name = self.take("name")
        self.take("sign", ":")
        return (name, self.value())

    def pairs(self):
        found = self.many("(", ")", self.pair) if self.is_next("(") else []
        if len(dict(found)) < len(found):
            raise Refused("An argument is there twice.")
        return dict(found)

    def type(self):
        """A type as text: `[Organisation!]`."""
        if self.took("["):
            self.depth += 1
            if self.depth > MOST_DEPTH:
                raise Refused("Syntax Error: a type is too deep.")
            text = f"[{self.type()}]"
            self.depth -= 1
            self.take("sign", "]")
        else:
            text = self.take("name")
        return text + "!" if self.took("!") else text

    def directives(self):
        found = []
        while self.took("@"):
            name = self.take("name")
            found.append((name, self.pairs()))
        return found

    def selection(self):
        if self.took("..."):
            if self.is_next("on", "@", "{"):
                on = self.take("name") if self.took("on") else None
                return ("fragment", on, self.directives(), self.selections())
            return ("spread", self.take("name"), self.directives())
        name = alias = self.take("name")
        if self.took(":"):
            name = self.take("name")
        arguments, directives = self.pairs(), self.directives()
        return ("field", alias, name, arguments, directives, self.selections() if self.is_next("{") else None)

    def selections(self):
        return self.many("{", "}", self.selection)

    def variable(self):
        self.take("sign", "$")
        name = self.take("name")
        self.take("sign", ":")
        kind = self.type()
        return (name, (kind, self.value() if self.took("=") else None))


def read_query(text):
    """The operations of a text, each as (name, kind, variables, selections), and its fragments."""
    reader, operations, fragments = Reader(text), [], {}
    while reader.tokens[reader.at][0] != "end":
        if reader.is_next("{"):
            operations.append((None, "query", {}, reader.selections()))
            continue
        kind = reader.take("name")
        if kind == "fragment":
            name = reader.take("name")
            reader.take("name", "on")
            fragments[name] = (reader.take("name"), reader.directives(), reader.selections())
        elif kind in ("query", "mutation", "subscription"):
            name = reader.take("name") if reader.tokens[reader.at][0] == "name" else None
            variables = dict(reader.many("(", ")", reader.variable)) if reader.is_next("(") else {}
            if reader.directives():
                raise Refused("Directives of operations are not read here.")
            operations.append((name, kind, variables, reader.selections()))
        else:
            raise Refused(f"Syntax Error: {kind!r} is unexpected.")
    return operations, fragments


def read_types(sdl):
    """The types of a schema: by name their fields, each as (type, arguments); enums by name their values."""
    reader, types, enums = Reader(sdl, 10**6), {}, {}

    def describe():
        if reader.tokens[reader.at][0] in ("block", "string"):
            reader.at += 1

    def argument():
        describe()
        name = reader.take("name")
        reader.take("sign", ":")
        kind = reader.type()
        default = reader.value() if reader.took("=") else None
        reader.directives()
        return (name, (kind, default))

    def field():
        describe()
        name = reader.take("name")
        arguments = dict(reader.many("(", ")", argument)) if reader.is_next("(") else {}
        reader.take("sign", ":")
        kind = reader.type()
        reader.directives()
        return (name, (kind, arguments))

    def enum_value():
        describe()
        name = reader.take("name")
        reader.directives()
        return name

    while reader.tokens[reader.at][0] != "end":
        describe()
        reader.took("extend")
        kind = reader.take("name")
        if kind == "schema":
            reader.directives()
            continue
        name = reader.take("name")
        reader.directives()
        if kind == "type":
            types.setdefault(name, {}).update(reader.many("{", "}", field))
        elif kind == "enum":
            enums[name] = reader.many("{", "}", enum_value)
        elif kind != "scalar":
            raise Refused(f"This program serves types, enums and scalars, and no {kind}.")
    return types, enums
