package dlv.runtime.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Some rows of another source, which answers for all that its heirs do not say otherwise. */
abstract class SomeRows implements DataSource {
  final DataSource all;

  SomeRows(DataSource all) {
    this.all = all;
  }

  @Override
  public DataType type() {
    return all.type();
  }

  @Override
  public int rows(Split split) {
    return all.rows(split);
  }

  @Override
  public boolean changesByEpoch(Split split) {
    return all.changesByEpoch(split);
  }

  @Override
  public void fill(Split split, long epoch, int first, int count, Map<String, ByteBuffer> to) {
    all.fill(split, epoch, first, count, to);
  }

  @Override
  public String fingerprint() {
    return all.fingerprint();
  }

  @Override
  public Map<String, String> learned() {
    return all.learned();
  }

  @Override
  public boolean continues() {
    return all.continues();
  }

  @Override
  public List<String> texts(Split split, String name) {
    return all.texts(split, name);
  }

  @Override
  public List<String> warnings() {
    return all.warnings();
  }

  @Override
  public void close() {
    all.close();
  }
}
