package io.ocellus.cli.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.cli.data.DataSetException;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxiesTest {
  private static final URI ZENODO = URI.create("https://zenodo.org/records/1");

  @Test
  void theEnvironmentsProxyIsTaken() {
    Proxy proxy = new Proxies(Map.of("HTTPS_PROXY", "http://proxy.test:3128")).to(ZENODO);

    assertThat(proxy.address()).hasToString("proxy.test/<unresolved>:3128");
  }

  @Test
  void theProxyOfTheSchemeCounts() {
    Proxies proxies = new Proxies(Map.of("http_proxy", "proxy.test:3128"));

    assertThat(proxies.to(ZENODO)).isEqualTo(Proxy.NO_PROXY);
    assertThat(proxies.to(URI.create("http://zenodo.org/")).type()).isEqualTo(Proxy.Type.HTTP);
  }

  @Test
  void exemptHostsAreReachedDirectly() {
    Proxies proxies =
        new Proxies(Map.of("https_proxy", "proxy.test:3128", "no_proxy", "localhost, .zenodo.org"));

    assertThat(proxies.to(ZENODO)).isEqualTo(Proxy.NO_PROXY);
    assertThat(proxies.to(URI.create("https://notzenodo.org/")).type()).isEqualTo(Proxy.Type.HTTP);
  }

  @Test
  void anAddressThatIsNoneIsNamed() {
    assertThatThrownBy(() -> new Proxies(Map.of("https_proxy", "http://a b")).to(ZENODO))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("http://a b");
  }
}
