package dlv.tests.generated;

import dlv.runtime.Device;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Generated files compiled in memory, where every warning is an error, and loaded with their resources. */
final class CompiledClasses extends ClassLoader {
  private final Map<String, byte[]> files;
  private final Map<String, ByteArrayOutputStream> classes;

  private CompiledClasses(Map<String, byte[]> files, Map<String, ByteArrayOutputStream> classes) {
    super(CompiledClasses.class.getClassLoader());
    this.files = files;
    this.classes = classes;
  }

  /** @param files contents by path below the output folder */
  static CompiledClasses of(Map<String, byte[]> files) throws Exception {
    var sources = new ArrayList<JavaFileObject>();
    files.forEach((path, bytes) -> {
      if (path.endsWith(".java")) {
        sources.add(new Source(path, new String(bytes, StandardCharsets.UTF_8)));
      }
    });
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    var found = new DiagnosticCollector<JavaFileObject>();
    var classes = new HashMap<String, ByteArrayOutputStream>();
    try (var manager = javac.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8);
        var memory = new Memory(manager, classes)) {
      List<String> options = List.of("-Xlint:all", "-Werror", "--release", "17", "-proc:none", "-classpath", runtime());
      if (!javac.getTask(null, memory, found, options, null, sources).call()) {
        throw new AssertionError(found.getDiagnostics());
      }
    }
    return new CompiledClasses(files, classes);
  }

  private static String runtime() throws URISyntaxException {
    return Path.of(Device.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ByteArrayOutputStream bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes.toByteArray(), 0, bytes.size());
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    return files.containsKey(name) ? new ByteArrayInputStream(files.get(name)) : super.getResourceAsStream(name);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String path;
    private final String text;

    Source(String path, String text) {
      super(URI.create("memory:///" + URLEncoder.encode(path, StandardCharsets.UTF_8).replace("%2F", "/")),
          Kind.SOURCE);
      this.path = path;
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return kind == Kind.SOURCE && path.endsWith("/" + simpleName + ".java");
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    Memory(JavaFileManager parent, Map<String, ByteArrayOutputStream> classes) {
      super(parent);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind,
                                               FileObject sibling) {
      var bytes = new ByteArrayOutputStream();
      classes.put(name, bytes);
      return new SimpleJavaFileObject(URI.create("memory:///out"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }
}
