package dlv.runtime.plan;

/** What an entry gives to the device in its turn: a launch, or several launches that are repeated. */
public sealed interface Work permits Launch, Repeat {
  /** Where in the source it comes from, for people. */
  String origin();

  /** Its line in the schedule, for people; empty for a copy that only one flavour makes, beside what it is for. */
  String ir();
}
