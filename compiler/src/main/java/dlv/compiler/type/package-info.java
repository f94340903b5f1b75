/**
 * Sizes and element types: the vocabulary that the checker, the graph and the plan share.
 *
 * <p>Dimensions are exact integer polynomials over names, with floor division as an atom, so that
 * {@code floor((h - k) / s) + 1} and {@code m·n + n² + k·n} are one mechanism. Everything here is immutable.
 */
package dlv.compiler.type;
