package dlv.bench;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A generative model as the peer's users write it. */
interface GenerativePeer {
  /**
   * What a step sees.
   *
   * @param images {@code [rows, 1, 28, 28]} between 0 and 1
   * @param classes {@code [rows, 10]}, 1 at the class; all 0 where it is not told
   * @param noise normal, in the model's shape
   * @param times of a chain, whole numbers {@code long[rows]}
   */
  record Batch(Tensor images, Tensor classes, Tensor noise, Tensor times) {
    /** The same pictures with noise that is drawn. */
    Batch drawn() {
      return new Batch(images, classes, torch.randn_like(noise), times);
    }

    /** The same with times drawn below {@code steps}, too, and one class in ten left out. */
    Batch drawn(int steps) {
      long rows = images.size(0);
      Tensor told = torch.rand(rows, 1).ge(new Scalar(0.1f)).to(torch.ScalarType.Float);
      Tensor times = torch.rand(rows).mul(new Scalar((float) steps)).to(torch.ScalarType.Long);
      return new Batch(images, classes.mul(told), torch.randn_like(noise), times);
    }
  }

  /** Gives it these weights, which are dlv's. */
  void take(Weights weights);

  /** One step; the losses before it. */
  List<Tensor> step(Batch batch);

  /** The same step with all that is drawn by chance drawn anew. */
  List<Tensor> stepOfChance(Batch batch);

  /** Its weights as dlv would have them. */
  Weights weights(Weights like);
}
