package tabula.server.session;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tabula.server.UserError;

/**
 * How a request looks from outside: by which scheme and host, and from which address. What a proxy
 * says of that is believed only of proxies that were named.
 */
final class Outside {

  private static final int IPV6_NETWORK_BYTES = 8;

  private final List<IpSubnetFilterRule> proxies;

  /**
   * @param proxies addresses or networks, such as {@code 10.0.0.0/8}
   * @throws UserError if one is neither
   */
  Outside(List<String> proxies) {
    this.proxies = proxies.stream().map(Outside::network).toList();
  }

  private static IpSubnetFilterRule network(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      int bits = parsed.getAddress().length * 8;
      return new IpSubnetFilterRule(
          parsed,
          slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)),
          IpFilterRuleType.ACCEPT);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--trusted-proxy is an address or a network, such as 10.0.0.0/8, not '%s'."
              .formatted(text),
          e);
    }
  }

  private boolean isProxy(String address) {
    try {
      InetSocketAddress from = new InetSocketAddress(InetAddress.ofLiteral(address), 0);
      return proxies.stream().anyMatch(network -> network.matches(from));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String peer(HttpServerRequest request) {
    return request.remoteAddress() == null
        ? ""
        : String.valueOf(request.remoteAddress().hostAddress());
  }

  /** What a proxy says; null if there is none that is trusted. */
  private @Nullable String forwarded(HttpServerRequest request, String header) {
    return isProxy(peer(request)) ? request.getHeader(header) : null;
  }

  /** Whether whoever asks reaches the server by TLS. */
  boolean isSecure(HttpServerRequest request) {
    return request.isSSL() || "https".equals(forwarded(request, "X-Forwarded-Proto"));
  }

  /** Whom a request is for, as whoever makes it says; null where nothing is said. */
  @Nullable String host(HttpServerRequest request) {
    @Nullable String forwardedHost = forwarded(request, "X-Forwarded-Host");
    if (forwardedHost != null) {
      return forwardedHost;
    }
    // In HTTP/2 no header says it.
    @Nullable HostAndPort asked = request.authority();
    if (asked == null) {
      return null;
    }
    return asked.port() > 0 ? asked.host() + ":" + asked.port() : asked.host();
  }

  /** Whether a request comes from a page of this server's, as browsers tell. */
  boolean isFromOwnPage(HttpServerRequest request) {
    @Nullable String origin = request.getHeader("Origin");
    @Nullable String host = host(request);
    if (origin == null || host == null) {
      return false;
    }
    return origin.equals("https://" + host)
        || (origin.equals("http://" + host) && !isSecure(request));
  }

  /** Whether a page of another site asks. */
  boolean isFromAnotherSite(HttpServerRequest request) {
    return request.getHeader("Origin") != null && !isFromOwnPage(request);
  }

  /**
   * Where a request comes from, as far as limits go: an address, or the network of an IPv6 address,
   * of which one customer has many.
   */
  String address(HttpServerRequest request) {
    String address = peer(request);
    @Nullable String chain = request.getHeader("X-Forwarded-For");
    List<String> hops = new ArrayList<>(chain == null ? List.of() : List.of(chain.split(",", -1)));
    // Each proxy adds whom it heard at the end: the first that is no proxy of ours counts.
    while (isProxy(address) && !hops.isEmpty()) {
      address = hops.removeLast().strip();
    }
    return network64(address);
  }

  private static String network64(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      if (bytes.length == 16) {
        Arrays.fill(bytes, IPV6_NETWORK_BYTES, bytes.length, (byte) 0);
      }
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (IllegalArgumentException | UnknownHostException e) {
      return "unknown";
    }
  }
}
