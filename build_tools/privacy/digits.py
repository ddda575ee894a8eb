"""Check digits: resident identity numbers (GB 11643), bank cards (Luhn) and unified social credit codes (GB 32100)."""

from __future__ import annotations

from datetime import date

IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECKS = "10X98765432"
# without I, O, Z, S and V
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
FIRST_YEAR, LAST_YEAR = 1880, 2099
DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def is_identity_number(number: str) -> bool:
    """18 characters: region, a day of birth that exists, and the check digit that belongs to them."""
    return number[0] != "0" and is_day(number[6:14]) and identity_check(number[:17]) == number[17].upper()


def identity_check(first: str) -> str:
    """The check digit of 17 digits."""
    return IDENTITY_CHECKS[sum(weight * int(digit) for weight, digit in zip(IDENTITY_WEIGHTS, first, strict=True)) % 11]


def is_old_identity_number(number: str) -> bool:
    """15 digits as issued until 1999: a day of birth in the twentieth century, no check digit."""
    return len(number) == 15 and number.isdecimal() and number[0] != "0" and is_day("19" + number[6:12])


def is_day(digits: str) -> bool:
    """True for yyyymmdd on the calendar, in years in which people are born."""
    try:
        return FIRST_YEAR <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= LAST_YEAR
    except ValueError:
        return False


def luhn(number: str) -> bool:
    """True where the last digit is the check digit of a bank card."""
    return (sum(map(int, number[-1::-2])) + sum(DOUBLED[int(digit)] for digit in number[-2::-2])) % 10 == 0


def is_credit_code(code: str) -> bool:
    """18 characters whose last one is the check character of an organisation's code; it may be all digits."""
    return len(code) == 18 and all(sign in CREDIT_SIGNS for sign in code) and credit_check(code[:17]) == code[17]


def credit_check(first: str) -> str:
    """The check character of 17 characters."""
    return CREDIT_SIGNS[
        -sum(weight * CREDIT_SIGNS.index(sign) for weight, sign in zip(CREDIT_WEIGHTS, first, strict=True)) % 31
    ]
