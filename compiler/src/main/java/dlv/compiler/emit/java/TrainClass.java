package dlv.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dlv.compiler.check.DataBinding;
import dlv.compiler.check.TrainProgram;
import dlv.runtime.plan.Manifest;
import dlv.runtime.train.Shown;
import dlv.runtime.train.Training;
import dlv.runtime.weights.Loan;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.lang.model.element.Modifier;

/** The class of one train block: opened with data, stepped, evaluated, saved. */
public final class TrainClass {
  private static final ClassName DEVICE = ClassName.get("dlv.runtime", "Device");
  private static final ClassName UNIT = ClassName.get("dlv.runtime", "CompiledUnit");
  private static final ClassName SESSION = ClassName.get("dlv.runtime.train", "Session");
  private static final ClassName TRAINER = ClassName.get("dlv.runtime.train", "Trainer");
  private static final ClassName TRAINING = ClassName.get(Training.class);
  private static final ClassName SOURCE = ClassName.get("dlv.runtime.data", "DataSource");
  private static final ClassName PATH = ClassName.get("java.nio.file", "Path");
  private static final ClassName BOUND_ENTRY = ClassName.get("dlv.runtime", "BoundEntry");
  private static final TypeName DATA =
      ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class), PATH);

  private final TrainProgram train;
  private final List<Training> trainings;
  private final Manifest manifest;
  private final ClassName self;

  private TrainClass(TrainProgram train, List<Training> trainings, Manifest manifest,
      String packageName) {
    this.train = train;
    this.trainings = List.copyOf(trainings);
    this.manifest = manifest;
    this.self = ClassName.get(packageName, JavaNames.type(train.name()));
  }

  /** The source file, for a package that {@link JavaNames#isPackage} takes. */
  public static JavaFile of(TrainProgram train, List<Training> trainings, Manifest manifest,
      String packageName) {
    return JavaFile.builder(packageName, new TrainClass(train, trainings, manifest, packageName).type())
        .addFileComment("Written by dlvc from the train block $L. Changes are lost.", Javadoc.line(train.name()))
        .skipJavaLangImports(true).indent("  ").build();
  }

  private TypeSpec type() {
    var taken = new HashSet<>(JavaNames.OF_OBJECTS);
    taken.addAll(List.of("open", "step", "evaluate", "figures", "save", "trainer", "close", "iterate"));
    TypeSpec.Builder type = TypeSpec.classBuilder(self).addModifiers(Modifier.PUBLIC, Modifier.FINAL)
        .addSuperinterface(AutoCloseable.class)
        .addJavadoc("$L", (train.doc().isBlank() ? "Trains as the block " + Javadoc.of(train.name()) + " says."
            : Javadoc.paragraphs(train.doc())) + "\n")
        .addField(course())
        .addField(FieldSpec.builder(SESSION, "session", Modifier.PRIVATE, Modifier.FINAL).build())
        .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).addParameter(SESSION, "session")
            .addStatement("this.session = session").build())
        .addMethod(open()).addMethod(step()).addMethod(figures()).addMethod(evaluate()).addMethod(save())
        .addMethod(trainer()).addMethod(close());
    return isStaged() ? type.build() : withLaunches(type, taken);
  }

  private boolean isStaged() {
    return trainings.size() > 1;
  }

  private TypeSpec withLaunches(TypeSpec.Builder type, Set<String> taken) {
    Stages stages = new Stages(manifest.entry(trainings.get(0).entry("iterate")), "iterate", taken);
    type.addMethod(MethodSpec.methodBuilder("iterate").addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(BOUND_ENTRY, "iterate").addCode(stages.calls()).build());
    stages.methods().forEach(type::addMethod);
    return type.build();
  }

  private FieldSpec course() {
    if (!isStaged()) {
      return FieldSpec.builder(TRAINING, "TRAINING", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
          .addJavadoc("How the block trains.\n").initializer(training(trainings.get(0))).build();
    }
    TypeName list = ParameterizedTypeName.get(ClassName.get(List.class), TRAINING);
    return FieldSpec.builder(list, "STAGES", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("How the block trains, stage by stage.\n").initializer("$T.of($L)", List.class,
            trainings.stream().map(this::training).collect(CodeBlock.joining(",$W"))).build();
  }

  private CodeBlock training(Training training) {
    CodeBlock epochs = optional(OptionalLong.class, training.epochs().isPresent(),
        () -> training.epochs().getAsLong() + "L");
    CodeBlock steps = optional(OptionalLong.class, training.steps().isPresent(),
        () -> training.steps().getAsLong() + "L");
    CodeBlock patience = optional(OptionalInt.class, training.patience().isPresent(),
        () -> Integer.toString(training.patience().getAsInt()));
    CodeBlock more = training.shown().isEmpty() && training.rooms().isEmpty() ? CodeBlock.of("")
        : CodeBlock.of(",$W$L,$W$L", shown(training), Literals.of(training.rooms()));
    return CodeBlock.of("new $T($L,$W$L,$W$L,$W$L,$W$L,$W$L,$W$LL,$W$L,$W$L,$W$L,$W$L$L)", TRAINING,
        Literals.text(training.name()), Literals.text(training.stage()), training.batch(), training.turns(), epochs,
        steps, training.seed(), Literals.texts(training.figures()),
        Literals.texts(training.losses()), patience, Literals.texts(training.data()), more);
  }

  private static CodeBlock shown(Training training) {
    Map<String, CodeBlock> pairs = new TreeMap<>();
    training.shown().forEach((figure, shown) -> pairs.put(figure, CodeBlock.of("$T.$L", Shown.class, shown)));
    return Literals.map(pairs);
  }

  private static CodeBlock optional(Class<?> type, boolean present, Supplier<String> value) {
    return present ? CodeBlock.of("$T.of($L)", type, value.get()) : CodeBlock.of("$T.empty()", type);
  }

  private MethodSpec open() {
    MethodSpec.Builder method = MethodSpec.methodBuilder("open").addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(self).addParameter(DEVICE, "device").addParameter(DATA, "data")
        .addJavadoc("Opens the block before its first step.\n\n"
            + "@param data other data of the same type, by data line; empty for what the block names\n"
            + (train.loans().isEmpty() ? "" : "@param weights where models begin that another block has trained, by"
            + " their name here: " + Javadoc.of(String.join(", ", loans().keySet())) + "\n"))
        .addStatement("$T<String, $T> sources = new $T<>()", Map.class, SOURCE, LinkedHashMap.class);
    for (DataBinding line : train.data()) {
      var arguments = new LinkedHashMap<String, CodeBlock>();
      line.arguments().forEach((name, value) -> arguments.put(name, Literals.of(value)));
      CodeBlock name = Literals.text(line.name());
      method.addStatement("sources.put($L,$W$T.source($L,$W$L,$W$T.of(\"\"),$W$T.ofNullable(data.get($L))))", name,
          SESSION, Literals.text(line.source()), Literals.map(arguments), PATH, Optional.class, name);
    }
    method.addStatement("$T unit = $T.of($T.class, $S, device)", UNIT, UNIT, self, self.simpleName());
    CodeBlock course = isStaged() ? CodeBlock.of("STAGES") : CodeBlock.of("$T.of(TRAINING)", List.class);
    CodeBlock loans = loans().entrySet().stream().map(loan -> CodeBlock.of("new $T($L, $L, weights.get($L))",
        Loan.class, Literals.text(loan.getKey()), Literals.text(loan.getValue()), Literals.text(loan.getKey())))
        .collect(CodeBlock.joining(",$W"));
    if (!train.loans().isEmpty()) {
      method.addParameter(DATA, "weights");
    } else if (!isStaged()) {
      return method.addStatement("return new $T($T.open(device, unit, TRAINING, sources))", self, SESSION).build();
    }
    return method.addStatement("return new $T($T.open(device, unit, $L, sources,$W$T.of($L)))", self, SESSION, course,
        List.class, loans).build();
  }

  /** What models on loan are called in their own block, by what they are called here. */
  private Map<String, String> loans() {
    var names = new LinkedHashMap<String, String>();
    train.loans().forEach(loan -> names.put(loan.name(), loan.model()));
    return names;
  }

  private static MethodSpec.Builder method(String name, String doc) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).addJavadoc(doc);
  }

  private MethodSpec step() {
    if (isStaged()) {
      return method("step", "Makes one step on the next batch, of the next stage where one has ended; does not wait for"
          + " the device.\n").addStatement("session.step()").build();
    }
    return method("step", "Makes one step on the next batch; does not wait for the device.\n")
        .addStatement("session.trainer().iterate($T::iterate)", self).build();
  }

  private MethodSpec figures() {
    return method("figures", "Every figure over the steps since they were last read.\n")
        .returns(ParameterizedTypeName.get(Map.class, String.class, Double.class))
        .addStatement("return session.trainer().figures()").build();
  }

  private MethodSpec evaluate() {
    return method("evaluate", "Every figure over the rows held back.\n")
        .returns(ParameterizedTypeName.get(Map.class, String.class, Double.class))
        .addStatement("return session.trainer().evaluate()").build();
  }

  private MethodSpec save() {
    return method("save", "Writes the weights as a safetensors file, for the classes of the networks.\n")
        .addParameter(PATH, "file").addStatement("session.save(file)").build();
  }

  private MethodSpec trainer() {
    return method("trainer", "The trainer, for more than one step at a time.\n").returns(TRAINER)
        .addStatement("return session.trainer()").build();
  }

  private MethodSpec close() {
    return MethodSpec.methodBuilder("close").addModifiers(Modifier.PUBLIC).addAnnotation(Override.class)
        .addStatement("session.close()").build();
  }
}
