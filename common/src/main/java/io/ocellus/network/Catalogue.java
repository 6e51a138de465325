package io.ocellus.network;

import io.ocellus.network.backbone.AlexNet;
import io.ocellus.network.backbone.Backbone;
import io.ocellus.network.backbone.CifarResNet;
import io.ocellus.network.backbone.DenseNet;
import io.ocellus.network.backbone.GoogLeNet;
import io.ocellus.network.backbone.MobileNetV1;
import io.ocellus.network.backbone.MobileNetV2;
import io.ocellus.network.backbone.ResNet;
import io.ocellus.network.backbone.ResidualAttention;
import io.ocellus.network.backbone.ShuffleNetV1;
import io.ocellus.network.backbone.ShuffleNetV2;
import io.ocellus.network.backbone.SqueezeNet;
import io.ocellus.network.backbone.Vgg;
import io.ocellus.network.backbone.Xception;
import io.ocellus.network.option.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The families of networks; of each, the presets: a name and the options that it fixes. */
final class Catalogue {
  private static final String SE = " attention=se";

  private static final String D121 = "block-config=6,12,24,16";
  private static final String D161 = "block-config=6,12,36,24 growth-rate=48 initial-features=96";
  private static final String D169 = "block-config=6,12,32,32";
  private static final String D201 = "block-config=6,12,48,32";
  private static final String SMALL = "stem=small growth-rate=12";
  private static final String BC100 = SMALL + " block-config=16,16,16 initial-features=24";
  private static final String LIGHT = SMALL + " block-config=4,4,4 initial-features=16";

  private static final String R50 = "layers=3,4,6,3";
  private static final String R101 = "layers=3,4,23,3";
  private static final String R152 = "layers=3,8,36,3";
  private static final String X32X4D = " groups=32 group-width=4";
  private static final String X32X8D = " groups=32 group-width=8";

  static final List<Family> FAMILIES =
      List.of(
          family(
              DenseNet::of,
              preset("densenet-121", D121),
              preset("densenet-161", D161),
              preset("densenet-169", D169),
              preset("densenet-201", D201),
              preset("se-densenet-121", D121 + SE),
              preset("se-densenet-161", D161 + SE),
              preset("se-densenet-169", D169 + SE),
              preset("se-densenet-201", D201 + SE),
              preset("densenet-bc-100-12", BC100),
              preset("se-densenet-bc-100-12", BC100 + SE),
              preset("se-densenet-light", LIGHT + SE)),
          family(
              ResNet::of,
              preset("resnet-18", "block=basic layers=2,2,2,2"),
              preset("resnet-34", "block=basic " + R50),
              preset("resnet-50", R50),
              preset("resnet-101", R101),
              preset("resnet-152", R152),
              preset("resnext-50-32x4d", R50 + X32X4D),
              preset("resnext-101-32x8d", R101 + X32X8D),
              preset("se-resnet-50", R50 + SE),
              preset("se-resnet-101", R101 + SE),
              preset("se-resnet-152", R152 + SE),
              preset("se-resnext-50-32x4d", R50 + X32X4D + SE),
              preset("se-resnext-101-32x4d", R101 + X32X4D + SE),
              preset("sknet-50", R50 + X32X4D + " spatial=sk"),
              preset("resnest-50", R50 + " spatial=split stem=deep avg-down=true")),
          family(ResidualAttention::of, preset("residual-attention-56", "")),
          family(
              CifarResNet::of,
              preset("resnet-20", "depth=20"),
              preset("resnet-32", "depth=32"),
              preset("resnet-44", "depth=44"),
              preset("resnet-56", "depth=56"),
              preset("resnet-110", "depth=110")),
          family(AlexNet::of, preset("alexnet", "")),
          family(
              Vgg::of,
              preset("vgg-11", "convolutions=1,1,2,2,2"),
              preset("vgg-13", "convolutions=2,2,2,2,2"),
              preset("vgg-16", "convolutions=2,2,3,3,3"),
              preset("vgg-19", "convolutions=2,2,4,4,4")),
          family(GoogLeNet::of, preset("googlenet", "")),
          family(
              SqueezeNet::of,
              preset("squeezenet-1.0", "version=1.0"),
              preset("squeezenet-1.1", "version=1.1")),
          family(Xception::of, preset("xception", "")),
          family(MobileNetV1::of, preset("mobilenet-v1", "")),
          family(MobileNetV2::of, preset("mobilenet-v2", "")),
          family(
              ShuffleNetV1::of,
              preset("shufflenet-v1-x0.5", "channels=12,120,240,480"),
              preset("shufflenet-v1-x1.0", "channels=24,240,480,960"),
              preset("shufflenet-v1-x1.5", "channels=24,360,720,1440"),
              preset("shufflenet-v1-x2.0", "channels=48,480,960,1920")),
          family(
              ShuffleNetV2::of,
              preset("shufflenet-v2-x0.5", "channels=48,96,192,1024"),
              preset("shufflenet-v2-x1.0", "channels=116,232,464,1024"),
              preset("shufflenet-v2-x1.5", "channels=176,352,704,1024"),
              preset("shufflenet-v2-x2.0", "channels=244,488,976,2048")));

  private Catalogue() {}

  /**
   * Networks that are drawn by one class.
   *
   * @param backbone made of options
   * @param presets at least one
   */
  record Family(Function<Options, Backbone> backbone, List<Preset> presets) {}

  /**
   * A network with a name.
   *
   * @param name as the configuration says it
   * @param options what it fixes
   */
  record Preset(String name, Map<String, String> options) {}

  private static Family family(Function<Options, Backbone> backbone, Preset... presets) {
    return new Family(backbone, List.of(presets));
  }

  /**
   * @param options {@code name=value}, with blanks between
   */
  private static Preset preset(String name, String options) {
    Map<String, String> fixed = new HashMap<>();
    Stream.of(options.strip().split(" "))
        .filter(option -> !option.isEmpty())
        .map(option -> option.split("=", 2))
        .forEach(option -> fixed.put(option[0], option[1]));
    return new Preset(name, Map.copyOf(fixed));
  }
}
