package io.ocellus.benchmarks.serve.contender;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.Resize;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.ImageClassificationTranslator;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The network as DJL's guides load and use one: a model of the zoo, a translator, a predictor. */
final class DjlModel implements AutoCloseable {
  private final ZooModel<Image, Classifications> model;

  DjlModel(Task task) {
    ImageClassificationTranslator translator =
        ImageClassificationTranslator.builder()
            .setImageSize(task.size(), task.size())
            .addTransform(new Resize(task.size(), task.size()))
            .addTransform(new ToTensor())
            .optSynset(task.classes())
            .optApplySoftmax(true)
            .build();
    Criteria<Image, Classifications> criteria =
        Criteria.builder()
            .setTypes(Image.class, Classifications.class)
            .optEngine("PyTorch")
            .optDevice(Device.cpu())
            .optModelPath(task.model())
            .optModelName("model")
            .optTranslator(translator)
            .build();
    try {
      model = criteria.loadModel();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ModelNotFoundException | MalformedModelException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For one thread. */
  Predictor<Image, Classifications> predictor() {
    return model.newPredictor();
  }

  /** The value of a result. */
  static byte[] classify(Predictor<Image, Classifications> predictor, byte[] encoded) {
    try {
      return result(predictor.predict(image(encoded)));
    } catch (TranslateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The values of the results, in one forward pass. */
  static List<byte[]> classify(Predictor<Image, Classifications> predictor, List<byte[]> encoded) {
    try {
      return predictor.batchPredict(encoded.stream().map(DjlModel::image).toList()).stream()
          .map(DjlModel::result)
          .toList();
    } catch (TranslateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Image image(byte[] encoded) {
    try {
      return ImageFactory.getInstance().fromInputStream(new ByteArrayInputStream(encoded));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] result(Classifications classifications) {
    return classifications.toJson().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    model.close();
  }
}
