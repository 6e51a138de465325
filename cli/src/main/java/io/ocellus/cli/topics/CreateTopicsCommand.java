package io.ocellus.cli.topics;

import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSpec;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ocellus topics create}. */
@Command(
    name = "create",
    description =
        "Creates the topics that are missing and leaves the others as they are. The services do"
            + " the same when they start; create them first to choose partitions and replicas.",
    footer = "  ocellus topics create --partitions 12 --replication-factor 3")
final class CreateTopicsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TopicOptions options;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<TopicSpec> specs = options.specs();
    try (TopicAdmin admin = options.admin()) {
      List<String> created = admin.ensure(specs);
      specs.forEach(
          topic ->
              out.printf(
                  "%s %s%n", created.contains(topic.name()) ? "created" : "present", topic.name()));
      List<String> problems = admin.problems(specs);
      problems.forEach(out::println);
    }
    return 0;
  }
}
