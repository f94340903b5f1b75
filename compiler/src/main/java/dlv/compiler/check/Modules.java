package dlv.compiler.check;

import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Item;
import dlv.compiler.syntax.Parser;
import dlv.compiler.syntax.SourceReader;
import dlv.compiler.syntax.SourceUnit;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The files of a program: the one that is checked, those it imports, and the library. */
final class Modules {
  private final Blame blame;
  private final Library library;
  private final Map<Path, Module> loaded = new HashMap<>();
  private final Deque<Path> loading = new ArrayDeque<>();
  private final Module main;

  Modules(SourceUnit unit, Library library, Blame blame) {
    this.blame = blame;
    this.library = library;
    this.main = new Module(unit, false);
    Path path = canonical(Path.of(unit.file().name()));
    loaded.put(path, main);
    loading.push(path);
    Path folder = Path.of(unit.file().name()).getParent();
    loadImports(main, folder == null ? Path.of("") : folder);
    loading.pop();
  }

  Module main() {
    return main;
  }

  Library library() {
    return library;
  }

  private static Path canonical(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  private void loadImports(Module module, Path folder) {
    for (Item item : module.unit().items()) {
      if (item instanceof Item.Import imported) {
        String name = imported.alias().map(alias -> alias.text()).orElse(Module.stem(imported.path()));
        Span span = imported.alias().map(alias -> alias.span()).orElse(imported.span());
        Module found = load(imported, folder);
        if (found != null && module.imported(name).isPresent()) {
          blame.error(null, "duplicate", span, "two imports are named `" + name + "`");
        } else if (found != null) {
          module.bindImport(name, found);
        }
      }
    }
  }

  private Module load(Item.Import imported, Path folder) {
    Span span = imported.span();
    Path path;
    try {
      path = folder.resolve(imported.path()).normalize();
    } catch (InvalidPathException e) {
      blame.error(null, "import", span, "\"" + imported.path() + "\" is not a path");
      return null;
    }
    Path real = canonical(path);
    if (Path.of(imported.path()).isAbsolute() || !imported.path().endsWith(".dlv")) {
      blame.report(null, Diagnostic.error("import", span, "\"" + imported.path() + "\" cannot be imported")
          .help("import a `.dlv` file by its path from this file's folder"));
      return null;
    }
    if (loading.contains(real)) {
      blame.error(null, "import", span,
          "\"" + imported.path() + "\" imports this file again, directly or through others");
      return null;
    }
    if (loaded.containsKey(real)) {
      return loaded.get(real);
    }
    if (loading.size() > Bounds.IMPORTS || loaded.size() > Bounds.FILES) {
      blame.error(null, "limit", span, "more than " + Bounds.FILES + " files, or " + Bounds.IMPORTS
          + " imports inside each other");
      return null;
    }
    return parse(path, real, span);
  }

  private Module parse(Path path, Path real, Span span) {
    SourceFile file;
    try {
      file = SourceReader.read(path);
    } catch (CompileException e) {
      blame.error(null, "import", span, e.diagnostics().get(0).message());
      return null;
    }
    try {
      Module module = new Module(Parser.parse(file), false);
      loaded.put(real, module);
      loading.push(real);
      loadImports(module, path.getParent() == null ? Path.of("") : path.getParent());
      loading.pop();
      return module;
    } catch (CompileException e) {
      blame.diagnostics().addAll(e.diagnostics());
      return null;
    }
  }

  /** All files but those of the library. */
  Iterable<Module> own() {
    return loaded.values();
  }
}
