package io.ocellus.benchmarks.start;

import io.ocellus.checkpoint.Manifest;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.inferencer.Inferencer;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.inferencer.InferencerListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * An inferencer that says how far it is, a line each: {@code mark main}, {@code mark started},
 * {@code mark serving}, {@code mark ready}. A line on its standard input is answered with the
 * seconds that its swaps took so far; the end of the input ends it.
 *
 * <p>Arguments: settings, as {@code key=value}.
 */
public final class StartingInferencer {
  private static final long LOOK_MILLIS = 2;
  private static final String SWAPS = "ocellus_inferencer_swap_seconds_sum";

  private StartingInferencer() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    mark("main");
    Map<String, String> settings = new HashMap<>();
    for (String argument : arguments) {
      String[] keyAndValue = argument.split("=", 2);
      settings.put(keyAndValue[0], keyAndValue[1]);
    }
    InferencerConfig config = new ConfigurationLoader<>(InferencerConfig.class).load(settings);
    try (Inferencer inferencer = new Inferencer(config, new Listener())) {
      inferencer.start();
      mark("started");
      while (!inferencer.ready()) {
        Thread.sleep(LOOK_MILLIS);
      }
      mark("ready");
      while (System.in.read() >= 0) {
        System.out.println("swaps " + swapSeconds(inferencer.uri()));
      }
    }
    System.exit(0);
  }

  private static void mark(String what) {
    System.out.println("mark " + what);
  }

  private static double swapSeconds(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri.resolve("/metrics")).build();
    return HttpClient.newHttpClient()
        .send(request, BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith(SWAPS))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static final class Listener implements InferencerListener {
    @Override
    public void serving(Manifest manifest, Duration sincePublication) {
      mark("serving");
    }
  }
}
