package dlv.compiler.cli;

import dlv.runtime.Doctor;
import dlv.runtime.json.Json;
import java.util.List;
import picocli.CommandLine;

/** {@code dlvc doctor}: drivers, devices, what is wrong with them, and what to do. */
@CommandLine.Command(name = "doctor", description = "Examine drivers and devices, and say what to do.")
final class Examine extends Command {

  Examine(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    List<Doctor.Finding> findings = Doctor.examine();
    output().print(wantsJson()
        ? Json.object().put("version", 1).put("findings", findings, Doctor.Finding::toJson).build().toLine() + "\n"
        : Doctor.text(findings));
    boolean fault = findings.stream().anyMatch(finding -> finding.level() == Doctor.Level.FAULT);
    return fault ? ExitCode.DEVICE : ExitCode.OK;
  }
}
