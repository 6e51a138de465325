package io.ocellus.cli.models;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointFolder;
import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Trust;
import io.ocellus.cli.options.KafkaOptions;
import io.ocellus.signature.SigningKey;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSpec;
import io.ocellus.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ocellus models publish}. */
@Command(
    name = "publish",
    description = {
      "Publishes a checkpoint folder as the next version of its model, after verifying its files.",
      "",
      "Inferencers of the model serve it from then on: no gate compares it with what served before."
          + " A trainer of the same model may be running: it compares what it trains next with this"
          + " version."
    },
    footer = {
      "  ocellus models publish birds/ --model birds",
      "  ocellus models publish exported/ --key trainer.key"
    })
final class PublishModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(
      paramLabel = "FOLDER",
      description = "As ocellus train or ocellus models export wrote it.")
  private Path folder;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model that it becomes a version of; what its manifest says if not said.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "5",
      description = "Versions kept in the topic; 5 if not said.")
  private int keep;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The private key to sign with, as ocellus keys generate writes it.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description =
          "Public key whose versions count for the next number and for --keep, beside those of --key."
              + " May be repeated.")
  private List<Path> publicKeys = new ArrayList<>();

  @Override
  public Integer call() {
    Optional<SigningKey> signing = key.map(SigningKey::read);
    Checkpoint checkpoint = CheckpointFolder.read(folder);
    String name = model.orElse(checkpoint.manifest().model());
    Map<String, String> properties = kafka.properties();
    Topics topics = kafka.topics();
    List<TopicSpec> specs =
        TopicSpec.of(kafka.topicSettings()).stream()
            .filter(topic -> topic.name().equals(topics.checkpoints()))
            .toList();
    try (TopicAdmin admin = new TopicAdmin(properties)) {
      admin.ensure(specs);
    }
    try (CheckpointPublisher publisher =
        CheckpointPublisher.ofCommand(
            properties, topics, name, keep, signing, Trust.in(publicKeys))) {
      Manifest published =
          publisher.publish(checkpoint.manifest().named(name), checkpoint.directory());
      spec.commandLine()
          .getOut()
          .printf(
              "Published %s as version %d of model %s (%s)%s.%n",
              folder,
              published.version(),
              name,
              Figures.bytes(Figures.size(published)),
              signing.map(k -> ", signed by key " + k.verificationKey().id()).orElse(""));
    }
    return 0;
  }
}
