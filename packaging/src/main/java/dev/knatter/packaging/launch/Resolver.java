package dev.knatter.packaging.launch;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;

/**
 * Says that the JDK's own resolver is to be taken. Of the first host name on, the JDK looks for another one in all jars;
 * when it has found this one, it looks no further.
 */
public final class Resolver extends InetAddressResolverProvider {
  @Override
  public InetAddressResolver get(Configuration configuration) {
    return configuration.builtinResolver();
  }

  @Override
  public String name() {
    return "built-in";
  }
}
