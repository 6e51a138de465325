package io.ocellus.cli.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ocellus.cli.Ocellus;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.inferencer.Inferencer;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.testbed.EmbeddedKafka;
import io.ocellus.testbed.SecuredListener;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicException;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.TopicSpec;
import io.ocellus.topic.Topics;
import io.ocellus.trainer.Trainer;
import io.ocellus.trainer.TrainerConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole product on a broker that demands encryption, a name, and a right for everything. */
@Timeout(300)
class SecuredKafkaIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Topics TOPICS = new Topics("ocellus");
  private static final String MODEL = "default";
  private static final String APPLICATION = InferencerConfig.applicationId(TOPICS, MODEL);
  private static final String[] USERS =
      Stream.of(Role.values()).map(Role::word).toArray(String[]::new);

  /** How clients come, with either way of sharing partitions. */
  enum Way {
    SCRAM(SecuredListener::scram, "classic"),
    MUTUAL_TLS(SecuredListener::mutualTls, "streams");

    @SuppressWarnings("ImmutableEnumChecker") // a method of the testbed
    private final BiFunction<Path, String[], SecuredListener> listener;

    private final String groupProtocol;

    Way(BiFunction<Path, String[], SecuredListener> listener, String groupProtocol) {
      this.listener = listener;
      this.groupProtocol = groupProtocol;
    }
  }

  @TempDir Path folder;
  private SecuredListener secured;
  private EmbeddedKafka kafka;

  @ParameterizedTest
  @EnumSource
  void eachServiceWorksWithItsRightsAndIsRefusedEverythingElse(Way way) throws Exception {
    secured = way.listener.apply(folder, USERS);
    try (EmbeddedKafka broker = EmbeddedKafka.start(secured)) {
      kafka = broker;
      try (TopicAdmin admin = new TopicAdmin(client(SecuredListener.ADMIN))) {
        assertThat(admin.ensure(TopicSpec.of(new TopicSettings("ocellus", 1, 1)))).hasSize(6);
      }
      grant();
      trainsAndClassifies(way);
      strangersAreTurnedAway();
      nobodyMayDoMore();
    }
  }

  /** Without the certificate, or with a wrong password. */
  private void strangersAreTurnedAway() {
    Map<String, String> stranger = new HashMap<>(client(Role.TRAINER.word()));
    stranger.keySet().removeIf(key -> key.startsWith("ssl.keystore"));
    stranger.computeIfPresent(
        "sasl.jaas.config", (key, jaas) -> jaas.replaceFirst("password=\"", "password=\"x"));
    stranger.put("default.api.timeout.ms", "5000");
    stranger.put("request.timeout.ms", "4000");
    try (TopicAdmin admin = new TopicAdmin(stranger)) {
      assertThatThrownBy(() -> admin.problems(List.of()))
          .isInstanceOf(TopicException.class)
          .hasMessageContaining("did not list its topics");
    }
  }

  private void nobodyMayDoMore() throws Exception {
    List<Right> rights = Rights.of(TOPICS, APPLICATION, MODEL);
    for (Role role : Role.values()) {
      Trespasser trespasser = new Trespasser(client(role.word()));
      assertThat(trespasser.succeedsIn(role, rights)).as("%s may besides", role).isEmpty();
    }
  }

  /** As an operator does, by the command. */
  private void grant() {
    List<String> arguments = new ArrayList<>(List.of("topics", "acls", "--apply"));
    for (Role role : Role.values()) {
      arguments.add("--role");
      arguments.add(role.word() + "=" + secured.principal(role.word()));
    }
    client(SecuredListener.ADMIN)
        .forEach(
            (key, value) -> {
              arguments.add("--kafka");
              arguments.add(key + "=" + value);
            });
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Ocellus.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains("ACLs are granted");
  }

  private void trainsAndClassifies(Way way) throws Exception {
    SyntheticImages images = new SyntheticImages(16, 7);
    try (Sender labellers = new Sender(client("labellers"));
        Sender devices = new Sender(client("devices"));
        Trainer trainer = new Trainer(trainerConfig());
        Inferencer inferencer = new Inferencer(inferencerConfig(way.groupProtocol))) {
      trainer.start();
      inferencer.start();
      for (int i = 0; i < 10; i++) {
        for (String label : images.classes()) {
          labellers.send(
              TOPICS.labelledImages(),
              label + i,
              images.png(label, i),
              Map.of(EventHeaders.LABEL, label));
        }
      }
      await().atMost(PATIENCE).until(inferencer::ready);
      devices.send(TOPICS.images(), "camera", images.png(images.classes().get(0), 99), Map.of());
      devices.send(TOPICS.images(), "camera", "no image".getBytes(UTF_8), Map.of());
      try (Reading results = new Reading(client("readers"), TOPICS.classifications());
          Reading dead = new Reading(client("readers"), TOPICS.imagesDead());
          Reading progress = new Reading(client("readers"), TOPICS.training())) {
        await().atMost(PATIENCE).until(() -> results.next() == 1);
        await().atMost(PATIENCE).until(() -> dead.next() == 1);
        await().atMost(PATIENCE).until(() -> progress.next() > 0);
        await().atMost(PATIENCE).until(() -> lagSeenByAutoscaler().equals(OptionalLong.of(0)));
      }
    }
  }

  /** The committed lag, as KEDA finds it out; empty where nothing is committed. */
  private OptionalLong lagSeenByAutoscaler() throws Exception {
    TopicPartition images = new TopicPartition(TOPICS.images(), 0);
    try (Admin admin = Admin.create(Map.copyOf(client(Role.AUTOSCALER.word())))) {
      var end = admin.listOffsets(Map.of(images, OffsetSpec.latest())).partitionResult(images);
      var committed = admin.listConsumerGroupOffsets(APPLICATION).partitionsToOffsetAndMetadata();
      OffsetAndMetadata position = committed.get().get(images);
      return position == null
          ? OptionalLong.empty()
          : OptionalLong.of(end.get().offset() - position.offset());
    }
  }

  private Map<String, String> client(String user) {
    Map<String, String> properties = new HashMap<>(secured.client(user));
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    return properties;
  }

  private Map<String, String> settings(Role role) {
    Map<String, String> settings = new HashMap<>();
    client(role.word()).forEach((key, value) -> settings.put("kafka." + key, value));
    settings.put("state-dir", folder.resolve(role.word()).toString());
    settings.put("http.port", "0");
    settings.put("topics.partitions", "1");
    return settings;
  }

  private InferencerConfig inferencerConfig(String groupProtocol) {
    Map<String, String> settings = settings(Role.INFERENCER);
    settings.put("streams.group-protocol", groupProtocol);
    return new ConfigurationLoader<>(InferencerConfig.class).load(settings);
  }

  private TrainerConfig trainerConfig() {
    Map<String, String> settings = settings(Role.TRAINER);
    settings.put("device", "cpu");
    settings.put("network.name", "se-densenet-light");
    settings.put("network.options.growth-rate", "4");
    settings.put("network.options.block-config", "1,1");
    settings.put("network.size", "16");
    settings.put("training.epochs", "1");
    settings.put("retrain.quiet", "500ms");
    return new ConfigurationLoader<>(TrainerConfig.class).load(settings);
  }
}
