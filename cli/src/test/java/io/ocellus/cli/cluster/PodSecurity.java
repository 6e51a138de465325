package io.ocellus.cli.cluster;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the Pod Security Standards' restricted profile refuses a pod for.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">the
 *     profiles</a>
 */
final class PodSecurity {
  private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");

  private final PodSpec pod;
  private final List<String> violations = new ArrayList<>();

  private PodSecurity(PodSpec pod) {
    this.pod = pod;
  }

  /** Nothing where the pod may start. */
  static List<String> violations(PodSpec pod) {
    PodSecurity security = new PodSecurity(pod);
    security.host();
    Stream.of(pod.getInitContainers(), pod.getContainers())
        .flatMap(List::stream)
        .forEach(security::container);
    return security.violations;
  }

  private void host() {
    refuse(isTrue(pod.getHostNetwork()), "hostNetwork");
    refuse(isTrue(pod.getHostPID()), "hostPID");
    refuse(isTrue(pod.getHostIPC()), "hostIPC");
    pod.getVolumes().forEach(volume -> refuse(!allowed(volume), "volume " + volume.getName()));
    PodSecurityContext context = context();
    refuse(isRoot(context.getRunAsUser()), "pod: runAsUser is 0");
    refuse(!context.getSysctls().isEmpty(), "pod: sysctls");
  }

  private void container(Container container) {
    String name = container.getName() + ": ";
    SecurityContext own =
        Objects.requireNonNullElseGet(container.getSecurityContext(), SecurityContext::new);
    refuse(isTrue(own.getPrivileged()), name + "privileged");
    refuse(!isFalse(own.getAllowPrivilegeEscalation()), name + "allowPrivilegeEscalation");
    refuse(
        !isTrue(first(own.getRunAsNonRoot(), context().getRunAsNonRoot())), name + "runAsNonRoot");
    refuse(isRoot(own.getRunAsUser()), name + "runAsUser is 0");
    refuse(own.getProcMount() != null && !own.getProcMount().equals("Default"), name + "procMount");
    SeccompProfile profile = first(own.getSeccompProfile(), context().getSeccompProfile());
    refuse(profile == null || !PROFILES.contains(profile.getType()), name + "seccompProfile");
    Capabilities capabilities =
        Objects.requireNonNullElseGet(own.getCapabilities(), Capabilities::new);
    refuse(!capabilities.getDrop().contains("ALL"), name + "capabilities are not dropped");
    refuse(
        !Set.of("NET_BIND_SERVICE").containsAll(capabilities.getAdd()),
        name + "capabilities added");
    container.getPorts().forEach(port -> refuse(port.getHostPort() != null, name + "hostPort"));
  }

  private static boolean allowed(Volume volume) {
    return Stream.of(
            volume.getConfigMap(),
            volume.getCsi(),
            volume.getDownwardAPI(),
            volume.getEmptyDir(),
            volume.getEphemeral(),
            volume.getPersistentVolumeClaim(),
            volume.getProjected(),
            volume.getSecret())
        .anyMatch(Objects::nonNull);
  }

  private PodSecurityContext context() {
    return Objects.requireNonNullElseGet(pod.getSecurityContext(), PodSecurityContext::new);
  }

  private void refuse(boolean violated, String what) {
    if (violated) {
      violations.add(what);
    }
  }

  private static <T> T first(T own, T ofPod) {
    return own != null ? own : ofPod;
  }

  private static boolean isTrue(Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }

  private static boolean isFalse(Boolean flag) {
    return Boolean.FALSE.equals(flag);
  }

  private static boolean isRoot(Long user) {
    return user != null && user == 0;
  }
}
