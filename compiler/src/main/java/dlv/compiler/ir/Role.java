package dlv.compiler.ir;

/** What a state is for: it decides the arena it lives in, and who may change it. */
public enum Role {
  WEIGHT, STATISTIC, OPTIMISER, EMA, CARRY, COUNTER
}
