package dlv.compiler.emit.java;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dlv.compiler.check.GenerateProgram;
import dlv.compiler.check.Loan;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import dlv.runtime.plan.Manifest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * The class of one network or generate block: {@code load}, a typed input, {@code run}, a typed output, and a method for each instance
 * inside.
 */
public final class NetworkClass {
  private static final ClassName DEVICE = ClassName.get("dlv.runtime", "Device");
  private static final ClassName MODEL = ClassName.get("dlv.runtime", "Model");
  private static final ClassName TEXT_MODEL = ClassName.get("dlv.runtime", "TextModel");
  private static final ClassName UNIT = ClassName.get("dlv.runtime", "CompiledUnit");
  private static final ClassName VALUES = ClassName.get("dlv.runtime", "Values");
  private static final ClassName BOUND_ENTRY = ClassName.get("dlv.runtime", "BoundEntry");
  private static final ClassName LOAN = ClassName.get("dlv.runtime.weights", "Loan");
  private static final ClassName PATH = ClassName.get("java.nio.file", "Path");
  private static final ClassName MAP = ClassName.get("java.util", "Map");
  private static final TypeName FLOATS = ArrayTypeName.of(TypeName.FLOAT);
  private static final int USUAL_BATCH = 128;

  private final NetworkProgram network;
  private final Manifest manifest;
  private final ClassName self;
  private final Optional<List<Loan>> loans;
  private final List<String> inputs;
  private final List<String> results;

  private NetworkClass(NetworkProgram network, Optional<List<Loan>> loans, Manifest manifest, String packageName) {
    this.network = network;
    this.loans = loans;
    this.manifest = manifest;
    this.self = ClassName.get(packageName, JavaNames.type(network.name()));
    this.inputs = members(network.inputs());
    this.results = members(network.results());
  }

  /** The source file, for a package that {@link JavaNames#isPackage} takes. */
  public static JavaFile of(NetworkProgram network, Manifest manifest, String packageName) {
    return new NetworkClass(network, Optional.empty(), manifest, packageName).file("network", packageName);
  }

  /** The source file of a generate block, which has weights of other blocks, and answers from a seed. */
  public static JavaFile of(GenerateProgram generate, Manifest manifest, String packageName) {
    return new NetworkClass(generate.network(), Optional.of(generate.loans()), manifest, packageName)
        .file("generate block", packageName);
  }

  private JavaFile file(String kind, String packageName) {
    return JavaFile.builder(packageName, type())
        .addFileComment("Written by dlvc from the $L $L. Changes are lost.", kind, Javadoc.line(network.name()))
        .skipJavaLangImports(true).indent("  ").build();
  }

  private static List<String> members(List<Port> ports) {
    return new Names(JavaNames.OF_OBJECTS).unique(ports.stream().map(p -> JavaNames.member(p.name())).toList());
  }

