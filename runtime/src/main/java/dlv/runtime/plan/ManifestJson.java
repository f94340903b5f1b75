package dlv.runtime.plan;

import dlv.runtime.data.Element;
import dlv.runtime.json.Json;
import dlv.runtime.json.JsonView;
import java.util.List;
import java.util.Locale;

/** The manifest as JSON, keys in a fixed order. */
final class ManifestJson {
  private ManifestJson() {}

  static String write(Manifest m) {
    return Json.object()
        .put("version", m.version())
        .put("name", m.name())
        .put("flavour", m.flavour())
        .put("dimensions", m.dimensions(), d -> Json.object()
            .put("name", d.name()).put("usual", d.usual()).put("doc", d.doc()).build())
        .put("arenas", m.arenas(), ManifestJson::arena)
        .put("buffers", m.buffers(), b -> Json.object()
            .put("name", b.name()).put("kind", word(b.kind())).put("bytes", b.bytes().text()).build())
        .put("entries", m.entries(), e -> Json.object()
            .put("name", e.name())
            .put("inputs", e.inputs(), ManifestJson::input)
            .put("outputs", e.outputs(), ManifestJson::output)
            .put("launches", e.launches(), ManifestJson::work).build())
        .build().toText();
  }

  private static Json arena(Arena arena) {
    return Json.object()
        .put("name", arena.name())
        .put("role", word(arena.role()))
        .put("element", word(arena.element()))
        .put("length", arena.length())
        .put("tensors", arena.tensors(), t -> Json.object()
            .put("path", t.path())
            .put("shape", t.shape(), Json::of)
            .put("offset", t.offset())
            .put("init", initialiser(t.init()))
            .put("doc", t.doc()).build())
        .build();
  }

  private static Json initialiser(Initialiser init) {
    Json.Builder json = Json.object();
    if (init instanceof Initialiser.Constant constant) {
      json.put("constant", constant.value());
    } else if (init instanceof Initialiser.Uniform uniform) {
      json.put("uniform", List.of(uniform.low(), uniform.high()), Json::of);
    } else if (init instanceof Initialiser.Normal normal) {
      json.put("normal", List.of(normal.mean(), normal.deviation()), Json::of);
    } else if (init instanceof Initialiser.Orthogonal orthogonal) {
      json.put("orthogonal", orthogonal.gain());
    } else if (init instanceof Initialiser.Values values) {
      json.put("values", values.values(), Json::of);
    }
    return json.build();
  }

  private static Json input(Input input) {
    return Json.object().put("name", input.name()).put("element", word(input.element()))
        .put("shape", input.shape(), ManifestJson::formula).put("buffer", input.buffer())
        .put("resident", input.resident()).build();
  }

  private static Json output(Output output) {
    return Json.object().put("name", output.name()).put("element", word(output.element()))
        .put("shape", output.shape(), ManifestJson::formula).put("buffer", output.buffer())
        .put("offset", output.offset().text()).build();
  }

  private static Json work(Work work) {
    return work instanceof Launch launch ? launch(launch) : repeat((Repeat) work);
  }

  private static Json repeat(Repeat repeat) {
    return Json.object()
        .put("times", repeat.times().text())
        .put("launches", repeat.body(), ManifestJson::work)
        .put("ended", repeat.ended().stream().toList(), ended -> Json.object().put("buffer", ended.buffer())
            .put("offset", ended.offset().text()).put("elements", ended.elements().text()).build())
        .put("origin", repeat.origin())
        .put("ir", repeat.ir()).build();
  }

  private static Json launch(Launch launch) {
    return Json.object()
        .put("kernel", launch.kernel())
        .put("program", launch.program())
        .put("arguments", launch.arguments(), ManifestJson::argument)
        .put("global", launch.global(), ManifestJson::formula)
        .put("local", launch.local(), n -> Json.of((long) n))
        .put("origin", launch.origin())
        .put("ir", launch.ir()).build();
  }

  private static Json argument(Argument argument) {
    if (argument instanceof Argument.OfBuffer buffer) {
      return Json.of("buffer " + buffer.name());
    } else if (argument instanceof Argument.OfInt integer) {
      return Json.of("int " + integer.value().text());
    } else if (argument instanceof Argument.OfStep step) {
      return Json.of("step " + step.depth());
    }
    return Json.of("float " + Float.toHexString(((Argument.OfFloat) argument).value()));
  }

  private static Json formula(Formula formula) {
    return Json.of(formula.text());
  }

