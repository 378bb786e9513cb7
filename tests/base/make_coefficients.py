#!/usr/bin/env python3
"""Prints the tables of sim/base (mpmath >= 1.2, 60 digits); run clang-format over them after.

usage: make_coefficients.py elementary > sim/base/elementary_tables.hpp
       make_coefficients.py special    > sim/base/special_tables.hpp
       make_coefficients.py quantile   > sim/base/special_quantile_table.hpp
The largest relative error of each fit goes to standard error.
"""
import sys
from mpmath import mp, mpf, cos, pi, exp, log, sqrt, erfc, expm1, findroot, erfinv, loggamma, matrix, lu_solve

mp.dps = 60


def hexf(x):
    return float(x).hex()


def chebyshev_fit(f, a, b, degree, centre=None):
    """Coefficients in (x - centre) of the polynomial that meets f at the Chebyshev nodes of [a, b]."""
    a, b = mpf(a), mpf(b)
    centre = (a + b) / 2 if centre is None else mpf(centre)
    n = degree + 1
    nodes = [(a + b) / 2 + (b - a) / 2 * cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    rows = matrix(n, n)
    values = matrix(n, 1)
    for i, x in enumerate(nodes):
        for j in range(n):
            rows[i, j] = (x - centre) ** j
        values[i] = f(x)
    return list(lu_solve(rows, values))


def largest_error(f, coefficients, a, b, centre, points=101):
    worst = mpf(0)
    for i in range(points):
        x = mpf(a) + (mpf(b) - mpf(a)) * (2 * i + 1) / (2 * points)
        value = sum(mpf(float(c)) * (x - centre) ** j for j, c in enumerate(coefficients))
        worst = max(worst, abs(value / f(x) - 1))
    return worst


def note(what, value):
    print(f"{what}: {mp.nstr(value, 3)}", file=sys.stderr)


def array(name, values, per_line=4):
    print(f"inline constexpr double {name}[{len(values)}] = {{")
    for i in range(0, len(values), per_line):
        print("    " + ", ".join(hexf(v) for v in values[i:i + per_line]) + ",")
    print("};")


def elementary():
    print("""// Constants of the elementary functions; made by tests/base/make_coefficients.py, not to be edited by hand.
// exp_terms: (e^r - 1 - r) / r^2 on |r| <= 0.0029 (ln2 / 256 and a margin), powers of r.
// expm1_terms: the same on |r| <= 0.34668 (ln2 / 2 and a margin).
// exp_rows: for i = 0..127, 2^(i/128) as head (1 + tail).
// log_terms: (log(1 + r) - r + r^2/2) / r^3 on |r| <= 2^-7, powers of r.
// log_rows: for each of 128 parts of [0.6875, 1.375): 1/c with at most 9 bits, -log(1/c) in a head that is a
// multiple of 2^-42 (so that k ln2_head + head is exact) and a tail.
// atanh_terms: (atanh(y)/y - 1)/y^2 on |y| <= 1/5, powers of y^2.
#pragma once

namespace sojourn::constants {
""")

    def exp_part(r):
        return mpf(1) / 2 if abs(r) < mpf(10) ** -25 else (exp(r) - 1 - r) / r ** 2
    c = chebyshev_fit(exp_part, "-0.0029", "0.0029", 3, 0)
    note("exp", largest_error(exp_part, c, "-0.0029", "0.0029", 0))
    array("exp_terms", c)
    c = chebyshev_fit(exp_part, "-0.34668", "0.34668", 9, 0)
    note("expm1", largest_error(exp_part, c, "-0.34668", "0.34668", 0))
    array("expm1_terms", c)
    print("struct ExpRow {\n  double head, tail;\n};")
    print("inline constexpr ExpRow exp_rows[128] = {")
    for i in range(128):
        exact = mpf(2) ** (mpf(i) / 128)
        head = mpf(float(exact))
        print("    {" + hexf(head) + ", " + hexf(exact / head - 1) + "},")
    print("};")

    def log_part(r):
        return mpf(1) / 3 if abs(r) < mpf(10) ** -18 else (log(1 + r) - r + r ** 2 / 2) / r ** 3
    width = mpf(2) ** -7
    c = chebyshev_fit(log_part, -width, width, 6, 0)
    note("log", largest_error(log_part, c, -width, width, 0))
    array("log_terms", c)

    print("struct LogRow {\n  double inverse, head, tail, unused;\n};")
    print("inline constexpr LogRow log_rows[128] = {")
    worst = mpf(0)
    for i in range(128):
        low = mpf("0.6875") + mpf(i) / 256 if i < 80 else 1 + mpf(i - 80) / 128
        high = low + (mpf(1) / 256 if i < 80 else mpf(1) / 128)
        unit = 128 if i < 80 else 256
        inverse = mpf(1) if high == 1 or low == 1 else mpf(int(unit / ((low + high) / 2) + mpf("0.5"))) / unit
        worst = max(worst, abs(low * inverse - 1), abs(high * inverse - 1))
        exact = -log(inverse)
        head = mpf(int(mp.nint(exact * 2 ** 42))) / 2 ** 42
        print("    {" + ", ".join([hexf(inverse), hexf(head), hexf(exact - head), "0"]) + "},")
    print("};")
    note("largest |r| * 128", worst * 128)

    def atanh_part(square):
        if square == 0:
            return mpf(1) / 3
        y = sqrt(square)
        return (mp.atanh(y) / y - 1) / square
    c = chebyshev_fit(atanh_part, 0, mpf("0.0401"), 9, 0)
    note("atanh", largest_error(atanh_part, c, mpf("1e-9"), mpf("0.0401"), 0))
    array("atanh_terms", c)
    print("\n}  // namespace sojourn::constants")


def normal_z(w):
    """|z| such that -log(4 p (1 - p)) = w for p = cdf(z)."""
    if w == 0:
        return mpf(0)
    if w < 1:
        return sqrt(mpf(2)) * erfinv(sqrt(-expm1(-w)))
    q = exp(-w) / 2 / (1 + sqrt(-expm1(-w)))      # the small tail: 4 q (1 - q) = e^-w
    guess = sqrt(2 * w + 2)
    z = guess
    for _ in range(200):                           # Newton on log of the tail: quadratic, concave
        tail = erfc(z / sqrt(mpf(2))) / 2
        density = exp(-z * z / 2) / sqrt(2 * pi)
        step = (log(tail) - log(q)) * tail / density
        z += step
        if abs(step) < mpf(10) ** -50 * z:
            break
    return z


def special():
    print("""// Constants of the special functions; made by tests/base/make_coefficients.py, not to be edited by hand.
// Layout [power][part]: the coefficients of one power for all eight parts stand together, which a vector unit
// picks with one permutation.
// normal_quantile_terms: |z| / (v |2p - 1|) on v = sqrt(1 - log(4 p (1 - p))) in [2^part, 2^(part+1)), powers of
// v 2^-part - 1.5.
// normal_tail_terms: e^(a^2/2) (1 - Phi(a)) (1 + a) with t = 1/(1 + a) in [part, part + 1) / 8, powers of
// 8 t - part - 0.5.
// log_gamma_terms: lgamma(1 + u) / (u (u - 1)) on [0, 1], powers of u - 0.5.
#pragma once

namespace sojourn::constants {
""")
    degree = 24
    table = [[None] * 8 for _ in range(degree + 1)]
    worst = mpf(0)
    for part in range(8):
        def ratio(m):
            v = m * 2 ** part
            w = v * v - 1
            if w < mpf(10) ** -40:
                return sqrt(pi / 2)
            return normal_z(w) / (v * sqrt(-expm1(-w)))
        c = chebyshev_fit(ratio, 1, 2, degree)
        error = largest_error(ratio, c, 1, 2, mpf("1.5"), 41)
        note(f"normal quantile part {part}", error)
        for j in range(degree + 1):
            table[j][part] = c[j]
    two_d("normal_quantile_terms", table)

    degree = 16
    table = [[None] * 8 for _ in range(degree + 1)]
    worst = mpf(0)
    for part in range(8):
        def scaled(u):
            t = u / 8
            if t < mpf("1e-9"):
                a = 1 / t - 1
                return (1 - 1 / a ** 2) / sqrt(2 * pi) / a / t
            a = 1 / t - 1
            return tail(a) / t
        c = chebyshev_fit(scaled, part, part + 1, degree)
        error = largest_error(scaled, c, part, part + 1, mpf(part) + mpf("0.5"), 41)
        note(f"normal tail part {part}", error)
        for j in range(degree + 1):
            table[j][part] = c[j]
    two_d("normal_tail_terms", table)

    def gamma_part(u):
        if abs(u) < mpf("1e-30"):
            return mp.euler
        if abs(u - 1) < mpf("1e-30"):
            return 1 - mp.euler
        return loggamma(1 + u) / (u * (u - 1))
    c = chebyshev_fit(gamma_part, 0, 1, 22)
    note("log gamma", largest_error(gamma_part, c, 0, 1, mpf("0.5")))
    array("log_gamma_terms", c)
    print("\n}  // namespace sojourn::constants")


def tail(a):
    """e^(a^2/2) (1 - Phi(a)), by continued fraction where erfc underflows in exponent range or loses digits."""
    if a < 40:
        return exp(a * a / 2) * erfc(a / sqrt(mpf(2))) / 2
    f = a
    for k in range(120, 0, -1):
        f = a + k / f
    return 1 / (f * sqrt(2 * pi))


def two_d(name, table):
    print(f"inline constexpr double {name}[{len(table)}][8] = {{")
    for row in table:
        print("    {" + ", ".join(hexf(v) for v in row) + "},")
    print("};")


def quantile():
    print("""// Constants of the normal quantile of a cumulative hazard; made by tests/base/make_coefficients.py, not to be edited.
// Row i: z with -log(1 - Phi(z)) = H on H in [2^(i-54), 2^(i-53)), powers 0 to 19 of 2^(54-i) H - 1.5.
#pragma once

namespace sojourn::constants {
""")
    degree, first, last = 19, -54, 12
    print(f"inline constexpr double hazard_quantile_rows[{last - first + 1}][{degree + 1}] = {{")
    worst = mpf(0)
    for e in range(first, last + 1):
        def z(m):
            h = m * mpf(2) ** e
            size = normal_z(h - log(-expm1(-h)) - log(mpf(4)))
            return size if h > log(mpf(2)) else -size
        c = chebyshev_fit(z, 1, 2, degree)
        middle = abs(z(mpf("1.5")))
        for i in range(21):
            x = 1 + mpf(2 * i + 1) / 42
            value = sum(mpf(float(k)) * (x - mpf("1.5")) ** j for j, k in enumerate(c))
            worst = max(worst, abs(value - z(x)) / max(middle, mpf(1)))
        print("    {" + ", ".join(hexf(v) for v in c) + "},")
    note("hazard quantile, relative to max(|z|, 1)", worst)
    print("};\n\n}  // namespace sojourn::constants")


{"elementary": elementary, "special": special, "quantile": quantile}[sys.argv[1]]()
