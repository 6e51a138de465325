package io.ocellus.cli.topics;

import io.ocellus.cli.options.KafkaOptions;
import io.ocellus.cli.text.TextTable;
import io.ocellus.topic.TopicAdmin;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.acl.AclBinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ocellus topics acls}. */
@Command(
    name = "acls",
    description = {
      "Shows the least that each service, and those who send and read, need on Kafka; or grants it.",
      "",
      "Topics are not theirs to create: ocellus topics create does that, as somebody who may. A star"
          + " at the end of a name stands for everything that begins so."
    },
    footer = {
      "  ocellus topics acls",
      "  ocellus topics acls --apply --role inferencer=User:CN=inferencer -b kafka:9093",
      "  ocellus topics acls --role trainer=User:birds-trainer --model birds"
    })
final class AclsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--role",
      paramLabel = "ROLE=PRINCIPAL",
      description =
          "Who is in a role: inferencer, trainer, devices, labellers, readers or autoscaler; may be repeated."
              + " If nothing is said, all roles, with users called like them.")
  private Map<Role, String> principals = new EnumMap<>(Role.class);

  @Mixin private GroupOptions group;

  @Option(names = "--apply", description = "Grant the rights; what is granted already stays.")
  private boolean apply;

  @Override
  public Integer call() {
    Set<Role> roles =
        principals.isEmpty() ? EnumSet.allOf(Role.class) : EnumSet.copyOf(principals.keySet());
    List<Right> rights =
        Rights.of(kafka.topics(), group.applicationId(kafka.topics()), group.model()).stream()
            .filter(right -> roles.contains(right.role()))
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    out.println(table(rights));
    if (apply) {
      List<AclBinding> acls =
          rights.stream().flatMap(right -> right.acls(principal(right.role()))).toList();
      try (TopicAdmin admin = new TopicAdmin(kafka.impatientProperties())) {
        admin.grant(acls);
      }
      out.printf("%d ACLs are granted.%n", acls.size());
    }
    return 0;
  }

  private String principal(Role role) {
    return principals.getOrDefault(role, "User:" + role.word());
  }

  private TextTable table(List<Right> rights) {
    TextTable table = new TextTable(List.of("PRINCIPAL", "MAY", "ON", "FOR"));
    rights.forEach(
        right ->
            table.row(List.of(principal(right.role()), right.may(), right.on(), right.reason())));
    return table;
  }
}
