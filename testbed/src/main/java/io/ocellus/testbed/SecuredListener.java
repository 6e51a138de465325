package io.ocellus.testbed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How clients must come to an embedded broker: encrypted, and known by a password or by a
 * certificate. Whoever is not {@link #ADMIN} may do what the broker's ACLs allow and nothing else.
 */
public final class SecuredListener {
  /** The user who may do everything. */
  public static final String ADMIN = "admin";

  static final String CLIENTS = "CLIENTS";
  static final String INTERNAL = "INTERNAL";

  private static final String MECHANISM = "SCRAM-SHA-512";
  private static final String MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule required";

  private final String principalForm;
  private final Map<String, String> broker = new HashMap<>();
  private final Map<String, Map<String, String>> clients = new HashMap<>();
  private final List<String> scramCredentials = new ArrayList<>();

  private SecuredListener(String protocol, String principalForm, TlsIdentity server) {
    this.principalForm = principalForm;
    broker.put(
        "listener.security.protocol.map",
        "%s:%s,%s:PLAINTEXT,CONTROLLER:PLAINTEXT".formatted(CLIENTS, protocol, INTERNAL));
    broker.put("inter.broker.listener.name", INTERNAL);
    broker.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    broker.put("super.users", "User:ANONYMOUS;" + principal(ADMIN));
    broker.putAll(store("keystore", server.file()));
  }

  /**
   * SASL_SSL with SCRAM-SHA-512.
   *
   * @param folder for key stores
   * @param users who have a password, beside {@link #ADMIN}
   */
  public static SecuredListener scram(Path folder, String... users) {
    TlsIdentity server = TlsIdentity.generate(folder, "broker");
    Path trust = TlsIdentity.trusting(folder.resolve("trust.p12"), List.of(server));
    SecuredListener secured = new SecuredListener("SASL_SSL", "User:%s", server);
    secured.broker.put("sasl.enabled.mechanisms", MECHANISM);
    secured.broker.put("listener.name.clients.scram-sha-512.sasl.jaas.config", MODULE + ";");
    for (String user : withAdmin(users)) {
      String password = UUID.randomUUID().toString();
      secured.scramCredentials.add("%s=[name=%s,password=%s]".formatted(MECHANISM, user, password));
      Map<String, String> client = new LinkedHashMap<>(store("truststore", trust));
      client.put("security.protocol", "SASL_SSL");
      client.put("sasl.mechanism", MECHANISM);
      client.put(
          "sasl.jaas.config",
          "%s username=\"%s\" password=\"%s\";".formatted(MODULE, user, password));
      secured.clients.put(user, client);
    }
    return secured;
  }

  /**
   * SSL with certificates on both sides.
   *
   * @param folder for key stores
   * @param users who have a certificate, beside {@link #ADMIN}
   */
  public static SecuredListener mutualTls(Path folder, String... users) {
    TlsIdentity server = TlsIdentity.generate(folder, "broker");
    Path trust = TlsIdentity.trusting(folder.resolve("trust.p12"), List.of(server));
    SecuredListener secured = new SecuredListener("SSL", "User:CN=%s", server);
    List<TlsIdentity> identities =
        withAdmin(users).stream().map(user -> TlsIdentity.generate(folder, user)).toList();
    secured.broker.put("ssl.client.auth", "required");
    secured.broker.putAll(
        store("truststore", TlsIdentity.trusting(folder.resolve("users.p12"), identities)));
    for (TlsIdentity identity : identities) {
      Map<String, String> client = new LinkedHashMap<>(store("truststore", trust));
      client.put("security.protocol", "SSL");
      client.putAll(store("keystore", identity.file()));
      secured.clients.put(identity.name(), client);
    }
    return secured;
  }

  /** What that user's clients need beside {@code bootstrap.servers}. */
  public Map<String, String> client(String user) {
    return Map.copyOf(clients.get(user));
  }

  /** Whom the broker takes that user for. */
  public String principal(String user) {
    return principalForm.formatted(user);
  }

  Map<String, String> broker() {
    return broker;
  }

  List<String> scramCredentials() {
    return scramCredentials;
  }

  private static List<String> withAdmin(String... users) {
    List<String> all = new ArrayList<>(List.of(users));
    all.add(ADMIN);
    return all;
  }

  private static Map<String, String> store(String kind, Path file) {
    return Map.of(
        "ssl.%s.location".formatted(kind),
        file.toString(),
        "ssl.%s.password".formatted(kind),
        TlsIdentity.PASSWORD,
        "ssl.%s.type".formatted(kind),
        TlsIdentity.TYPE);
  }
}
