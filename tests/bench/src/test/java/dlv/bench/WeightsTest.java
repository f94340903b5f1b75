package dlv.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsTest {
  private final Weights weights = Weights.lenet(7);

  private Weights withOneChanged(float by) {
    List<Weights.Weight> list = new ArrayList<>(weights.list());
    float[] values = list.get(4).values().clone();
    values[123] += by;
    list.set(4, list.get(4).with(values));
    return new Weights(list);
  }

  @Test
  void thereAreAsManyAsLeNetHas() {
    assertEquals(61_706, weights.list().stream().mapToInt(w -> w.values().length).sum());
    weights.list().forEach(w -> {
      long product = 1;
      for (long n : w.shape()) {
        product *= n;
      }
      assertEquals(w.values().length, product, w.path());
    });
  }

  @Test
  void distancesSeeOneWeight() {
    assertEquals(0, weights.largestDifference(Weights.lenet(7)));
    assertEquals(0, weights.relativeDistance(Weights.lenet(7)));
    assertEquals(0.25, weights.largestDifference(withOneChanged(0.25f)), 1e-6);
    assertTrue(weights.relativeDistance(withOneChanged(0.25f)) > 1e-3);
    assertTrue(Double.isNaN(weights.largestDifference(withOneChanged(Float.NaN))), "NaN is never near");
  }

  @Test
  void theWayThroughThePeerKeepsEveryBit() {
    Weights back = new LenetPeer(weights).weights(weights);
    for (int i = 0; i < weights.list().size(); i++) {
      assertArrayEquals(weights.list().get(i).values(), back.list().get(i).values(), weights.list().get(i).path());
    }
  }

  @Test
  void aStepOfThePeerChangesItsWeights() {
    LenetPeer peer = new LenetPeer(weights);
    Digits digits = Digits.random(16, 1);
    peer.step(peer.sgd(0.1), digits.images(), digits.classes());
    assertNotEquals(0, weights.largestDifference(peer.weights(weights)));
  }
}
