// Written by dlvc from the train block Counting. Changes are lost.
package com.acme.vision;

import dlv.runtime.BoundEntry;
import dlv.runtime.CompiledUnit;
import dlv.runtime.Device;
import dlv.runtime.data.DataSource;
import dlv.runtime.train.Session;
import dlv.runtime.train.Trainer;
import dlv.runtime.train.Training;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Trains as the block Counting says.
 */
public final class Counting implements AutoCloseable {
  /**
   * How the block trains.
   */
  public static final Training TRAINING = new Training("Counting", "", 8, 1, OptionalLong.of(1L),
      OptionalLong.empty(), 3L, List.of("loss"), List.of("loss"), OptionalInt.empty(),
      List.of("digits"));

  private final Session session;

  private Counting(Session session) {
    this.session = session;
  }

  /**
   * Opens the block before its first step.
   *
   * @param data other data of the same type, by data line; empty for what the block names
   */
  public static Counting open(Device device, Map<String, Path> data) {
    Map<String, DataSource> sources = new LinkedHashMap<>();
    sources.put("digits", Session.source("digits", Map.of("train", 32L, "test", 16L), Path.of(""),
        Optional.ofNullable(data.get("digits"))));
    CompiledUnit unit = CompiledUnit.of(Counting.class, "Counting", device);
    return new Counting(Session.open(device, unit, TRAINING, sources));
  }

  /**
   * Makes one step on the next batch; does not wait for the device.
   */
  public void step() {
    session.trainer().iterate(Counting::iterate);
  }

  /**
   * Every figure over the steps since they were last read.
   */
  public Map<String, Double> figures() {
    return session.trainer().figures();
  }

  /**
   * Every figure over the rows held back.
   */
  public Map<String, Double> evaluate() {
    return session.trainer().evaluate();
  }

  /**
   * Writes the weights as a safetensors file, for the classes of the networks.
   */
  public void save(Path file) {
    session.save(file);
  }

  /**
   * The trainer, for more than one step at a time.
   */
  public Trainer trainer() {
    return session.trainer();
  }

  @Override
  public void close() {
    session.close();
  }

  private static void iterate(BoundEntry iterate) {
    net(iterate);
  }

  private static void net(BoundEntry iterate) {
    // %3 = add(%1, %2) : float   net (net.dlv:1)
    iterate.launch(0);
  }
}
