//@ What every kernel text may call. Functions carry their number of lanes in their names: exp_16 takes a float16.
//@ Truth values are 0 and 1 in scalars, 0 and -1 in vectors.
#pragma OPENCL FP_CONTRACT ON

#define LANES8 ((int8)(0, 1, 2, 3, 4, 5, 6, 7))
#define LANES16 ((int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15))

// Whether 32 vectors of 512 bits are at hand, so that two tiles of sums fit side by side.
#ifdef __AVX512F__
#define WIDE 1
#else
#define WIDE 0
#endif

// A store past the cache, which needs not read first what it overwrites whole.
#ifdef __has_builtin
#if __has_builtin(__builtin_nontemporal_store)
#define STREAM(place, value) __builtin_nontemporal_store(value, place)
#endif
#endif
#ifndef STREAM
#define STREAM(place, value) *(place) = (value)
#endif

// One fused operation. It is a function because LLVM, which shies away from vectors of 512 bits, takes them where a
// function does.
static float16 fused_16(float16 sum, float16 a, float16 b) { return sum + a * b; }

// NaN in, NaN out: fmax and fmin would drop it.
static float max_1(float a, float b) { return a > b || a != a ? a : b; }
static float min_1(float a, float b) { return a < b || a != a ? a : b; }
static float relu_1(float x) { return x < 0.0f ? 0.0f : x; }
static float sign_1(float x) { return x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x; }
static int isign_1(int x) { return (x > 0) - (x < 0); }
static int abs_1(int x) { return x < 0 ? -x : x; }
static float exp_1(float x) { return exp(x); }
static float tanh_1(float x) { return tanh(x); }
static float sigmoid_1(float x) { return 1.0f / (1.0f + exp(-x)); }
static float softplus_1(float x) { return max_1(x, 0.0f) + log1p(exp(-fabs(x))); }
// bfloat16 is the upper half of a float: the nearest one, ties to even; a NaN stays one.
static ushort to_bf16_1(float x) {
  const uint bits = as_uint(x);
  return x != x ? (ushort)0x7fc0 : (ushort)((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}
static float from_bf16_1(ushort x) { return as_float((uint)x << 16); }
static int to_int_1(float x) { return x != x ? 0 : convert_int_sat_rtz(x); }

// Division rounds down, and by 0 gives 0; no processor traps on what reaches its divider.
static int idiv_1(int a, int b) {
  const int d = b == 0 || b == -1 ? 1 : b;
  const int q = a / d - (a % d != 0 && (a < 0) != (d < 0));
  return b == 0 ? 0 : b == -1 ? (int)(0u - (uint)a) : q;
}
static int imod_1(int a, int b) {
  const int d = b == 0 || b == -1 ? 1 : b;
  const int r = a % d;
  return b == 0 || b == -1 ? 0 : r != 0 && (r < 0) != (d < 0) ? r + d : r;
}

// Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011): counter (element, 0, step, 0), key (seed, site); a uniform draw.
static float uniform_1(uint seed, uint site, uint step, uint element) {
  uint c0 = element, c1 = 0, c2 = step, c3 = 0;
  for (int round = 0; round < 10; round++) {
    const uint h0 = mul_hi(0xD2511F53u, c0), l0 = 0xD2511F53u * c0;
    const uint h1 = mul_hi(0xCD9E8D57u, c2), l1 = 0xCD9E8D57u * c2;
    c0 = h1 ^ c1 ^ seed;
    c1 = l1;
    c2 = h0 ^ c3 ^ site;
    c3 = l0;
    seed += 0x9E3779B9u;
    site += 0xBB67AE85u;
  }
  return (convert_float(c0 >> 9) + 0.5f) * 0x1p-23f;
}

//@ for W in 8 16
static float${W} max_${W}(float${W} a, float${W} b) { return (a > b) | (a != a) ? a : b; }
static float${W} min_${W}(float${W} a, float${W} b) { return (a < b) | (a != a) ? a : b; }
static float${W} relu_${W}(float${W} x) { return x < (float${W})(0.0f) ? (float${W})(0.0f) : x; }
static float${W} sign_${W}(float${W} x) {
  const float${W} one = (float${W})(1.0f), zero = (float${W})(0.0f);
  return x > zero ? one : x < zero ? -one : x;
}
static int${W} isign_${W}(int${W} x) { return (x < (int${W})(0)) - (x > (int${W})(0)); }
static int${W} abs_${W}(int${W} x) { return x < (int${W})(0) ? -x : x; }
static ushort${W} to_bf16_${W}(float${W} x) {
  const uint${W} bits = as_uint${W}(x);
  const uint${W} nearest = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
  return convert_ushort${W}(x != x ? (uint${W})(0x7fc0) : nearest);
}
static float${W} from_bf16_${W}(ushort${W} x) { return as_float${W}(convert_uint${W}(x) << 16); }
static int${W} to_int_${W}(float${W} x) {
  return x != x ? (int${W})(0) : convert_int${W}_sat_rtz(x);
}

// e^x: 2^n e^f with n by rounding and f in +-ln(2)/2; 0 below -87.33, infinity above 88.72, NaN stays. 2.7 ulp at most.
static float${W} exp_${W}(float${W} x) {
  const float${W} least = (float${W})(-87.33f), most = (float${W})(12583039.0f);
  const float${W} keep = x < least ? (float${W})(0.0f) : (float${W})(1.0f);
  x = x < least ? least : x;
  float${W} n = x * 1.44269504f + 12582912.0f;
  n = n > most ? most : n;
  const float${W} s = as_float${W}((as_int${W}(n) << 23) + 0x3f800000);
  const float${W} r = n - 12582912.0f;
  float${W} f = x - r * 0.693145752f;
  f = f - r * 1.42860677e-6f;
  float${W} p = 1.3981999e-3f + f * 1.98756915e-4f;
  p = p * f + 8.3334519e-3f;
  p = p * f + 4.1665796e-2f;
  p = p * f + 1.6666667e-1f;
  p = p * f + 0.5f;
  p = p * f + 1.0f;
  p = p * f;
  return keep * (s * p + s);
}

// tanh as an odd rational function on |x| <= 9.02, beyond which it rounds to 1; relative error 2.7e-7, also near 0.
static float${W} tanh_${W}(float${W} x) {
  const float${W} end = (float${W})(9.02f);
  x = x < -end ? -end : x;
  x = x > end ? end : x;
  const float${W} u = x * x;
  float${W} p = 2.063580723e-05f + u * 1.3384269693e-08f;
  p = p * u + 0.003497456666f;
  p = p * u + 0.1338268667459f;
  p = p * u + 1.0f;
  float${W} q = 3.2885157270e-04f + u * 7.790240488e-07f;
  q = q * u + 0.0258843582124f;
  q = q * u + 0.46716007590f;
  q = q * u + 1.0f;
  return x * p / q;
}

static float${W} sigmoid_${W}(float${W} x) { return 1.0f / (1.0f + exp_${W}(-x)); }
static float${W} softplus_${W}(float${W} x) {
  return max_${W}(x, (float${W})(0.0f)) + log1p(exp_${W}(-fabs(x)));
}

static int${W} idiv_${W}(int${W} a, int${W} b) {
  const int${W} zero = (int${W})(0), odd = (b == zero) | (b == (int${W})(-1));
  const int${W} d = odd ? (int${W})(1) : b;
  const int${W} q = a / d + ((a % d != zero) & ((a < zero) != (d < zero)));
  return b == zero ? zero : odd ? zero - a : q;
}
static int${W} imod_${W}(int${W} a, int${W} b) {
  const int${W} zero = (int${W})(0), odd = (b == zero) | (b == (int${W})(-1));
  const int${W} d = odd ? (int${W})(1) : b;
  const int${W} r = a % d;
  return odd ? zero : (r != zero) & ((r < zero) != (d < zero)) ? r + d : r;
}

static float${W} uniform_${W}(uint seed, uint site, uint step, uint${W} element) {
  uint${W} c0 = element, c1 = (uint${W})(0), c2 = (uint${W})(step), c3 = (uint${W})(0);
  const uint${W} m0 = (uint${W})(0xD2511F53u), m1 = (uint${W})(0xCD9E8D57u);
  for (int round = 0; round < 10; round++) {
    const uint${W} h0 = mul_hi(m0, c0), l0 = m0 * c0;
    const uint${W} h1 = mul_hi(m1, c2), l1 = m1 * c2;
    c0 = h1 ^ c1 ^ (uint${W})(seed);
    c1 = l1;
    c2 = h0 ^ c3 ^ (uint${W})(site);
    c3 = l0;
    seed += 0x9E3779B9u;
    site += 0xBB67AE85u;
  }
  return (convert_float${W}(c0 >> (uint${W})(9)) + 0.5f) * 0x1p-23f;
}
//@ end

// The lanes of a vector combined, always in the same order: halves first.
//@ for T in float int
union halves_${T}_4 { ${T}4 whole; ${T}2 part[2]; ${T} one[4]; };
union halves_${T}_8 { ${T}8 whole; ${T}4 part[2]; };
union halves_${T}_16 { ${T}16 whole; ${T}8 part[2]; };
static ${T} sum_${T}_4(${T}4 x) {
  union halves_${T}_4 u, v;
  u.whole = x;
  v.part[0] = u.part[0] + u.part[1];
  return v.one[0] + v.one[1];
}
static ${T} sum_${T}_8(${T}8 x) {
  union halves_${T}_8 u;
  u.whole = x;
  return sum_${T}_4(u.part[0] + u.part[1]);
}
static ${T} sum_${T}_16(${T}16 x) {
  union halves_${T}_16 u;
  u.whole = x;
  return sum_${T}_8(u.part[0] + u.part[1]);
}
static ${T} max_${T}_1(${T} a, ${T} b) { return a > b || a != a ? a : b; }
static ${T} max_${T}_4(${T}4 x) {
  union halves_${T}_4 u;
  u.whole = x;
  return max_${T}_1(max_${T}_1(u.one[0], u.one[1]), max_${T}_1(u.one[2], u.one[3]));
}
static ${T} max_${T}_8(${T}8 x) {
  union halves_${T}_8 u;
  u.whole = x;
  return max_${T}_1(max_${T}_4(u.part[0]), max_${T}_4(u.part[1]));
}
static ${T} max_${T}_16(${T}16 x) {
  union halves_${T}_16 u;
  u.whole = x;
  return max_${T}_1(max_${T}_8(u.part[0]), max_${T}_8(u.part[1]));
}
//@ end

// The lower and the upper halves of two vectors, interleaved; element by element, which compilers see through.
//@ for T in float int uchar
static ${T}16 low_${T}(${T}16 a, ${T}16 b) {
  return (${T}16)(a.s0, b.s0, a.s1, b.s1, a.s2, b.s2, a.s3, b.s3, a.s4, b.s4, a.s5, b.s5, a.s6, b.s6, a.s7, b.s7);
}
static ${T}16 high_${T}(${T}16 a, ${T}16 b) {
  return (${T}16)(a.s8, b.s8, a.s9, b.s9, a.sa, b.sa, a.sb, b.sb, a.sc, b.sc, a.sd, b.sd, a.se, b.se, a.sf, b.sf);
}
//@ end
