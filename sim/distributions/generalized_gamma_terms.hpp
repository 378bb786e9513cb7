// Terms of C_n(eta), n = 0 to 3, of the uniform expansion of the incomplete gamma functions for |eta| < 0.75:
//   C_0 = 1/mu - 1/eta, C_n = C_(n-1)'/eta + g_n/mu, mu - log(1 + mu) = eta^2/2, g_n taking out the pole;
// from exact rational series. Source: N. M. Temme, SIAM J. Math. Anal. 10, 1979.
#pragma once

namespace sojourn::distributions::generalized_gamma_terms {

inline constexpr double c0[22] = {
    -0x1.5555555555555p-2,  0x1.5555555555555p-4,   -0x1.e573ac901e574p-7,  0x1.2f684bda12f68p-10,
    0x1.71de3a556c734p-12,  -0x1.76e06fec7273bp-13, 0x1.48c5892f7cd83p-15,  -0x1.255370652afc1p-19,
    -0x1.f1b22f594c6b5p-20, 0x1.bd6d21e4b4109p-21,  -0x1.7b5f9a2d0465cp-23, 0x1.ccf5ceb7f0d9fp-28,
    0x1.6097d55c37c1cp-27,  -0x1.2d2197c7a2faap-28, 0x1.f6e66d24d5c8ap-31,  -0x1.c0d9b6edf2b0bp-36,
    -0x1.0070a87340428p-34, 0x1.ac9475c463659p-36,  -0x1.61ca701fd754ap-38, 0x1.ef98008f5eec2p-44,
    0x1.7ba0759769d7cp-42,  -0x1.3989bebb193c0p-43};

inline constexpr double c1[14] = {-0x1.e573ac901e574p-10, -0x1.c71c71c71c71cp-9, 0x1.5ac056b015ac0p-9,
                                  -0x1.0394f6f09e723p-10, 0x1.af83440e53dbcp-13, -0x1.af83440e53dbcp-22,
                                  -0x1.2fa4ae89e5af0p-16, 0x1.00a9cabd6b83ep-17, -0x1.b0bdfcc629cbap-20,
                                  0x1.3f59230a8357cp-28,  0x1.280f2cde3f847p-23, -0x1.ee23d0cba8aeep-25,
                                  0x1.9aa7a30de114cp-27,  -0x1.349fbca3a377bp-36};

inline constexpr double c2[8] = {0x1.0ee643b990ee6p-8,   -0x1.5f7268edab4c8p-9,  0x1.948b0fcd6e9e0p-11,
                                 0x1.0db20a88f4696p-19,  -0x1.c253efaa1a932p-14, 0x1.bbf43daf4fe53p-15,
                                 -0x1.ac2d05890f2c3p-17, 0x1.26154ae39151dp-25};

inline constexpr double c3[4] = {0x1.547d93b34e2b6p-11, 0x1.e13ce465fa859p-13, -0x1.ebfb188b7ca00p-12,
                                 0x1.18b9b5bf2d984p-12};

}  // namespace sojourn::distributions::generalized_gamma_terms
