package io.ocellus.cli.topics;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Something that a role may do on Kafka.
 *
 * @param role who
 * @param resource topic, group or transactional id
 * @param name of the resource, or what its name begins with
 * @param pattern which of the two the name is
 * @param operations what; Kafka counts Describe in where Read or Write is
 * @param reason what for
 */
public record Right(
    Role role,
    ResourceType resource,
    String name,
    PatternType pattern,
    List<AclOperation> operations,
    String reason) {
  public Right {
    operations = List.copyOf(operations);
  }

  /** The ACLs that give it to that principal, from everywhere. */
  public Stream<AclBinding> acls(String principal) {
    return operations.stream()
        .map(
            operation ->
                new AclBinding(
                    new ResourcePattern(resource, name, pattern),
                    new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
  }

  /** What it is about, such as {@code topic ocellus.images}; a star ends what is a beginning. */
  public String on() {
    return "%s %s%s"
        .formatted(
            resource.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            name,
            pattern == PatternType.PREFIXED ? "*" : "");
  }

  /** The operations as Kafka's tools write them. */
  public String may() {
    return operations.stream().map(Right::word).collect(Collectors.joining(", "));
  }

  private static String word(AclOperation operation) {
    return Stream.of(operation.name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
