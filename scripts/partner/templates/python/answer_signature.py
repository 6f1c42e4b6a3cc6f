"""Signs answers, so that the gateway can tell ours from what somebody put in their place (RFC 9421)."""
import base64
import hashlib
import time

from ed25519 import BASE, ORDER, P, times


def encode(point):
    x, y, z, _ = point
    unit = pow(z, P - 2, P)
    return ((y * unit % P) | (x * unit % P & 1) << 255).to_bytes(32, "little")


def number(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def sign(seed, message):
    """A signature by the key that was made of 32 bytes. Not in constant time: for a server of its own."""
    whole = hashlib.sha512(seed).digest()
    secret = int.from_bytes(whole[:32], "little") & (2**254 - 8) | 2**254
    key = encode(times(secret, BASE))
    once = number(whole[32:], message) % ORDER
    point = encode(times(once, BASE))
    return point + ((once + number(point, key, message) * secret) % ORDER).to_bytes(32, "little")


def public_key_of(seed):
    whole = hashlib.sha512(seed).digest()
    return encode(times(int.from_bytes(whole[:32], "little") & (2**254 - 8) | 2**254, BASE))


def read_seed(pem):
    """The seed of a private key of the kind Ed25519 in PEM (PKCS #8)."""
    data = base64.b64decode("".join(line for line in pem.splitlines() if "-" not in line))
    if len(data) != 48 or data[:16] != bytes.fromhex("302e020100300506032b657004220420"):
        raise ValueError("The file holds no private key of the kind Ed25519 in PEM.")
    return data[16:]


def create_signer(seed, clock=time.time):
    """Returns a function that gives the headers that sign an answer, for the very request that it answers."""
    text = base64.urlsafe_b64encode(public_key_of(seed)).decode().rstrip("=")
    thumbprint = hashlib.sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{text}"}}'.encode()).digest()
    name = base64.urlsafe_b64encode(thumbprint).decode().rstrip("=")

    def sign_answer(status, body, request_signature):
        digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
        params = f'("@status" "content-digest" "signature";req);created={int(clock())};keyid="{name}"'
        base = (
            f'"@status": {status}\n"content-digest": {digest}\n"signature";req: {request_signature}\n'
            f'"@signature-params": {params}'
        )
        signature = base64.b64encode(sign(seed, base.encode("latin-1"))).decode()
        return {"content-digest": digest, "signature-input": f"partner={params}", "signature": f"partner=:{signature}:"}

    return sign_answer
