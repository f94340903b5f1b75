package dlv.bench;

import java.util.List;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Recurrent layers of the peer over sequences {@code [steps, batch, inputs]}: its own, and loops as its users write them,
 * with the gates side by side and the products of the inputs made for all steps at once. Weights are
 * {@code [gates · units, inputs]}, {@code [gates · units, units]} and two biases.
 */
final class RecurrentPeer {
  /** Which layer. */
  enum Layer { LSTM, GRU, UNGATED, MINIMAL_GATED }

  private static final Scalar ONE = new Scalar(1f);

  private final Layer layer;
  private final int gates;
  private final int units;
  private final Module module;
  /** The module's weights; they live as long as this does. */
  private final TensorVector parameters;
  private final List<Tensor> weights;

  RecurrentPeer(Layer layer, int gates, int inputs, int units, List<float[]> values) {
    this.layer = layer;
    this.gates = gates;
    this.units = units;
    this.module = layer == Layer.LSTM ? new LSTMImpl(inputs, units)
        : layer == Layer.GRU ? new GRUImpl(inputs, units) : null;
    this.parameters = module == null ? null : module.parameters();
    long[][] shapes = {{gates * units, inputs}, {gates * units, units}, {gates * units}, {gates * units}};
    this.weights = List.of(tensor(values, shapes, 0), tensor(values, shapes, 1), tensor(values, shapes, 2),
        tensor(values, shapes, 3));
  }

  /** A weight: the module's own where there is one. */
  private Tensor tensor(List<float[]> values, long[][] shapes, int i) {
    Tensor plain = Peer.tensor(values.get(i), shapes[i]);
    if (module == null) {
      return plain.set_requires_grad(true);
    }
    try (NoGradGuard guard = new NoGradGuard()) {
      parameters.get(i).set_data(plain);
    }
    return parameters.get(i);
  }

  /** Weights of the inputs, of the state, and the two biases. */
  List<Tensor> weights() {
    return weights;
  }

  /** Plain gradient descent. */
  SGD sgd(double rate) {
    return new SGD(new TensorVector(weights.toArray(new Tensor[0])), new SGDOptions(rate));
  }

  /** One step; the mean square of what the answers lack to ones. */
  Tensor lossAndStep(SGD optimizer, Tensor x) {
    optimizer.zero_grad();
    Tensor lacking = answers(x).sub(ONE, ONE);
    Tensor loss = lacking.mul(lacking).mean();
    loss.backward();
    optimizer.step();
    return loss;
  }

  private Tensor answers(Tensor x) {
    return switch (layer) {
      case LSTM -> ((LSTMImpl) module).forward(x).get0();
      case GRU -> ((GRUImpl) module).forward(x).get0();
      case UNGATED -> ungated(x);
      case MINIMAL_GATED -> minimalGated(x);
    };
  }

  private Tensor part(Tensor all, int gate) {
    return all.narrow(-1, (long) gate * units, units);
  }

  private Tensor inputs(Tensor x) {
    return torch.linear(x, weights.get(0), torch.add(weights.get(2), weights.get(3)));
  }

  private Tensor ungated(Tensor x) {
    Tensor inputs = inputs(x);
    Tensor turned = weights.get(1).t();
    Tensor h = torch.zeros(x.size(1), units);
    Tensor memory = torch.zeros(x.size(1), units);
    var answers = new Tensor[(int) x.size(0)];
    for (int t = 0; t < answers.length; t++) {
      Tensor sums = torch.addmm(inputs.select(0, t), h, turned);
      Tensor both = torch.sigmoid(sums.narrow(-1, 0, 2L * units));
      memory = part(both, 0).mul(memory).add(part(both, 1).mul(torch.tanh(part(sums, 2))));
      h = torch.tanh(memory);
      answers[t] = h;
    }
    return torch.stack(new TensorVector(answers));
  }

  private Tensor minimalGated(Tensor x) {
    Tensor inputs = inputs(x);
    Tensor first = weights.get(1).narrow(0, 0, units).t();
    Tensor second = weights.get(1).narrow(0, units, units).t();
    Tensor h = torch.zeros(x.size(1), units);
    var answers = new Tensor[(int) x.size(0)];
    for (int t = 0; t < answers.length; t++) {
      Tensor now = inputs.select(0, t);
      Tensor f = torch.sigmoid(torch.addmm(part(now, 0), h, first));
      Tensor g = torch.tanh(torch.addmm(part(now, 1), f.mul(h), second));
      h = h.add(f.mul(g.sub(h)));
      answers[t] = h;
    }
    return torch.stack(new TensorVector(answers));
  }
}
