package io.ocellus.cli.options;

import io.ocellus.checkpoint.CheckpointSettings;
import io.ocellus.config.Passthrough;
import io.ocellus.config.Setting;
import io.ocellus.image.ImageSettings;
import io.ocellus.inferencer.serving.Precision;
import io.ocellus.service.DeviceChoice;
import io.ocellus.topic.TopicSettings;
import java.util.Map;

/**
 * The parts that the services' settings have in common, for commands that are no service: a
 * configuration file of either is understood.
 */
public record SharedSettings(
    @Passthrough(byDefault = "bootstrap.servers=localhost:9092", help = "Kafka's clients.")
        Map<String, String> kafka,
    TopicSettings topics,
    @Setting(byDefault = "auto", help = "Where networks run.") DeviceChoice device,
    @Setting(byDefault = "float32", help = "In what forward passes multiply.") Precision precision,
    ImageSettings image,
    CheckpointSettings checkpoints) {}
