package io.ocellus.cli.demo;

import io.ocellus.cli.data.DeviceImage;
import io.ocellus.cli.data.DeviceImages;
import io.ocellus.cli.data.DeviceSimulator;
import io.ocellus.cli.data.LabelledImageSender;
import io.ocellus.cli.data.SentImage;
import io.ocellus.testbed.SyntheticImages;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * What the demo plays: labelled images, version 1, a stream, more labels, version 2 in mid-stream,
 * the end of the stream.
 */
final class Story {
  private static final int DEVICES = 4;
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DemoSettings settings;
  private final DemoData data;
  private final Stage stage;
  private final Screen screen;
  private final TrainingWatch training;
  private final VersionWatch versions;
  private final Ledger ledger;

  Story(
      DemoSettings settings,
      DemoData data,
      Stage stage,
      Screen screen,
      TrainingWatch training,
      VersionWatch versions,
      Ledger ledger) {
    this.settings = settings;
    this.data = data;
    this.stage = stage;
    this.screen = screen;
    this.training = training;
    this.versions = versions;
    this.ledger = ledger;
  }

  /** Plays it and adds up. */
  DemoReport play() throws InterruptedException {
    data.description().forEach(screen::say);
    List<LabelledImage> first = data.first();
    List<LabelledImage> more = data.more();
    label(first);
    stage.startServices();
    TrainingWatch.End run = firstRun();

    double growth = (double) (first.size() + more.size()) / first.size();
    Duration expected = Duration.ofMillis((long) (growth * run.took().toMillis()));
    CompletableFuture<Void> labelled = new CompletableFuture<>();
    stream(
        new PacedStream(
            images(),
            settings.images(),
            settings.pace(),
            expected,
            () -> addLabels(more, labelled),
            () -> labelled.isCompletedExceptionally() || secondSettled()));
    labelled.join();
    awaitOutcomes();
    return Accounts.report(ledger, versions.served());
  }

  private void label(List<LabelledImage> images) {
    try (LabelledImageSender sender =
        new LabelledImageSender(stage.kafka(), stage.topics(), "/demo")) {
      for (LabelledImage image : images) {
        sender.send(image.id(), image.label(), image.group(), image.split(), image.bytes().get());
      }
      sender.flush();
    }
    screen.say(
        "%d labelled images are in %s".formatted(images.size(), stage.topics().labelledImages()));
  }

  private void addLabels(List<LabelledImage> images, CompletableFuture<Void> done) {
    Thread thread =
        new Thread(
            () -> {
              try {
                label(images);
                done.complete(null);
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            },
            "demo-labels");
    thread.setDaemon(true);
    thread.start();
  }

  private TrainingWatch.End firstRun() throws InterruptedException {
    await(() -> training.ended(1).isPresent() || stuck());
    TrainingWatch.End end =
        training
            .ended(1)
            .orElseThrow(() -> new DemoException("The trainer waits: " + training.state()));
    if (end.version() == 0) {
      throw new DemoException("There is no version 1. " + end.message());
    }
    await(() -> versions.serves(1) || versions.refusal().isPresent());
    if (!versions.serves(1)) {
      throw new DemoException("Version 1 cannot serve.");
    }
    await(stage::inferencerReady);
    return end;
  }

  /** All labels are there, so a trainer that still waits after this long will wait for ever. */
  private boolean stuck() {
    Instant longAgo = Instant.now().minus(PATIENCE);
    return training.waiting().filter(waiting -> waiting.time().isBefore(longAgo)).isPresent();
  }

  private Iterator<DeviceImage> images() {
    return DeviceImages.withBroken(
        data.stream(), new SyntheticImages(32, 0), settings.brokenEvery());
  }

  private void stream(Iterator<DeviceImage> images) throws InterruptedException {
    try (DeviceSimulator devices =
        new DeviceSimulator(stage.kafka(), stage.topics(), DEVICES, 0, this::book)) {
      devices.send(images);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void book(SentImage image) {
    ledger.sent(new BookedImage(image.id(), image.device(), image.image().label(), image.time()));
  }

  /** Whether version 2 serves, or never will. */
  private boolean secondSettled() {
    return versions.serves(2)
        || versions.refusal().isPresent()
        || training.ended(2).filter(end -> end.version() == 0).isPresent();
  }

  private void awaitOutcomes() throws InterruptedException {
    Instant[] progress = {Instant.now()};
    int[] before = {ledger.underwayCount()};
    await(
        () -> {
          int now = ledger.underwayCount();
          if (now != before[0]) {
            before[0] = now;
            progress[0] = Instant.now();
          }
          return now == 0 || progress[0].isBefore(Instant.now().minus(PATIENCE));
        });
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(TICK.toMillis());
    }
  }
}