  private TypeSpec type() {
    var taken = new HashSet<>(JavaNames.OF_OBJECTS);
    taken.addAll(List.of("load", "input", "run", "generate", "close", "launch"));
    Stages stages = new Stages(manifest.entry("run"), "run", taken);
    TypeSpec.Builder type = TypeSpec.classBuilder(self).addModifiers(Modifier.PUBLIC, Modifier.FINAL)
        .addSuperinterface(AutoCloseable.class).addJavadoc("$L", summary());
    var constants = new Names(Set.of());
    network.inputs().forEach(port -> sizes(type, port, constants));
    network.results().forEach(port -> sizes(type, port, constants));
    type.addField(FieldSpec.builder(MODEL, "model", Modifier.PRIVATE, Modifier.FINAL).build());
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE)
        .addParameter(MODEL, "model").addStatement("this.model = model");
    if (isOfTexts()) {
      type.addField(FieldSpec.builder(TEXT_MODEL, "texts", Modifier.PRIVATE, Modifier.FINAL).build());
      constructor.addParameter(TEXT_MODEL, "texts").addStatement("this.texts = texts");
      type.addMethod(write(taken));
    }
    type.addMethod(constructor.build());
    type.addMethod(loadUsual()).addMethod(load());
    if (!inputs.isEmpty()) {
      type.addMethod(input()).addType(inputType());
    }
    type.addMethod(loans.isPresent() ? generate() : run()).addMethod(close());
    type.addMethod(MethodSpec.methodBuilder("launch").addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(BOUND_ENTRY, "run").addCode(stages.calls()).build());
    stages.methods().forEach(type::addMethod);
    return type.addType(outputType()).build();
  }

  private String summary() {
    var text = new StringBuilder();
    text.append(network.doc().isBlank() ? Javadoc.of(network.name()) + "." : Javadoc.paragraphs(network.doc()));
    text.append("\n\n<p>");
    network.inputs().forEach(p -> text.append("Input ").append(code(p)).append(".\n"));
    network.results().forEach(p -> text.append("Result ").append(code(p)).append(".\n"));
    text.append(parameters()).append(" parameters.\n");
    text.append("Safe for many threads; close it to give the device's memory back.\n");
    return text.toString();
  }

  private String parameters() {
    Dim parameters = network.parameters();
    return parameters.isConstant() ? String.format(Locale.ROOT, "%,d", parameters.value())
        : Javadoc.of(parameters.text());
  }

  private static String code(Port port) {
    return Javadoc.code(port.name() + ": " + port.type().text());
  }

  /** Each port's dimensions as a constant: {@code IMAGE = {1, 28, 28}} would be mutable, so one number an axis. */
  private static void sizes(TypeSpec.Builder type, Port port, Names constants) {
    Shape shape = port.type().shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis).isConstant()) {
        String name = constants.unique(JavaNames.constant(port.name()) + "_" + axis);
        type.addField(FieldSpec.builder(TypeName.INT, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .initializer("$L", shape.dim(axis).value())
            .addJavadoc("Size of axis $L of $L.\n", axis, code(port)).build());
      }
    }
  }

  /** What is loaded: the weights of the network, or a file for each block whose models are on loan. */
  private Map<String, String> files() {
    var files = new LinkedHashMap<String, String>();
    var names = new Names(Set.of("device", "largestBatch", "unit"));
    loans.ifPresentOrElse(all -> all.forEach(loan -> files.computeIfAbsent(loan.block(),
        block -> names.unique(JavaNames.member(small(block))))), () -> files.put("", "weights"));
    return files;
  }

  private static String small(String name) {
    return name.substring(0, name.offsetByCodePoints(0, 1)).toLowerCase(Locale.ROOT)
        + name.substring(name.offsetByCodePoints(0, 1));
  }

  private MethodSpec.Builder loading() {
    var method = MethodSpec.methodBuilder("load").addModifiers(Modifier.PUBLIC, Modifier.STATIC).returns(self)
        .addParameter(DEVICE, "device");
    files().values().forEach(file -> method.addParameter(PATH, file));
    return method;
  }

  private String loaded() {
    String from = loans.isEmpty() ? "from a safetensors file" : "of " + Javadoc.of(String.join(" and ", files().keySet()));
    return "Opens the network" + (files().isEmpty() ? "" : " with weights " + from);
  }

  private MethodSpec loadUsual() {
    CodeBlock all = files().values().stream().map(file -> CodeBlock.of("$N, ", file)).collect(CodeBlock.joining(""));
    return loading().addJavadoc("$L, for at most $L rows a call.\n", loaded(), USUAL_BATCH)
        .addStatement("return load(device, $L$L)", all, USUAL_BATCH).build();
  }

  private MethodSpec load() {
    MethodSpec.Builder method = loading().addParameter(TypeName.INT, "largestBatch").addJavadoc("$L.\n\n@param "
        + "largestBatch the most rows $L; memory is planned for it\n", loaded(),
        loans.isEmpty() ? "a call may have" : "at a time")
        .addStatement("$T unit = $T.of($T.class, $S, device)", UNIT, UNIT, self, self.simpleName());
    CodeBlock weights = loans.map(this::lent).orElse(CodeBlock.of("weights"));
    if (!isOfTexts()) {
      return method.addStatement("return new $T($T.open(device, unit, $L, largestBatch))", self, MODEL, weights).build();
    }
    return method.addStatement("$T model = $T.open(device, unit, $L, largestBatch)", MODEL, MODEL, weights)
        .addStatement("return new $T(model, $T.of(model, $N, $L, $L))", self, TEXT_MODEL,
            files().values().iterator().next(), Literals.text(network.inputs().get(0).name()),
            Literals.text(network.results().get(0).name())).build();
  }

  /** Whether it is a generate block with models that reads one text and writes one. */
  private boolean isOfTexts() {
    return loans.isPresent() && !loans.get().isEmpty() && network.inputs().size() == 2
        && network.inputs().get(0).type().isText()
        && network.inputs().get(1).name().equals(Port.lengthOf(network.inputs().get(0).name()))
        && network.results().size() == 1 && network.results().get(0).type().isText();
  }

  /** The block as a method from a text to a text, of the block's name. */
  private MethodSpec write(Set<String> taken) {
    String name = new Names(taken).unique(JavaNames.member(small(network.name())));
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).returns(String.class)
        .addParameter(String.class, "text")
        .addJavadoc("Answers for a text with a text, by the vocabularies that lie with the weights; chance has the seed"
            + " 1.\n\n@throws IllegalArgumentException where the text is empty, too long, or has an unknown symbol\n")
        .addStatement("return texts.write(text, 1, $T::launch)", self).build();
  }

  private CodeBlock lent(List<Loan> all) {
    CodeBlock each = all.stream().map(loan -> CodeBlock.of("new $T($L, $L, $N)", LOAN, Literals.text(loan.name()),
        Literals.text(loan.model()), files().get(loan.block()))).collect(CodeBlock.joining(",$W"));
    return CodeBlock.of("$T.read($T.of($L), unit.manifest())", LOAN, List.class, each);
  }

  private MethodSpec input() {
    return MethodSpec.methodBuilder("input").addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(self.nestedClass("Input")).addJavadoc("An input to fill.\n")
        .addStatement("return new Input()").build();
  }

  private CodeBlock given() {
    var values = new LinkedHashMap<String, CodeBlock>();
    for (int i = 0; i < inputs.size(); i++) {
      values.put(network.inputs().get(i).name(), CodeBlock.of("in.$N", inputs.get(i)));
    }
    return Literals.map(values);
  }

  private MethodSpec run() {
    return MethodSpec.methodBuilder("run").addModifiers(Modifier.PUBLIC).returns(self.nestedClass("Output"))
        .addParameter(self.nestedClass("Input"), "in")
        .addJavadoc("Answers for every row of the input.\n\n@throws IllegalArgumentException where a value is missing, "
            + "or rows are not whole or too many\n")
        .addStatement("return new Output(model.run($L, $T::launch))", given(), self).build();
  }

  private MethodSpec generate() {
    MethodSpec.Builder method = MethodSpec.methodBuilder("generate").addModifiers(Modifier.PUBLIC)
        .returns(self.nestedClass("Output"));
    if (!inputs.isEmpty()) {
      method.addParameter(self.nestedClass("Input"), "in");
    }
    return method.addParameter(TypeName.INT, "count").addParameter(TypeName.INT, "seed")
        .addJavadoc("Makes examples$L. The same seed gives the same bits.\n",
            inputs.isEmpty() ? "" : ", from one row of the input or from as many")
        .addStatement("return new Output(model.generate($L, count, seed, $T::launch))", given(), self).build();
  }

  private MethodSpec close() {
    return MethodSpec.methodBuilder("close").addModifiers(Modifier.PUBLIC).addAnnotation(Override.class)
        .addStatement("model.close()").build();
  }

  private TypeSpec inputType() {
    TypeSpec.Builder type = TypeSpec.classBuilder("Input")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("Rows to answer for: values row-major, one row after another.\n")
        .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    for (int i = 0; i < inputs.size(); i++) {
      String name = inputs.get(i);
      type.addField(FieldSpec.builder(FLOATS, name, Modifier.PRIVATE).initializer("{}").build());
      type.addMethod(MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).returns(self.nestedClass("Input"))
          .addParameter(ArrayTypeName.of(TypeName.FLOAT), "values").varargs()
          .addJavadoc("Sets $L for one row or several.\n", code(network.inputs().get(i)))
          .addStatement("this.$N = values.clone()", name).addStatement("return this").build());
    }
    return type.build();
  }

  private TypeSpec outputType() {
    TypeName answers = ParameterizedTypeName.get(MAP, ClassName.get(String.class), VALUES);
    TypeSpec.Builder type = TypeSpec.classBuilder("Output")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL).addJavadoc("The answers, row by row.\n")
        .addField(FieldSpec.builder(answers, "answers", Modifier.PRIVATE, Modifier.FINAL).build())
        .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).addParameter(answers, "answers")
            .addStatement("this.answers = answers").build());
    for (int i = 0; i < results.size(); i++) {
      Port port = network.results().get(i);
      type.addMethod(MethodSpec.methodBuilder(results.get(i)).addModifiers(Modifier.PUBLIC)
          .returns(VALUES).addJavadoc("$L for every row.\n", code(port))
          .addStatement("return answers.get($L)", Literals.text(port.name())).build());
    }
    return type.build();
  }
}
