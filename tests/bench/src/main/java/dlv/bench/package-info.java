/**
 * Speed and memory of compiled programs beside a peer, PyTorch's C++ library.
 *
 * <p>In go the names of suites; out come tables. What holds: each suite runs in a process of its own, with the
 * environment in which the peer is fastest; equality of the results is shown before any time is; contenders take
 * turns, and a ratio is the median of the ratios of single rounds, so that a loaded machine slows both alike.
 */
package dlv.bench;
