"""What the gateway relies on. Run it with `python3 -m unittest`."""
import base64
import hashlib
import http.client
import json
import os
import threading
import time
import unittest

import ed25519
from answer_signature import create_signer, public_key_of, sign
from peacegraph_signature import create_verifier, read_keys
from server import NAME, Server, answer_query

KNOWN = "PG-FICTIONAL-0008"
SEED = os.urandom(32)
TEXT = base64.urlsafe_b64encode(public_key_of(SEED)).decode().rstrip("=")
JWKS = json.dumps({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": TEXT}]})
COVERED = ("@method", "@authority", "@path", "peacegraph-source", "content-type", "content-digest")
ENTITIES = (
    "query($representations: [_Any!]!) { _entities(representations: $representations)"
    " { __typename ... on Organisation { id examplePartner_people } } }"
)


def signed_headers(source, authority, body, created=None):
    """The headers of a request as the gateway signs it."""
    created = int(time.time()) if created is None else created
    (key_id,) = read_keys(JWKS)
    headers = {
        "content-type": "application/json",
        "content-digest": f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:",
        "peacegraph-source": source,
    }
    parts = {**headers, "@method": "POST", "@authority": authority, "@path": "/graphql"}
    names = " ".join(f'"{part}"' for part in COVERED)
    nonce = os.urandom(16).hex()
    params = f'({names});created={created};expires={created + 30};nonce="{nonce}";keyid="{key_id}"'
    text = "".join(f'"{part}": {parts[part]}\n' for part in COVERED) + f'"@signature-params": {params}'
    signature = base64.b64encode(sign(SEED, text.encode())).decode()
    return {**headers, "signature-input": f"peacegraph={params}", "signature": f"peacegraph=:{signature}:"}


class OverHttp(unittest.TestCase):
    def setUp(self):
        answer_seed = os.urandom(32)
        self.answer_key = public_key_of(answer_seed)
        self.server = Server("127.0.0.1", 0, create_verifier(NAME, read_keys(JWKS)), create_signer(answer_seed))
        self.authority = f"127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()

    def send(self, headers, body):
        connection = http.client.HTTPConnection(self.authority, timeout=10)
        connection.request("POST", "/graphql", body, headers)
        answer = connection.getresponse()
        found = answer.status, json.loads(answer.read()), answer.headers
        connection.close()
        return found

    def ask(self, query, variables=None):
        body = json.dumps({"query": query, "variables": variables}).encode()
        return self.send(signed_headers(NAME, self.authority, body), body)[:2]

    def refused(self, code, headers, body):
        status, found, _ = self.send(headers, body)
        self.assertEqual((status, found["errors"][0]["extensions"]["code"]), (401, code))
        self.assertNotIn("data", found)

    def test_says_its_schema(self):
        _, found = self.ask("{ _service { sdl } }")
        self.assertIn("type ExamplePartner_Training", found["data"]["_service"]["sdl"])

    def test_lists_as_many_as_are_asked_for(self):
        _, found = self.ask("{ examplePartner_trainings(first: 2) { id title form host { id } } }")
        self.assertEqual(len(found["data"]["examplePartner_trainings"]), 2)

    def test_answers_for_bodies_in_order_and_null_for_the_unknown(self):
        representations = [{"__typename": "Organisation", "id": one} for one in (KNOWN, "unknown", KNOWN)]
        _, found = self.ask(ENTITIES, {"representations": representations})
        known = {"__typename": "Organisation", "id": KNOWN, "examplePartner_people": 24}
        self.assertEqual(found["data"]["_entities"], [known, None, known])

    def test_says_what_is_wrong_with_a_query(self):
        status, found = self.ask("{ nothing }")
        self.assertEqual(status, 400)
        self.assertIn("nothing", found["errors"][0]["message"])

    def test_signs_its_answers(self):
        body = b'{"query":"{ __typename }"}'
        headers = signed_headers(NAME, self.authority, body)
        status, _, answered = self.send(headers, body)
        params = answered["signature-input"][len("partner="):]
        text = (
            f'"@status": {status}\n"content-digest": {answered["content-digest"]}\n'
            f'"signature";req: {headers["signature"]}\n"@signature-params": {params}'
        )
        signature = base64.b64decode(answered["signature"][len("partner=:"):-1])
        self.assertTrue(ed25519.verify(self.answer_key, text.encode(), signature))

    def test_refuses_what_the_gateway_did_not_sign(self):
        body = b'{"query":"{ __typename }"}'
        self.refused("SIGNATURE_MISSING", {"content-type": "application/json"}, body)
        old = signed_headers(NAME, self.authority, body, int(time.time()) - 60)
        self.refused("SIGNATURE_STALE", old, body)
        self.refused("SIGNATURE_INVALID", signed_headers(NAME, self.authority, body), body + b" ")
        self.refused("SIGNATURE_INVALID", signed_headers(NAME + "-x", self.authority, body), body)
        self.refused("SIGNATURE_INVALID", signed_headers(NAME, "other.example", body), body)

    def test_refuses_a_request_the_second_time(self):
        body = b'{"query":"{ __typename }"}'
        headers = signed_headers(NAME, self.authority, body)
        self.assertEqual(self.send(headers, body)[0], 200)
        self.refused("SIGNATURE_REPLAYED", headers, body)


class Queries(unittest.TestCase):
    def test_merges_aliases_fragments_and_fields_that_are_there_twice(self):
        query = """
            query($few: Int = 1, $no: Boolean!) {
              a: examplePartner_trainings(first: $few) { ...F title @skip(if: $no) host { id } }
              a: examplePartner_trainings(first: $few) { ... on ExamplePartner_Training { form } ...F }
            }
            fragment F on ExamplePartner_Training { __typename id gone: people @include(if: false) }
        """
        training = {"__typename": "ExamplePartner_Training", "id": "t-4", "host": {"id": KNOWN}, "form": "IN_PERSON"}
        self.assertEqual(answer_query(query, {"no": True}), {"data": {"a": [training]}})

    def test_refuses_what_it_does_not_do_by_name(self):
        deep = "{ examplePartner_trainings " + "{ host { examplePartner_trainings " * 40 + "{ id }" + " } }" * 40 + " }"
        for query, words in {
            "{": "expected",
            '{ a(x: "': "no GraphQL",
            "mutation { x }": "Only queries",
            "{ __schema { types { name } } }": "Introspection",
            "{ examplePartner_trainings }": "needs fields",
            "{ __typename { x } }": "has no fields",
            "{ examplePartner_trainings(first: true) { id } }": "no Int",
            "{ examplePartner_trainings(last: 1) { id } }": "no argument 'last'",
            "{ examplePartner_trainings(first: $x) { id } }": "$x",
            "{ a: __typename a: _service { sdl } }": "two different fields",
            "{ _service { sdl @live } }": "@live",
            "{ ...F }": "no fragment 'F'",
            "query A { __typename } query B { __typename }": "Say which",
            deep: "deeper",
            "{ " + "a " * 20_000 + "}": "more than",
            "{ x(a: " + "9" * 5000 + ") }": "",
        }.items():
            found = answer_query(query)
            self.assertNotIn("data", found, query[:60])
            self.assertIn(words, found["errors"][0]["message"])


class Ed25519(unittest.TestCase):
    """The first three vectors of RFC 8032, 7.1."""

    VECTORS = (
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
            "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
            "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
            "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    )

    def test_makes_and_takes_the_signatures_of_the_standard(self):
        for seed, key, message, signature in (map(bytes.fromhex, vector) for vector in self.VECTORS):
            self.assertEqual(public_key_of(seed), key)
            self.assertEqual(sign(seed, message), signature)
            self.assertTrue(ed25519.verify(key, message, signature))
            self.assertFalse(ed25519.verify(key, message + b"x", signature))
            self.assertFalse(ed25519.verify(key, message, signature[:-1] + b"\x7f"))
            # The same signature with the order added is another text that would hold without the check.
            again = int.from_bytes(signature[32:], "little") + ed25519.ORDER
            self.assertFalse(ed25519.verify(key, message, signature[:32] + again.to_bytes(32, "little")))


if __name__ == "__main__":
    unittest.main()
