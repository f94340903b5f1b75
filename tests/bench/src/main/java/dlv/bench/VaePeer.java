package dlv.bench;

import java.util.List;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The fully connected autoencoder that draws its codes, trained by Adam. */
final class VaePeer implements GenerativePeer {
  private static final int PIXELS = 784;
  private static final int HIDDEN = 500;
  private static final int CODE = 20;
  private static final Scalar ONE = new Scalar(1f);
  private static final Scalar HALF = new Scalar(0.5f);
  private static final long SUM = 2;

  private final PeerLayers layers = new PeerLayers();
  private final LinearImpl seen = layers.dense(PIXELS, HIDDEN, true);
  private final LinearImpl mean = layers.dense(HIDDEN, CODE, true);
  private final LinearImpl spread = layers.dense(HIDDEN, CODE, true);
  private final LinearImpl meant = layers.dense(CODE, HIDDEN, true);
  private final LinearImpl pixels = layers.dense(HIDDEN, PIXELS, true);
  private final Adam optimizer = layers.adam(1e-3, 0.9);

  @Override
  public void take(Weights weights) {
    layers.take(weights.list());
  }

  @Override
  public List<Tensor> step(Batch batch) {
    optimizer.zero_grad();
    Tensor x = batch.images().view(-1, PIXELS);
    Tensor h = torch.relu(seen.forward(x));
    Tensor mu = mean.forward(h);
    Tensor logvar = spread.forward(h);
    Tensor z = mu.add(logvar.mul(HALF).exp().mul(batch.noise()));
    Tensor logits = pixels.forward(torch.relu(meant.forward(z)));
    Tensor nll = torch.binary_cross_entropy_with_logits(logits, x, new TensorOptional(), new TensorOptional(), SUM);
    Tensor kl = logvar.exp().add(mu.mul(mu)).sub(ONE).sub(logvar).sum().mul(HALF);
    Tensor loss = nll.add(kl).div(new Scalar((float) x.size(0)));
    loss.backward();
    optimizer.step();
    return List.of(loss);
  }

  @Override
  public List<Tensor> stepOfChance(Batch batch) {
    return step(batch.drawn());
  }

  @Override
  public Weights weights(Weights like) {
    return new Weights(layers.weights(like.list()));
  }
}
