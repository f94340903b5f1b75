/**
 * JSON, strictly.
 *
 * <p>In goes text; out comes a {@link dlv.runtime.json.Json} value, and the other way round. What holds: nesting is at
 * most 64 deep; no object has a key twice; nothing follows the value; a number keeps its spelling, so that integers
 * are exact; equal values are written as equal text. Whatever is wrong is a {@link dlv.runtime.json.JsonException} that
 * names the byte or the path.
 */
package dlv.runtime.json;
