package io.ocellus.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ocellus.config.ConfigurationLoader;
import io.ocellus.config.Setting;
import io.ocellus.inferencer.Inferencer;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.service.Service;
import io.ocellus.trainer.Trainer;
import io.ocellus.trainer.TrainerConfig;
import java.lang.reflect.RecordComponent;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every setting of both services takes its least and its largest value, and refuses, by its name,
 * what is beyond them. What a service accepts it can be made with.
 */
class EverySettingTest {
  private static final Set<Class<?>> NUMBERS =
      Set.of(int.class, long.class, float.class, double.class, Duration.class);

  /** Any number does. */
  private static final Set<String> UNBOUNDED = Set.of("training.seed");

  private static final List<String> TRIED =
      List.of(
          "",
          "0",
          "-1",
          "2147483647",
          "9223372036854775807",
          "-9223372036854775808",
          "1000000000000000000000000000000",
          "1e30",
          "NaN",
          "Infinity",
          "-Infinity",
          "0ms",
          "-1ms",
          "999999999999d",
          "garbage",
          "\0",
          "/proc/none",
          "a,,b");

  @TempDir private Path folder;

  private record Key(String path, RecordComponent component) {
    Setting setting() {
      return component.getAnnotation(Setting.class);
    }

    boolean isNumber() {
      return NUMBERS.contains(component.getType()) && !UNBOUNDED.contains(path);
    }
  }

  @TestFactory
  Stream<DynamicTest> ofTheInferencer() {
    return each(InferencerConfig.class, config -> new Inferencer(config), Map.of());
  }

  @TestFactory
  Stream<DynamicTest> ofTheTrainer() {
    return each(
        TrainerConfig.class,
        config -> new Trainer(config),
        Map.of("network.name", "se-densenet-light", "network.size", "32"));
  }

  private <T extends Record> Stream<DynamicTest> each(
      Class<T> type, Function<T, Service> service, Map<String, String> base) {
    ConfigurationLoader<T> loader = new ConfigurationLoader<>(type);
    return keys("", type).stream()
        .map(
            key ->
                DynamicTest.dynamicTest(
                    key.path(),
                    () -> {
                      for (String value : values(key)) {
                        Map<String, String> settings = new HashMap<>(base);
                        settings.put("state-dir", folder.toString());
                        settings.put(key.path(), value);
                        tryOut(key, value, () -> service.apply(loader.load(settings)));
                      }
                    }));
  }

  private interface Start {
    Service make();
  }

  private static void tryOut(Key key, String value, Start start) {
    Throwable error = catchThrowable(() -> start.make().close());
    boolean allowed = value.equals(key.setting().min()) || value.equals(key.setting().max());
    if (key.isNumber() && allowed) {
      assertThat(error == null || dependsOnMore(error.getMessage()))
          .as("%s = %s: %s", key.path(), value, error)
          .isTrue();
    } else if (error != null) {
      assertThat(error)
          .as("%s = %s", key.path(), value)
          .isInstanceOf(RuntimeException.class)
          .hasMessageContaining(key.path());
      if (key.isNumber()) {
        assertThat(error)
            .hasMessageContaining("'" + value + "'")
            .hasMessageContaining("from " + key.setting().min() + " to " + key.setting().max());
      }
    }
  }

  /** What is in range may still be too small for a network, or too large for this heap. */
  private static boolean dependsOnMore(String message) {
    return message.contains("network") || message.contains("-Xmx");
  }

  private static List<String> values(Key key) {
    if (key.path().equals("state-dir")) {
      return List.of("", "\0", "/proc/none"); // any other is a folder that would be made
    }
    List<String> values = new ArrayList<>(TRIED);
    if (key.isNumber()) {
      assertThat(List.of(key.setting().min(), key.setting().max()))
          .as("%s declares its least and its largest value", key.path())
          .doesNotContain("");
      values.add(key.setting().min());
      values.add(key.setting().max());
    }
    return values;
  }

  private static List<Key> keys(String prefix, Class<?> type) {
    List<Key> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2");
      String path = prefix + name.toLowerCase(Locale.ROOT);
      if (component.isAnnotationPresent(Setting.class)) {
        keys.add(new Key(path, component));
      } else if (component.getType().isRecord()) {
        keys.addAll(keys(path + ".", component.getType()));
      }
    }
    return keys;
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.request.timeout.ms, soon",
    "kafka.max.poll.records, 0",
    "kafka.security.protocol, none",
    "kafka.main.consumer.max.poll.records, many",
    "kafka.producer.linger.ms, -2",
    "kafka.bootstrap.servers, broker",
    "kafka.bootstrap.servers, broker:99999",
    "kafka.bootstrap.servers, ''",
    "kafka.num.standby.replicas, few",
    "image.references, /mnt/images",
    "image.references, 'file:///mnt/images/,htp://x/'"
  })
  void whatThePassthroughAndListsTakeIsCheckedAtTheStart(String key, String value) {
    ConfigurationLoader<InferencerConfig> loader =
        new ConfigurationLoader<>(InferencerConfig.class);
    Map<String, String> settings = Map.of("state-dir", folder.toString(), key, value);

    assertThatThrownBy(() -> new Inferencer(loader.load(settings)).close())
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining(key);
  }

  @Test
  void aStateFolderThatIsNoneIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    String below = file.resolve("state").toString();

    for (String path : List.of(file.toString(), below)) {
      assertThatThrownBy(() -> start(InferencerConfig.class, path, c -> new Inferencer(c)))
          .hasMessageContaining("state-dir must be a folder that this process can write to");
      assertThatThrownBy(() -> start(TrainerConfig.class, path, c -> new Trainer(c)))
          .hasMessageContaining("state-dir must be a folder that this process can write to");
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      InferencerConfig config =
          new ConfigurationLoader<>(InferencerConfig.class)
              .load(
                  Map.of(
                      "state-dir",
                      folder.toString(),
                      "http.host",
                      "0.0.0.0",
                      "http.port",
                      String.valueOf(taken.getLocalPort())));
      assertThatThrownBy(() -> new Inferencer(config).start()).hasMessageContaining("http.port");
    }
  }

  private static <T extends Record> void start(
      Class<T> type, String stateDir, Function<T, Service> service) {
    Map<String, String> settings = Map.of("state-dir", stateDir, "http.port", "0");
    service.apply(new ConfigurationLoader<>(type).load(settings)).start();
  }
}
