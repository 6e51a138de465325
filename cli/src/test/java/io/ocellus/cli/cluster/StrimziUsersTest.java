package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.cli.topics.Right;
import io.ocellus.cli.topics.Rights;
import io.ocellus.cli.topics.Role;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.service.Json;
import io.ocellus.trainer.TrainerConfig;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Users of the Strimzi overlay have the rights that the product declares. */
class StrimziUsersTest {
  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = ".*STRIMZI|NAMES")
  void eachRoleIsAUserWithItsRightsAndNoOthers(Overlay overlay) {
    for (Role role : Role.values()) {
      KafkaUser user = overlay.one(KafkaUser.class, role.word());
      JsonNode acls =
          Json.MAPPER.valueToTree(user.getSpec().getAuthorization()).requiredAt("/acls");

      assertThat(StreamSupport.stream(acls.spliterator(), false).map(StrimziUsersTest::line))
          .as(role.word())
          .containsExactlyInAnyOrderElementsOf(
              rights(overlay)
                  .filter(right -> right.role() == role)
                  .map(StrimziUsersTest::line)
                  .toList());
    }
  }

  private static Stream<Right> rights(Overlay overlay) {
    InferencerConfig inferencer =
        overlay.workload("inferencer").configuration(InferencerConfig.class);
    TrainerConfig trainer = overlay.workload("trainer").configuration(TrainerConfig.class);
    return Rights.of(
        inferencer.topics().topics(),
        InferencerConfig.applicationId(inferencer.topics().topics(), inferencer.model()),
        trainer.model())
        .stream();
  }

  private static String line(JsonNode acl) {
    JsonNode resource = acl.required("resource");
    String operations =
        StreamSupport.stream(acl.required("operations").spliterator(), false)
            .map(JsonNode::asText)
            .sorted()
            .collect(Collectors.joining(","));
    return "%s %s %s %s"
        .formatted(
            resource.required("type").asText(),
            resource.required("name").asText(),
            resource.path("patternType").asText("literal"),
            operations);
  }

  private static String line(Right right) {
    String resource =
        switch (right.resource()) {
          case TOPIC, GROUP -> right.resource().name().toLowerCase(Locale.ROOT);
          case TRANSACTIONAL_ID -> "transactionalId";
          default -> throw new AssertionError("Strimzi's form of " + right.resource());
        };
    return "%s %s %s %s"
        .formatted(
            resource,
            right.name(),
            right.pattern() == PatternType.PREFIXED ? "prefix" : "literal",
            Stream.of(right.may().split(", ")).sorted().collect(Collectors.joining(",")));
  }
}
