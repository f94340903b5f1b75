package dlv.compiler.emit.java;

import com.palantir.javapoet.JavaFile;
import dlv.compiler.check.GenerateProgram;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.TrainProgram;
import dlv.runtime.CompiledUnit;
import dlv.runtime.plan.Work;
import dlv.runtime.plan.Manifest;
import dlv.runtime.train.Training;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file of the language becomes for an application: a class each network, train and generate block, and beside it the
 * resources that {@link CompiledUnit#of} reads: {@code NAME.FLAVOUR.json}, the kernels and the constants.
 */
public final class GeneratedFiles {
  private final String packageName;
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, String> units = new TreeMap<>();

  /** @throws OutputException where {@code packageName} cannot be a package on every system */
  public GeneratedFiles(String packageName) {
    if (!JavaNames.isPackage(packageName)) {
      throw new OutputException("\"" + Javadoc.line(packageName) + "\" cannot be a package",
          "give names of letters and digits between dots, none a word that Java or a file system keeps for itself:"
              + " --package com.example.vision");
    }
    this.packageName = packageName;
  }

  /** Adds a network, compiled for each flavour. */
  public void add(NetworkProgram network, List<CompiledUnit> flavours) {
    Manifest manifest = sameLaunches(flavours, "run");
    add(network.name(), NetworkClass.of(network, manifest, packageName), flavours);
  }

  /** Adds a generate block, compiled for each flavour. */
  public void add(GenerateProgram generate, List<CompiledUnit> flavours) {
    Manifest manifest = sameLaunches(flavours, "run");
    add(generate.name(), NetworkClass.of(generate, manifest, packageName), flavours);
  }

  /** Adds a train block, compiled for each flavour. */
  public void add(TrainProgram train, List<Training> trainings, List<CompiledUnit> flavours) {
    Manifest manifest = flavours.get(0).manifest();
    for (Training training : trainings) {
      sameLaunches(flavours, training.entry("iterate"));
    }
    add(train.name(), TrainClass.of(train, trainings, manifest, packageName), flavours);
  }

  /** The class gives launches by number, so they must be the same launches in every flavour. */
  private static Manifest sameLaunches(List<CompiledUnit> flavours, String entry) {
    Manifest first = flavours.get(0).manifest();
    for (CompiledUnit unit : flavours) {
      if (!lines(unit.manifest(), entry).equals(lines(first, entry))) {
        throw new IllegalArgumentException(first.name() + "." + entry + " has other launches for "
            + unit.manifest().flavour() + " than for " + first.flavour());
      }
    }
    return first;
  }

  /** The lines of the launches that all flavours share; nodes are numbered anew where one has copies beside them. */
  private static List<String> lines(Manifest manifest, String entry) {
    return manifest.entry(entry).launches().stream().map(Work::ir).filter(line -> !line.isEmpty())
        .map(line -> line.replaceAll("%\\d+", "%")).toList();
  }

  private void add(String name, JavaFile java, List<CompiledUnit> flavours) {
    String unit = java.typeSpec().name();
    String other = units.put(unit.toLowerCase(Locale.ROOT), name);
    if (other != null) {
      throw new OutputException(other + " and " + name + " would become the same file " + unit + ".java",
          "rename one of them, so that the names differ in more than upper and lower case");
    }
    put(unit + ".java", java.toString().getBytes(StandardCharsets.UTF_8));
    for (CompiledUnit flavour : flavours) {
      String prefix = unit + "." + flavour.manifest().flavour() + ".";
      put(prefix + "json", flavour.manifest().toJson().getBytes(StandardCharsets.UTF_8));
      flavour.programs().forEach((program, text) -> put(program, text.getBytes(StandardCharsets.UTF_8)));
      flavour.constants().forEach((buffer, values) -> put(prefix + buffer + ".bin", bytes(values)));
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private void put(String name, byte[] contents) {
    if (!name.matches("[\\p{L}\\p{M}\\p{N}_][\\p{L}\\p{M}\\p{N}_.-]*")) {
      throw new IllegalArgumentException("\"" + name + "\" is no name for a file");
    }
    byte[] other = files.put(packageName.replace('.', '/') + "/" + name, contents);
    if (other != null) {
      throw new IllegalArgumentException("two files would be named " + name);
    }
  }

  /** The contents of each file, by its path below the output folder with {@code /} between names. */
  public Map<String, byte[]> files() {
    return Map.copyOf(files);
  }
}
