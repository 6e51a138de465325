package io.ocellus.cli.data.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.cli.Ocellus;
import io.ocellus.cli.data.LabelledImageSender;
import io.ocellus.cli.data.Split;
import io.ocellus.service.Json;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.testbed.SyntheticImages.Broken;
import io.ocellus.topic.Topics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InspectCommandIT {
  private static final SyntheticImages IMAGES = new SyntheticImages(40, 1);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;
  private Path data;
  private Path json;
  private Path page;

  @BeforeEach
  void nameFiles() {
    data = folder.resolve("data");
    json = folder.resolve("found.json");
    page = folder.resolve("found.html");
  }

  private int run(String... arguments) {
    CommandLine command = Ocellus.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private JsonNode inspected(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("data", "inspect", data.toString(), "--json", json.toString()));
    arguments.addAll(List.of("--page", page.toString()));
    arguments.addAll(List.of(more));
    assertThat(run(arguments.toArray(String[]::new))).as(err.toString()).isZero();
    return Json.MAPPER.readTree(json.toFile());
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  @Test
  void classesSizesAndLevelsAreCounted() throws IOException {
    BufferedImage red = new BufferedImage(30, 10, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = red.createGraphics();
    graphics.setColor(java.awt.Color.RED);
    graphics.fillRect(0, 0, 15, 10);
    graphics.dispose();
    write("a/half-red.png", encode(red, "png"));
    write("b/black.png", encode(new BufferedImage(20, 50, BufferedImage.TYPE_INT_RGB), "png"));

    JsonNode found = inspected();

    assertThat(found.at("/images").asInt()).isEqualTo(2);
    assertThat(found.at("/classes").findValuesAsText("label")).containsExactly("a", "b");
    assertThat(found.at("/sizes/width/max").asInt()).isEqualTo(30);
    assertThat(found.at("/sizes/height/max").asInt()).isEqualTo(50);
    assertThat(found.at("/channels/mean/0").asDouble()).isEqualTo(0.25);
    assertThat(found.at("/channels/std/0").asDouble()).isEqualTo(Math.sqrt(0.25 - 0.0625));
    assertThat(found.at("/channels/mean/1").asDouble()).isZero();
    assertThat(out.toString()).contains("2 sizes: width 20 to 30").contains("0.2500 0.0000 0.0000");
  }

  @Test
  void twelveBitsInSixteenAreSaid() throws IOException {
    BufferedImage deep = new BufferedImage(20, 20, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(3, 4, 0, 0x0fff);
    write("a/twelve.png", encode(deep, "png"));
    deep.getRaster().setSample(5, 6, 0, 0x1fff);
    write("a/thirteen.png", encode(deep, "png"));
    write("b/eight.png", IMAGES.png("ring", 1));

    JsonNode found = inspected();

    assertThat(found.at("/nearBlack"))
        .singleElement()
        .satisfies(id -> assertThat(id.asText()).endsWith("a/twelve.png"));
    assertThat(out.toString()).contains("1 image has 16 or 32 bits a sample");
  }

  @Test
  void brokenFilesAreListedWithTheirReasonAndTheRestCounts() throws IOException {
    write("ring/good.png", IMAGES.png("ring", 1));
    for (Broken kind : Broken.values()) {
      write("ring/" + kind + ".jpg", IMAGES.broken(kind));
    }

    JsonNode found = inspected();

    assertThat(found.at("/usable").asInt()).isEqualTo(1);
    assertThat(found.at("/unreadable").findValuesAsText("reason"))
        .containsExactly(
            "too-many-pixels", "undecodable", "empty", "unsupported-format", "undecodable");
    assertThat(out.toString()).contains("6, of which 1 can be used").contains("5 images cannot");
  }

  @Test
  void copiesAreFoundByBytesByPixelsAndByLikeness() throws IOException {
    byte[] ring = IMAGES.png("ring", 1);
    write("train/ring/p1_a.png", ring);
    write("test/ring/p2_a.png", ring);
    write("train/ring/p3.png", IMAGES.png("ring", 2));
    write(
        "train/cross/p3.bmp",
        encode(ImageIO.read(new ByteArrayInputStream(IMAGES.png("ring", 2))), "bmp"));
    SyntheticImages large = new SyntheticImages(160, 1);
    write("train/cross/p4.png", large.png("cross", 3));
    write("train/cross/p4.jpg", large.jpeg("cross", 3));
    write("test/cross/p5.png", IMAGES.png("cross", 4));

    JsonNode sets = inspected("--group-regex", "^(p[0-9])").at("/duplicates");

    assertThat(sets.findValuesAsText("kind"))
        .containsExactly("SAME_BYTES", "SAME_PIXELS", "NEAR_COPY");
    assertThat(sets.at("/0/parts")).hasSize(2);
    assertThat(sets.at("/0/groups")).hasSize(2);
    assertThat(sets.at("/1/labels")).hasSize(2);
    assertThat(sets.at("/2/ids/0").asText()).isEqualTo("train/cross/p4.jpg");
    assertThat(out.toString())
        .contains("In 1 set, copies lie in several parts")
        .contains("In 1 set, copies have several labels");
    assertThat(page)
        .content()
        .contains("In 1 set, copies lie in several parts", "train/ring/p1_a.png")
        .containsPattern("<img src=.data:image/jpeg;base64,");
  }

  @Test
  void aGroupInTwoPartsIsNamed() throws IOException {
    write("train/ring/p1_a.png", IMAGES.png("ring", 1));
    write("train/ring/p2_a.png", IMAGES.png("ring", 2));
    write("val/ring/p1_b.png", IMAGES.png("ring", 3));
    write("val/cross/p3_b.png", IMAGES.png("cross", 4));

    JsonNode found = inspected("--group-regex", "^(p[0-9])");

    assertThat(found.at("/groups/count").asInt()).isEqualTo(3);
    assertThat(found.at("/groups/straddling").findValuesAsText("group")).containsExactly("p1");
    assertThat(out.toString())
        .contains("p1  train 1, val 1")
        .contains("1 group is divided")
        .contains("There is no image in train of: cross.");
  }

  @Test
  void anImbalanceIsPointedOut() throws IOException {
    for (int i = 0; i < 12; i++) {
      write("many/%d.png".formatted(i), IMAGES.png("ring", i));
    }
    write("few/1.png", IMAGES.png("cross", 1));

    assertThat(inspected().at("/hints").toString()).contains("many has 12.0 times as many");
  }

  @Test
  void eitherAFolderOrTheTopic() {
    assertThat(run("data", "inspect")).isEqualTo(2);
    assertThat(err.toString()).contains("Either a folder or --topic");
  }

  @Test
  void theTopicIsInspectedAsItStandsAfterReplacementsAndTombstones() throws IOException {
    try (Broker broker = Broker.start()) {
      Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      assertThat(run("topics", "create", "-b", broker.bootstrapServers())).isZero();
      try (LabelledImageSender sender =
          new LabelledImageSender(kafka, new Topics("ocellus"), "/folders/test")) {
        sender.send(
            "a", "ring", Optional.of("p1"), Optional.of(Split.TRAIN), IMAGES.png("ring", 1));
        sender.send("b", "ring", Optional.of("p1"), Optional.of(Split.TEST), IMAGES.png("ring", 2));
        sender.send("c", "ring", Optional.empty(), Optional.empty(), IMAGES.png("ring", 3));
        sender.send("c", "cross", Optional.empty(), Optional.empty(), IMAGES.png("cross", 3));
        sender.send("d", "ring", Optional.empty(), Optional.empty(), IMAGES.png("ring", 4));
        sender.forget("d");
        sender.send(
            "e", "ring", Optional.empty(), Optional.empty(), IMAGES.broken(Broken.TRUNCATED));
        sender.send("f", " ", Optional.empty(), Optional.empty(), IMAGES.png("ring", 5));
        sender.flush();
      }

      int code =
          run(
              "data",
              "inspect",
              "--topic",
              "-b",
              broker.bootstrapServers(),
              "--json",
              json + "",
              "--no-page");

      assertThat(code).as(err.toString()).isZero();
      JsonNode found = Json.MAPPER.readTree(json.toFile());
      assertThat(found.at("/source").asText()).isEqualTo("ocellus.labelled-images");
      assertThat(found.at("/images").asInt()).isEqualTo(5);
      assertThat(found.at("/classes").findValuesAsText("label")).containsExactly("cross", "ring");
      assertThat(found.at("/classes/1/images").asInt()).isEqualTo(2);
      assertThat(found.at("/unreadable").findValuesAsText("reason"))
          .containsExactly("undecodable", "no-label");
      assertThat(found.at("/groups/straddling").findValuesAsText("group")).containsExactly("p1");
      assertThat(
              run("data", "inspect", "--topic", "-b", broker.bootstrapServers(), "--prefix", "x"))
          .isEqualTo(1);
      assertThat(err.toString()).contains("There is no topic x.labelled-images");
    }
  }
}
