"""Checks Ed25519 signatures (RFC 8032) with nothing but Python."""
import hashlib
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

def add(a, b):
    """The sum of two points, in extended coordinates."""
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    u, v, c, d = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2), t1 * t2 % P * 2 * D, 2 * z1 * z2
    e, f, g, h = (v - u) % P, (d - c) % P, (d + c) % P, (v + u) % P
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(number, point):
    """A point taken so many times."""
    total = (0, 1, 1, 0)
    for bit in range(number.bit_length()):
        total = add(total, point) if number >> bit & 1 else total
        point = add(point, point)
    return total

def decode(data):
    """The point that 32 bytes mean, or None."""
    y, odd = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    roots = (x * pow(2, step, P) % P for x in [pow(square, (P + 3) // 8, P)] for step in (0, P // 4))
    x = next((root for root in roots if root * root % P == square), None)
    if x is None or y >= P or (x == 0 and odd): return None
    return (x, y, 1, x * y % P) if x & 1 == odd else (P - x, y, 1, (P - x) * y % P)
BASE = decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def verify(key, message, signature):
    """Whether the signature is this public key's over this message; all are bytes."""
    if len(key) != 32 or len(signature) != 64: return False
    a, r, s = decode(key), decode(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER: return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    left, right = times(s, BASE), add(r, times(int.from_bytes(digest, "little") % ORDER, a))
    return all((left[axis] * right[2] - right[axis] * left[2]) % P == 0 for axis in (0, 1))
