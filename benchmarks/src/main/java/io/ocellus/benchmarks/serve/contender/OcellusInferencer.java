package io.ocellus.benchmarks.serve.contender;

import io.ocellus.config.ConfigurationLoader;
import io.ocellus.inferencer.Inferencer;
import io.ocellus.inferencer.InferencerConfig;
import java.util.HashMap;
import java.util.Map;

/** The product's own service, with its default settings and what the task says. */
final class OcellusInferencer implements Contender {
  private final Inferencer inferencer;

  OcellusInferencer(Task task) {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", task.bootstrapServers());
    settings.put("topics.prefix", task.prefix());
    settings.put("topics.partitions", Integer.toString(task.partitions()));
    settings.put("streams.application-id", task.prefix());
    settings.put("state-dir", task.folder().toString());
    settings.put("http.port", "0");
    settings.put("device", "cpu");
    settings.put("batch.max-size", Integer.toString(task.batch()));
    settings.put("threads.forward", Integer.toString(task.threads()));
    settings.putAll(task.settings());
    inferencer = new Inferencer(new ConfigurationLoader<>(InferencerConfig.class).load(settings));
    inferencer.start();
  }

  @Override
  public String runtime() {
    return Runtimes.java();
  }

  @Override
  public void close() {
    inferencer.close();
  }
}