  static Manifest read(String text) {
    JsonView v = Json.parse(text).view();
    int version = v.at("version").smallInteger();
    if (version != Manifest.VERSION) {
      throw v.fault("version " + version + "; this runtime reads version " + Manifest.VERSION);
    }
    v.only("version", "name", "flavour", "dimensions", "arenas", "buffers", "entries");
    return new Manifest(version, v.at("name").text(), v.at("flavour").text(),
        v.at("dimensions").list(d -> new Dimension(
            d.only("name", "usual", "doc").at("name").text(), d.at("usual").integer(), d.at("doc").text())),
        v.at("arenas").list(ManifestJson::arena),
        v.at("buffers").list(b -> new Buffer(b.only("name", "kind", "bytes").at("name").text(),
            constant(Buffer.Kind.class, b.at("kind")), formula(b.at("bytes")))),
        v.at("entries").list(ManifestJson::entry));
  }

  private static Arena arena(JsonView v) {
    v.only("name", "role", "element", "length", "tensors");
    return new Arena(v.at("name").text(), constant(Arena.Role.class, v.at("role")),
        constant(Element.class, v.at("element")), v.at("length").integer(),
        v.at("tensors").list(t -> new Placed(
            t.only("path", "shape", "offset", "init", "doc").at("path").text(),
            t.at("shape").list(JsonView::integer), t.at("offset").integer(), initialiser(t.at("init")),
            t.at("doc").text())));
  }

  private static Initialiser initialiser(JsonView v) {
    if (v.has("constant")) {
      return new Initialiser.Constant(v.only("constant").at("constant").real());
    } else if (v.has("uniform")) {
      List<Double> ends = pair(v.only("uniform").at("uniform"));
      return new Initialiser.Uniform(ends.get(0), ends.get(1));
    } else if (v.has("normal")) {
      List<Double> moments = pair(v.only("normal").at("normal"));
      return new Initialiser.Normal(moments.get(0), moments.get(1));
    } else if (v.has("orthogonal")) {
      return new Initialiser.Orthogonal(v.only("orthogonal").at("orthogonal").real());
    }
    return new Initialiser.Values(v.only("values").at("values").list(JsonView::real));
  }

  private static List<Double> pair(JsonView v) {
    List<Double> pair = v.list(JsonView::real);
    if (pair.size() != 2) {
      throw v.fault("two numbers should stand here");
    }
    return pair;
  }

  private static Entry entry(JsonView v) {
    v.only("name", "inputs", "outputs", "launches");
    return new Entry(v.at("name").text(),
        v.at("inputs").list(i -> new Input(
            i.only("name", "element", "shape", "buffer", "resident").at("name").text(),
            constant(Element.class, i.at("element")), i.at("shape").list(ManifestJson::formula),
            i.at("buffer").text(), i.at("resident").truth())),
        v.at("outputs").list(o -> new Output(
            o.only("name", "element", "shape", "buffer", "offset").at("name").text(),
            constant(Element.class, o.at("element")), o.at("shape").list(ManifestJson::formula),
            o.at("buffer").text(), formula(o.at("offset")))),
        v.at("launches").list(ManifestJson::work));
  }

  private static Work work(JsonView v) {
    return v.has("times") ? repeat(v) : launch(v);
  }

  private static Repeat repeat(JsonView v) {
    v.only("times", "launches", "ended", "origin", "ir");
    return new Repeat(formula(v.at("times")), v.at("launches").list(ManifestJson::work),
        v.at("ended").list(e -> new Repeat.Ended(e.only("buffer", "offset", "elements").at("buffer").text(),
            formula(e.at("offset")), formula(e.at("elements")))).stream().findFirst(), v.at("origin").text(),
        v.at("ir").text());
  }

  private static Launch launch(JsonView v) {
    v.only("kernel", "program", "arguments", "global", "local", "origin", "ir");
    return new Launch(v.at("kernel").text(), v.at("program").text(), v.at("arguments").list(ManifestJson::argument),
        v.at("global").list(ManifestJson::formula), v.at("local").list(JsonView::smallInteger),
        v.at("origin").text(), v.at("ir").text());
  }

  private static Argument argument(JsonView v) {
    String text = v.text();
    int space = text.indexOf(' ');
    String rest = text.substring(space + 1);
    return switch (text.substring(0, Math.max(space, 0))) {
      case "buffer" -> Argument.buffer(rest);
      case "int" -> Argument.integer(Formula.of(rest));
      case "float" -> real(v, rest);
      case "step" -> Argument.step(depth(v, rest));
      default -> throw v.fault("an argument begins with buffer, int, float or step");
    };
  }

  private static int depth(JsonView v, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw v.fault(text + " is no number of a repetition");
    }
  }

  private static Argument real(JsonView v, String text) {
    try {
      return Argument.real(Float.parseFloat(text));
    } catch (NumberFormatException e) {
      throw v.fault(text + " is no float");
    }
  }

  private static Formula formula(JsonView v) {
    try {
      return Formula.of(v.text());
    } catch (IllegalArgumentException e) {
      throw v.fault(e.getMessage());
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonView v) {
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(v.text())) {
        return constant;
      }
    }
    throw v.fault("unknown " + type.getSimpleName().toLowerCase(Locale.ROOT) + " \"" + v.text() + "\"");
  }
}
