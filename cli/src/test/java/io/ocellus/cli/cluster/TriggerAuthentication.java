package io.ocellus.cli.cluster;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/**
 * KEDA's TriggerAuthentication, as far as it is used here.
 *
 * @see <a href="https://keda.sh/docs/latest/concepts/authentication/">its specification</a>
 */
@Group("keda.sh")
@Version("v1alpha1")
final class TriggerAuthentication extends CustomResource<TriggerAuthentication.Spec, Void> {
  private static final long serialVersionUID = 1L;

  record Spec(List<SecretKey> secretTargetRef) {}

  /** A parameter of the scaler, from a key of a Secret in the same namespace. */
  record SecretKey(String parameter, String name, String key) {}
}
