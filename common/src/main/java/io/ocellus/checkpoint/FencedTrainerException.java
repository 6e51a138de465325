package io.ocellus.checkpoint;

/** Another trainer has taken over the model; this one may publish nothing any more. */
public final class FencedTrainerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FencedTrainerException(String model, String topic, String transactionalId, Throwable cause) {
    super(
        ("Another trainer has started for model '%s' and alone may publish to %s now (it took over"
                + " transactional.id %s). One model has one trainer: stop this one, or give it"
                + " another name in the setting `model`. If no other should run, find and stop it,"
                + " then start this one again.")
            .formatted(model, topic, transactionalId),
        cause);
  }
}
