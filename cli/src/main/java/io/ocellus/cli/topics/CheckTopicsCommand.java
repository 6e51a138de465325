package io.ocellus.cli.topics;

import io.ocellus.inferencer.Changelog;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSpec;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ocellus topics check}. */
@Command(
    name = "check",
    description =
        "Says what is missing or wrong: partitions, replicas, configuration, and the changelog of the inferencers.",
    footer = "  ocellus topics check -b kafka:9092",
    exitCodeList = {"0:all is well", "1:something is not, or failed", "2:not understood"})
final class CheckTopicsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TopicOptions options;
  @Mixin private GroupOptions group;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<TopicSpec> specs = options.specs();
    try (TopicAdmin admin = options.admin()) {
      List<String> problems = new ArrayList<>(admin.problems(specs));
      new Changelog(options.topics(), group.applicationId(options.topics()))
          .problem(admin)
          .ifPresent(problems::add);
      if (problems.isEmpty()) {
        out.printf("All %d topics are as they should be.%n", specs.size());
      }
      problems.forEach(out::println);
      return problems.isEmpty() ? 0 : 1;
    }
  }
}
