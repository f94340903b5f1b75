package dlv.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dlv.runtime.plan.Entry;
import dlv.runtime.plan.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * An entry's launches as methods: one for each stretch of launches that one instance of a network caused, each launch
 * preceded by what it computes.
 *
 * <p>A class file holds 64 KB of code a method and 65,535 constants a class. So a long stretch is several methods, and
 * where there are too many instances, those inside one instance share a method.
 */
final class Stages {
  private static final ClassName BOUND_ENTRY = ClassName.get("dlv.runtime", "BoundEntry");
  private static final int MOST_STRETCHES = 2_000;
  private static final int MOST_LAUNCHES = 1_000;

  private final List<MethodSpec> methods = new ArrayList<>();
  private final CodeBlock.Builder calls = CodeBlock.builder();
  private final List<Work> launches;
  private final String parameter;
  private final Names names;

  private record Stretch(String instance, int from, int to) {}

  /** @param parameter the name of the entry in the methods */
  Stages(Entry entry, String parameter, Set<String> taken) {
    this.launches = entry.launches().stream().filter(launch -> !launch.ir().isEmpty()).toList();
    this.parameter = parameter;
    this.names = new Names(taken);
    int depth = launches.stream().mapToInt(launch -> parts(instance(launch)).length).max().orElse(0);
    List<Stretch> stretches = stretches(depth);
    while (stretches.size() > MOST_STRETCHES && depth > 0) {
      stretches = stretches(--depth);
    }
    stretches.forEach(this::add);
  }

  /** Neighbours whose instances have the same first {@code depth} parts. */
  private List<Stretch> stretches(int depth) {
    var stretches = new ArrayList<Stretch>();
    for (int from = 0; from < launches.size(); ) {
      String instance = outer(instance(launches.get(from)), depth);
      int to = from + 1;
      while (to < launches.size() && to - from < MOST_LAUNCHES
          && outer(instance(launches.get(to)), depth).equals(instance)) {
        to++;
      }
      stretches.add(new Stretch(instance, from, to));
      from = to;
    }
    return stretches;
  }

  /** The path of the instance that caused a launch: what stands before its place in the file. */
  private static String instance(Work launch) {
    String origin = launch.origin();
    int space = origin.indexOf(' ');
    String path = space < 0 ? origin : origin.substring(0, space);
    return path.contains(":") ? "" : path;
  }

  private static String[] parts(String path) {
    return path.isEmpty() ? new String[0] : path.split("\\.");
  }

  private static String outer(String path, int depth) {
    String[] parts = parts(path);
    return parts.length <= depth ? path : String.join(".", List.of(parts).subList(0, depth));
  }

  private void add(Stretch stretch) {
    String instance = stretch.instance();
    String name = names.unique(instance.isEmpty() ? "other" : JavaNames.member(instance));
    MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(BOUND_ENTRY, parameter);
    for (int i = stretch.from(); i < stretch.to(); i++) {
      method.addComment("$L", Javadoc.line(launches.get(i).ir() + "   " + launches.get(i).origin()));
      method.addStatement("$N.launch($L)", parameter, i);
    }
    methods.add(method.build());
    calls.addStatement("$N($N)", name, parameter);
  }

  /** The methods, in the order of their first launches. */
  List<MethodSpec> methods() {
    return methods;
  }

  /** Calls of all methods in order. */
  CodeBlock calls() {
    return calls.build();
  }
}
