/**
 * A network as a picture: boxes for layers and operations, arrows for what flows between them.
 *
 * <p>In: a {@link dlv.compiler.check.NetworkProgram}. Out: an SVG or PNG file. {@link dlv.compiler.drawing.LayerGraph}
 * says what is drawn, {@link dlv.compiler.drawing.NetworkDrawing} where and how. The Eclipse Layout Kernel, which finds
 * the places, is known in this package alone.
 */
package dlv.compiler.drawing;
