/**
 * The generated Java: its text, that javac takes it without a warning, and that it runs.
 *
 * <p>In: programs and plans made by hand, harmless and hostile. What holds: {@code cases/java} has the text of each
 * class; the classes compile with {@code -Xlint:all -Werror} against the runtime alone.
 */
package dlv.tests.generated;
