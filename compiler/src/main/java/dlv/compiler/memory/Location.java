package dlv.compiler.memory;

/** A place in a buffer: its name, and the number of the first element. */
public record Location(String buffer, long offset) {}
