"""Tells requests of the gateway from all others: HTTP Message Signatures (RFC 9421) with Ed25519."""
import base64, hashlib, json, re, threading, time
import ed25519

COVERED = {"@method", "@authority", "@path", "content-digest", "peacegraph-source"}
INPUT = re.compile(r'([a-z][\w-]*)=(\(((?:"[a-z0-9@-]+" ?)*)\)((?:;[a-z]+=(?:\d{1,15}|"[^"\\]*"))*))', re.A)
SIGNATURE = re.compile(r"([a-z][\w-]*)=:([A-Za-z0-9+/]{86}==):", re.A)
sha256 = lambda data: hashlib.sha256(data).digest()

def read_keys(jwks):
    """The gateway's keys under their names (RFC 7638), of the JWK set that it publishes."""
    texts = [key["x"] for key in json.loads(jwks)["keys"] if key["crv"] == "Ed25519"]
    name_of = lambda x: base64.urlsafe_b64encode(sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'.encode()))
    return {name_of(x).decode().rstrip("="): base64.urlsafe_b64decode(x + "=") for x in texts}

def create_verifier(source, keys, clock=time.time):
    """Returns a function that gives for a request None, or why it must not be answered. Each is good once."""
    used, one_at_a_time = {}, threading.Lock()
    def check(method, path, headers, body):
        """Header names are in lower case; the body is bytes."""
        given = INPUT.fullmatch(headers.get("signature-input", ""))
        signature = SIGNATURE.fullmatch(headers.get("signature", ""))
        if not given or not signature or given[1] != signature[1]: return "SIGNATURE_MISSING"
        times = {name: int(number) for name, number in re.findall(r";([a-z]+)=(\d+)", re.sub('"[^"]*"', "", given[4]))}
        texts = dict(re.findall(r';([a-z]+)="([^"]*)"', given[4]))
        parts = {**headers, "@method": method, "@authority": headers.get("host", "").lower(), "@path": path}
        covered, nonce, key = re.findall(r'"([^"]+)"', given[3]), texts.get("nonce"), keys.get(texts.get("keyid"))
        if not COVERED <= set(covered) <= set(parts) or not nonce: return "SIGNATURE_INCOMPLETE"
        if not key: return "SIGNATURE_KEY_UNKNOWN"
        created, until = times.get("created", 0), min(times.get("expires", 0), times.get("created", 0) + 30)
        if created > clock() + 5 or until <= clock(): return "SIGNATURE_STALE"
        text = "".join(f'"{part}": {parts[part]}\n' for part in covered) + f'"@signature-params": {given[2]}'
        whole = headers["content-digest"] == f"sha-256=:{base64.b64encode(sha256(body)).decode()}:"
        holds = ed25519.verify(key, text.encode("latin-1"), base64.b64decode(signature[2]))
        if not whole or not holds or headers["peacegraph-source"] != source: return "SIGNATURE_INVALID"
        with one_at_a_time:
            while used and used[next(iter(used))] <= clock(): del used[next(iter(used))]
            if (texts["keyid"], nonce) in used: return "SIGNATURE_REPLAYED"
            used[texts["keyid"], nonce] = until
    return check
