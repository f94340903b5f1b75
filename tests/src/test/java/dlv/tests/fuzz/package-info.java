/**
 * Files that nobody wrote, found by watching which branches of the readers they take (Jazzer).
 *
 * <p>In: bytes, which a fuzzer changes. Out: an answer or a refusal with a reason, never anything else. What holds: the
 * build runs the seeds and every file that once failed, in {@code src/test/resources}; {@code tests/fuzz} searches on.
 */
package dlv.tests.fuzz;
