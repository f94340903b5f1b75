package dlv.compiler.check;

import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Item;
import dlv.compiler.syntax.SourceUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names that one file declares, and those it imports. */
final class Module {
  private final SourceUnit unit;
  private final boolean library;
  private final Map<String, Declaration> declarations = new LinkedHashMap<>();
  private final Map<String, Item.Constant> constants = new LinkedHashMap<>();
  private final Map<String, Process> processes = new LinkedHashMap<>();
  private final Map<String, Item> others = new LinkedHashMap<>();
  private final Map<String, Module> imports = new LinkedHashMap<>();

  Module(SourceUnit unit, boolean library) {
    this.unit = unit;
    this.library = library;
    for (Item item : unit.items()) {
      if (item instanceof Item.NetworkSyntax network) {
        declarations.putIfAbsent(network.name().text(), Declaration.of(network, this));
      } else if (item instanceof Item.OptimizerSyntax optimizer) {
        declarations.putIfAbsent(optimizer.name().text(), Declaration.of(optimizer, this));
      } else if (item instanceof Item.Constant constant) {
        constants.putIfAbsent(constant.name().text(), constant);
      } else if (item instanceof Item.TrainSyntax train) {
        others.putIfAbsent(train.name().text(), train);
      } else if (item instanceof Item.ProcessSyntax process) {
        processes.putIfAbsent(process.name().text(), Process.of(process, this));
      } else if (item instanceof Item.GenerateSyntax generate) {
        others.putIfAbsent(generate.name().text(), generate);
      }
    }
  }

  SourceUnit unit() {
    return unit;
  }

  SourceFile file() {
    return unit.file();
  }

  /** The file's name, without folders and ending. */
  String name() {
    return stem(file().name());
  }

  /** The last part of a path without its ending: {@code lib/blocks.dlv} is {@code blocks}. */
  static String stem(String path) {
    String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    int dot = last.lastIndexOf('.');
    return dot > 0 ? last.substring(0, dot) : last;
  }

  boolean isLibrary() {
    return library;
  }

  Optional<Declaration> declaration(String name) {
    return Optional.ofNullable(declarations.get(name));
  }

  Optional<Item.Constant> constant(String name) {
    return Optional.ofNullable(constants.get(name));
  }

  Optional<Process> process(String name) {
    return Optional.ofNullable(processes.get(name));
  }

  Iterable<Process> processes() {
    return processes.values();
  }

  /** A train block or generate block of this name. */
  Optional<Item> other(String name) {
    return Optional.ofNullable(others.get(name));
  }

  Optional<Module> imported(String name) {
    return Optional.ofNullable(imports.get(name));
  }

  void bindImport(String name, Module module) {
    imports.put(name, module);
  }

  Iterable<Declaration> declarations() {
    return declarations.values();
  }

  /** Every name that the file declares or imports. */
  Set<String> names() {
    var names = new java.util.TreeSet<>(declarations.keySet());
    names.addAll(constants.keySet());
    names.addAll(processes.keySet());
    names.addAll(others.keySet());
    names.addAll(imports.keySet());
    return names;
  }

  /** The name that an item declares, and where; empty for assertions and imports. */
  static Optional<Map.Entry<String, Span>> nameOf(Item item) {
    dlv.compiler.syntax.Name name = null;
    if (item instanceof Item.NetworkSyntax network) {
      name = network.name();
    } else if (item instanceof Item.OptimizerSyntax optimizer) {
      name = optimizer.name();
    } else if (item instanceof Item.Constant constant) {
      name = constant.name();
    } else if (item instanceof Item.TrainSyntax train) {
      name = train.name();
    } else if (item instanceof Item.ProcessSyntax process) {
      name = process.name();
    } else if (item instanceof Item.GenerateSyntax generate) {
      name = generate.name();
    }
    return Optional.ofNullable(name).map(n -> Map.entry(n.text(), n.span()));
  }
}
