package dev.knatter.shared.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.api.core.session.Session;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.registry.MutableCodecRegistry;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import com.datastax.oss.driver.internal.core.context.LifecycleListener;
import com.datastax.oss.driver.internal.core.context.NettyOptions;
import com.datastax.oss.driver.internal.core.cql.CqlPrepareAsyncProcessor;
import com.datastax.oss.driver.internal.core.cql.CqlPrepareSyncProcessor;
import com.datastax.oss.driver.internal.core.cql.CqlRequestAsyncProcessor;
import com.datastax.oss.driver.internal.core.cql.CqlRequestSyncProcessor;
import com.datastax.oss.driver.internal.core.session.RequestProcessorRegistry;
import com.datastax.oss.driver.internal.core.type.codec.registry.DefaultCodecRegistry;

/**
 * The driver without what only costs a start: no Insights reporting, startup options that do without the JSON library
 * that the driver would load to say how it is configured, and none of what DataStax Enterprise has besides, which it would
 * look through the whole class path for.
 */
final class LeanSessionBuilder extends CqlSessionBuilder {
  @Override
  protected DriverContext buildContext(DriverConfigLoader loader, ProgrammaticArguments arguments) {
    return new DefaultDriverContext(loader, arguments) {
      @Override
      public Map<String, String> getStartupOptions() {
        return Map.of("CQL_VERSION", "3.0.0", "DRIVER_NAME", Session.OSS_DRIVER_COORDINATES.getName(),
            "DRIVER_VERSION", Session.OSS_DRIVER_COORDINATES.getVersion().toString());
      }

      @Override
      protected MutableCodecRegistry buildCodecRegistry(ProgrammaticArguments arguments) {
        return new DefaultCodecRegistry(getSessionName()) {
          @Override
          @SuppressWarnings("unchecked") // it is its own codec
          public <T> TypeCodec<T> codecFor(T value) {
            return value == UnsetValues.VALUE ? (TypeCodec<T>) value : super.codecFor(value);
          }
        };
      }

      @Override
      protected NettyOptions buildNettyOptions() {
        return new LeanNetty(this);
      }

      @Override
      protected RequestProcessorRegistry buildRequestProcessorRegistry() {
        CqlRequestAsyncProcessor requests = new CqlRequestAsyncProcessor();
        CqlPrepareAsyncProcessor statements = new CqlPrepareAsyncProcessor(Optional.of(this));
        return new RequestProcessorRegistry(getSessionName(), requests, new CqlRequestSyncProcessor(requests),
            statements, new CqlPrepareSyncProcessor(statements));
      }

      @Override
      protected List<LifecycleListener> buildLifecycleListeners() {
        return List.of();
      }
    };
  }
}
