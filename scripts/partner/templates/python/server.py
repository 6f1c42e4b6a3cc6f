"""
The subgraph over HTTP: POST /graphql, for the gateway alone. Python 3.9 or newer, nothing else.

    python3 server.py --keys keys/gateway.json [--port 4100] [--host 127.0.0.1]
"""
import argparse
import http.server
import json
import pathlib
import signal
import sys
import threading
import traceback

from answer_signature import create_signer, read_seed
from graphql_answer import create_subgraph
from peacegraph_signature import create_verifier, read_keys
from resolvers import ENTITIES, RESOLVERS

HERE = pathlib.Path(__file__).parent
NAME = json.loads((HERE / "partner.json").read_text("utf-8"))["name"]
MOST_BYTES = 8 * 1024 * 1024
SLOW_SECONDS = 30

answer_query = create_subgraph((HERE / "schema.graphql").read_text("utf-8"), RESOLVERS, ENTITIES)


def failure(status, code, message):
    return status, {"errors": [{"message": message, "extensions": {"code": code}}]}


def read_request(body):
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return None
    fits = isinstance(read, dict) and isinstance(read.get("query"), str)
    return read if fits and isinstance(read.get("variables") or {}, dict) else None


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    timeout = SLOW_SECONDS
    # Small answers wait for nothing.
    disable_nagle_algorithm = True

    def answer(self):
        length = self.headers.get("content-length", "")
        if not length.isascii() or not length.isdigit() or int(length) > MOST_BYTES:
            self.close_connection = True
            return failure(413, "REQUEST_TOO_LARGE", f"A request has a length, of {MOST_BYTES} bytes at most.")
        body = self.rfile.read(int(length))
        if self.path != "/graphql":
            return failure(404, "NOT_FOUND", "There is only /graphql.")
        headers = {}
        for name, value in self.headers.items():
            name = name.lower()
            headers[name] = f"{headers[name]}, {value.strip()}" if name in headers else value.strip()
        verifier = self.server.verifier
        refusal = verifier and verifier(self.command, self.path, headers, body)
        if refusal:
            return failure(401, refusal, "Only requests that the gateway signed are answered.")
        read = read_request(body)
        if read is None:
            return failure(400, "BAD_REQUEST", "The request is no JSON with a `query`.")
        found = answer_query(read["query"], read.get("variables"), read.get("operationName"))
        return (200 if "data" in found else 400), found

    def do_POST(self):
        try:
            status, found = self.answer()
        except Exception:
            traceback.print_exc(file=sys.stderr)
            status, found = failure(500, "SUBGRAPH_FAILED", "The request failed.")
        self.send(status, found)

    def do_GET(self):
        self.send(*failure(405, "METHOD_NOT_ALLOWED", "Only POST is taken."))

    def send(self, status, found):
        body = json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        signature = self.headers.get("signature")
        if self.server.signer and signature:
            for name, value in self.server.signer(status, body, signature.strip()).items():
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Requests are not written down; errors are."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host, port, verifier, signer=None):
        """verifier: None takes every request, which is for trying things out on your own machine."""
        super().__init__((host, port), Handler)
        self.verifier, self.signer = verifier, signer


def main():
    parser = argparse.ArgumentParser(description="Serves the subgraph.")
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--keys", help="the gateway's keys, a JWK set: only its requests are answered")
    whose.add_argument("--unsigned", action="store_true", help="answer everybody, on your own machine")
    parser.add_argument("--answer-key", help="the private key (PEM) with which answers are signed")
    parser.add_argument("--port", type=int, default=4100)
    parser.add_argument("--host", default="127.0.0.1")
    given = parser.parse_args()
    keys = None if given.unsigned else read_keys(pathlib.Path(given.keys).read_text("utf-8"))
    signer = create_signer(read_seed(pathlib.Path(given.answer_key).read_text("utf-8"))) if given.answer_key else None
    server = Server(given.host, given.port, None if keys is None else create_verifier(NAME, keys), signer)
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: threading.Thread(target=server.shutdown).start())
    host, port = server.server_address[:2]
    print(f"{NAME} serves at http://{host}:{port}/graphql", flush=True)
    server.serve_forever()
    server.server_close()


if __name__ == "__main__":
    main()
