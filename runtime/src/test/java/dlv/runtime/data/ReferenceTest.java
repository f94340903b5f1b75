package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  @Test
  void everySourceAndParameterIsInTheReference() throws IOException {
    String text = Files.readString(Path.of("../docs/data.md"));
    for (SourceKind kind : DataSources.kinds()) {
      assertTrue(text.contains("| `" + kind.name() + "("), kind.name());
      for (Parameter p : kind.parameters()) {
        assertTrue(text.contains(p.name() + ":") || text.contains("(" + p.name()), kind.name() + ", " + p.name());
        assertTrue(!p.meaning().isBlank());
      }
    }
  }
}
