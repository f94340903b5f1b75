package dlv.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dlv.runtime.plan.Entry;
import dlv.runtime.plan.Launch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * An entry's launches as methods: one for each stretch of launches that one instance of a network caused, each launch
 * preceded by what it computes.
 */
final class Stages {
  private static final ClassName BOUND_ENTRY = ClassName.get("dlv.runtime", "BoundEntry");

  private final List<MethodSpec> methods = new ArrayList<>();
  private final CodeBlock.Builder calls = CodeBlock.builder();
  private final Set<String> names = new HashSet<>();

  /** @param parameter the name of the entry in the methods */
  Stages(Entry entry, String parameter, Set<String> taken) {
    names.addAll(taken);
    List<Launch> launches = entry.launches();
    for (int from = 0; from < launches.size(); ) {
      String instance = instance(launches.get(from));
      int to = from + 1;
      while (to < launches.size() && instance(launches.get(to)).equals(instance)) {
        to++;
      }
      add(instance, launches, from, to, parameter);
      from = to;
    }
  }

  /** The path of the instance that caused a launch: what stands before its place in the file. */
  private static String instance(Launch launch) {
    String origin = launch.origin();
    int space = origin.indexOf(' ');
    String path = space < 0 ? origin : origin.substring(0, space);
    return path.contains(":") ? "" : path;
  }

  private void add(String instance, List<Launch> launches, int from, int to, String parameter) {
    String name = unique(instance.isEmpty() ? "other" : JavaNames.member(instance));
    MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(BOUND_ENTRY, parameter);
    for (int i = from; i < to; i++) {
      method.addComment("$L", Javadoc.line(launches.get(i).ir() + "   " + launches.get(i).origin()));
      method.addStatement("$N.launch($L)", parameter, i);
    }
    methods.add(method.build());
    calls.addStatement("$N($N)", name, parameter);
  }

  private String unique(String name) {
    String candidate = name;
    for (int n = 2; !names.add(candidate); n++) {
      candidate = name + "_" + n;
    }
    return candidate;
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
