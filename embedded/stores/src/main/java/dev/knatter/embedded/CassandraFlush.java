package dev.knatter.embedded;

import java.io.IOException;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

/**
 * Has a Cassandra of this machine write to disk what it holds in memory, as {@code nodetool flush} does. A full
 * memtable makes reads slower, and the write that fills it pays for all writes before.
 */
public final class CassandraFlush {
  private CassandraFlush() {}

  /** @param cassandra its process */
  @SuppressWarnings("BanJNDI") // the address is of a JVM that this one has started, and no name of a directory
  public static void of(long cassandra) {
    try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address(cassandra)))) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      ObjectName storage = new ObjectName("org.apache.cassandra.db:type=StorageService");
      for (Object keyspace : (List<?>) server.getAttribute(storage, "Keyspaces")) {
        server.invoke(storage, "forceKeyspaceFlush", new Object[]{keyspace, new String[0]},
            new String[]{String.class.getName(), String[].class.getName()});
      }
    } catch (IOException | JMException | AttachNotSupportedException e) {
      throw new IllegalStateException("Cassandra could not be told to flush.", e);
    }
  }

  private static String address(long pid) throws IOException, AttachNotSupportedException {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
    try {
      return machine.startLocalManagementAgent();
    } finally {
      machine.detach();
    }
  }
}
