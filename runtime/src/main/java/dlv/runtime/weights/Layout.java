package dlv.runtime.weights;

import dlv.runtime.data.DataException;
import dlv.runtime.data.Limits;
import dlv.runtime.json.Json;
import dlv.runtime.json.JsonException;
import dlv.runtime.json.JsonView;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the header of a safetensors file says: metadata, and where each tensor lies in the bytes behind it. The tensors
 * are in the order of their bytes and cover them without hole or overlap.
 */
record Layout(Map<String, String> metadata, List<Place> places) {
  private static final long LARGEST_NUMBER = 1L << 53;
  private static final String METADATA = "__metadata__";

  /** Where a tensor lies: from {@code begin} up to {@code end}, counted from the end of the header. */
  record Place(String name, Dtype dtype, List<Long> shape, long begin, long end) {
    @Override
    public String toString() {
      return Tensor.describe(name, dtype, shape);
    }
  }

  /** Reads a header of a file that has {@code dataBytes} behind it. */
  static Layout parse(Path file, byte[] header, long dataBytes) {
    if (header[0] != '{') {
      throw fault(file, "the header does not begin with {");
    }
    JsonView root;
    try {
      root = Json.parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString()).view();
      return read(file, root, dataBytes);
    } catch (CharacterCodingException e) {
      throw fault(file, "the header is not UTF-8");
    } catch (JsonException e) {
      throw fault(file, "the header is not what safetensors says: " + shortened(e.getMessage()));
    }
  }

  private static Layout read(Path file, JsonView root, long dataBytes) {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Place> places = new ArrayList<>();
    int tensors = root.keys().size() - (root.has(METADATA) ? 1 : 0);
    if (tensors > Limits.TENSORS) {
      throw fault(file, tensors + " tensors are more than " + Limits.TENSORS);
    }
    for (String key : root.keys()) {
      if (key.equals(METADATA)) {
        JsonView view = root.at(key);
        view.keys().forEach(k -> metadata.put(k, view.at(k).text()));
      } else {
        places.add(place(file, key, root.at(key)));
      }
    }
    places.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
    long at = 0;
    for (Place p : places) {
      if (p.begin() != at) {
        throw fault(file, "tensor " + shortened(p.name()) + " begins at " + p.begin() + ", but the one before ends at "
            + at);
      }
      at = p.end();
    }
    if (at != dataBytes) {
      throw fault(file, "the tensors cover " + at + " bytes, and " + dataBytes + " follow the header");
    }
    return new Layout(Map.copyOf(metadata), List.copyOf(places));
  }

  private static Place place(Path file, String name, JsonView view) {
    if (name.getBytes(StandardCharsets.UTF_8).length > Limits.TENSOR_NAME) {
      throw fault(file, "the tensor name " + shortened(name) + " is longer than " + Limits.TENSOR_NAME + " bytes");
    }
    view.only("dtype", "shape", "data_offsets");
    Dtype dtype;
    try {
      dtype = Dtype.valueOf(view.at("dtype").text());
    } catch (IllegalArgumentException e) {
      throw e instanceof JsonException json ? json : view.fault("unknown dtype");
    }
    List<Long> shape = view.at("shape").list(Layout::natural);
    List<Long> offsets = view.at("data_offsets").list(Layout::natural);
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw view.fault("data_offsets are begin and end");
    }
    long bytes;
    try {
      bytes = Tensor.byteCount(dtype, shape);
    } catch (ArithmeticException e) {
      throw view.fault("the shape " + shape + " is too large");
    }
    if (offsets.get(1) - offsets.get(0) != bytes) {
      throw fault(file, "tensor " + shortened(name) + ": " + dtype + shape + " takes " + bytes
          + " bytes, and its offsets hold " + (offsets.get(1) - offsets.get(0)));
    }
    return new Place(name, dtype, shape, offsets.get(0), offsets.get(1));
  }

  private static long natural(JsonView view) {
    long n = view.integer();
    if (n < 0 || n > LARGEST_NUMBER) {
      throw view.fault(n + " is not from 0 to 2^53");
    }
    return n;
  }

  private static String shortened(String text) {
    return text.length() <= 160 ? text : text.substring(0, 160) + "…";
  }

  private static DataException fault(Path file, String problem) {
    return DataException.atByte(file, WeightsFile.LENGTH_BYTES, problem,
        "the file is damaged or not safetensors: take another copy, or write it again");
  }

  /** The place for tensors put one after the other, larger elements first so that all are aligned. */
  static Layout of(Map<String, String> metadata, List<Tensor> tensors) {
    List<Place> places = new ArrayList<>();
    long at = 0;
    for (Tensor t : inOrder(tensors)) {
      long end = at + t.byteCount();
      places.add(new Place(t.name(), t.dtype(), t.shape(), at, end));
      at = end;
    }
    return new Layout(metadata, places);
  }

  static List<Tensor> inOrder(List<Tensor> tensors) {
    return tensors.stream().sorted(Comparator.comparingInt(t -> -t.dtype().bytes())).toList();
  }

  /** The header, keys of metadata sorted, padded with spaces so that the bytes behind it are aligned to eight. */
  byte[] header() {
    Json.Builder meta = Json.object();
    new TreeMap<>(metadata).forEach(meta::put);
    Json.Builder root = Json.object().put(METADATA, meta.build());
    for (Place p : places) {
      root.put(p.name(), Json.object().put("dtype", p.dtype().toString()).put("shape", p.shape(), Json::of)
          .put("data_offsets", List.of(p.begin(), p.end()), Json::of).build());
    }
    String text = root.build().toLine();
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    int padded = (plain.length + 7) / 8 * 8;
    return (text + " ".repeat(padded - plain.length)).getBytes(StandardCharsets.UTF_8);
  }
}
