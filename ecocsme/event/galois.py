"""Arithmetic in finite fields: what makes rotations exact where the number of tables is a prime or the power of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

LARGEST = 256  # tables in one room; the addition and multiplication tables grow with its square


@dataclass(frozen=True, slots=True)
class Field:
    """A finite field on the numbers 0 to `order` - 1, as tables: `plus[a][b]`, `times[a][b]`."""

    order: int
    plus: tuple[tuple[int, ...], ...]
    times: tuple[tuple[int, ...], ...]


def prime_power(number: int) -> tuple[int, int] | None:
    """Write a number as a prime and its exponent; None where it is no power of a prime."""
    prime = next((p for p in range(2, number + 1) if number % p == 0), None)
    if prime is None:
        return None
    exponent, rest = 0, number
    while rest % prime == 0:
        rest //= prime
        exponent += 1
    return (prime, exponent) if rest == 1 else None


@lru_cache(maxsize=8)
def field(order: int) -> Field | None:
    """The field of this order; None where there is none, or where it is larger than any room."""
    power = prime_power(order) if order <= LARGEST else None
    if power is None:
        return None
    prime, exponent = power
    elements = [_digits(number, prime, exponent) for number in range(order)]
    modulus = next(m for m in _monic(prime, exponent) if _irreducible(m, prime))
    plus = tuple(tuple(_number([(x + y) % prime for x, y in zip(a, b, strict=True)], prime) for b in elements) for a in elements)
    times = tuple(tuple(_number(_reduced(_product(a, b, prime), modulus, prime), prime) for b in elements) for a in elements)
    return Field(order, plus, times)


def _digits(number: int, prime: int, length: int) -> list[int]:
    return [number // prime**place % prime for place in range(length)]


def _number(digits: list[int], prime: int) -> int:
    return sum(digit * prime**place for place, digit in enumerate(digits))


def _monic(prime: int, degree: int) -> Iterator[list[int]]:
    """All polynomials of a degree that begin with 1, lowest coefficient first."""
    return ([*rest, 1] for rest in product(range(prime), repeat=degree))


def _irreducible(polynomial: list[int], prime: int) -> bool:
    degree = len(polynomial) - 1
    divisors = (d for smaller in range(1, degree // 2 + 1) for d in _monic(prime, smaller))
    return all(any(_reduced(polynomial, d, prime)) for d in divisors)


def _product(first: list[int], second: list[int], prime: int) -> list[int]:
    found = [0] * (len(first) + len(second) - 1)
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            found[i + j] = (found[i + j] + a * b) % prime
    return found


def _reduced(polynomial: list[int], modulus: list[int], prime: int) -> list[int]:
    """The rest after division by a polynomial that begins with 1, as many digits as the divisor's degree."""
    rest = list(polynomial)
    degree = len(modulus) - 1
    for place in range(len(rest) - 1, degree - 1, -1):
        factor = rest[place]
        for below in range(degree + 1):
            rest[place - degree + below] = (rest[place - degree + below] - factor * modulus[below]) % prime
    return (rest + [0] * degree)[:degree]
