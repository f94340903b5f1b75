/**
 * Ways out of what does not fit: changes of the text that are tried by checking it again.
 *
 * <p>In: a file and what was said about it. Out: the same, where a change cures an error with the edit that makes it, and
 * with what the network becomes. What holds: a way was checked, and the network that it mends has no error left; no
 * layer is known by name, only calls, their arguments, and what the library declares.
 */
package dlv.compiler.repair;
